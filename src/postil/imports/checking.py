"""Makes one read task ready to be stored, or says why it cannot be: data against the config, annotations, people."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from postil.accounts.access import Actor
from postil.accounts.models import Membership
from postil.formats.importer import JsonObject, TaskItem
from postil.labeling.config import Control, LabelConfig, parse_config
from postil.labeling.results import expand_prediction
from postil.labeling.taskdata import compile_task_check
from postil.projects.models import Project

UNDEFINED_VERSION = "undefined"
PREANNOTATED_VERSION = "preannotated"
LIST_VALUES = {"choices": "choices", "textarea": "text", "taxonomy": "taxonomy", "labels": "labels"}


class Problem(ValueError):
    """Why an item cannot be imported; `field` names the key."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class Checker:
    """Checks the tasks of one import. Looks up the people of the organization once, when one is named.

    Without `checks_data` any data will do; what hangs on the tasks is checked all the same.
    """

    def __init__(
        self, *, who: Actor, project: Project, preannotated_from: Sequence[str] = (), checks_data: bool = True
    ) -> None:
        self._who = who
        self._config = parse_config(project.label_config)
        self._check_data = compile_task_check(self._config) if checks_data else _no_faults
        self._people: tuple[dict[str, int], set[int]] | None = None
        self._preannotated = [
            (field, control) for field in preannotated_from if (control := self._config.find_control(field)) is not None
        ]
        self.last_model_version: str | None = None

    def prepare(self, item: TaskItem) -> list[Problem]:
        """Complete the item in place; returns what is wrong with it, nothing if it can be stored."""
        problems = [Problem(fault) for fault in self._check_data(item.data)]
        if item.annotations:
            problems += self._each("annotations", item.annotations, self._annotation)
        if item.predictions:
            problems += self._each("predictions", item.predictions, self._prediction)
        if item.drafts:
            problems += self._each("drafts", item.drafts, self._draft)
        for field, control in self._preannotated:
            if item.data.get(field) is not None:
                found = preannotation(self._config, control, item.data[field])
                if found is not None:
                    item.predictions = [*item.predictions, found]
        return problems

    def _each(self, name: str, entries: list[JsonObject], prepare: Any) -> list[Problem]:
        problems = []
        for number, entry in enumerate(entries):
            try:
                prepare(entry)
            except Problem as problem:
                place = f"{name}[{number}]" + (f".{problem.field}" if problem.field else "")
                problems.append(Problem(problem.reason, place))
        return problems

    def _annotation(self, entry: JsonObject) -> None:
        if "result" not in entry:
            raise Problem('Annotation must have "result" fields')
        entry["result"] = _result(entry["result"])
        _number(entry, "lead_time")
        entry.setdefault("ground_truth", True)  # LS: an imported annotation is a ground truth unless it says otherwise
        for flag in ("ground_truth", "was_cancelled"):
            _flag(entry, flag)
        entry["completed_by"] = self._person(entry.get("completed_by"))
        imported_id = entry.get("id")
        entry["import_id"] = imported_id if _is_id(imported_id) else None

    def _prediction(self, entry: JsonObject) -> None:
        if "result" not in entry:
            raise Problem('Prediction must have "result" fields')
        result = entry["result"]
        if result is not None and not isinstance(result, list):
            result = expand_prediction(self._config, result)
            if result is None:
                raise Problem("no control of the label config takes this value", "result")
        entry["result"] = _result(result)
        score = entry.get("score")
        entry["score"] = float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None
        version = entry.get("model_version")
        entry["model_version"] = str(version) if version not in (None, "") else UNDEFINED_VERSION
        self.last_model_version = entry["model_version"]

    def _draft(self, entry: JsonObject) -> None:
        if "result" not in entry:
            raise Problem('Draft must have "result" fields')
        entry["result"] = _result(entry["result"])
        _number(entry, "lead_time")
        _flag(entry, "was_postponed")
        # LS: exports name the author of a draft by e-mail; one who is not here leaves it to the importer.
        named = entry.get("user")
        try:
            entry["user"] = self._person({"email": named} if isinstance(named, str) and "@" in named else named)
        except Problem:
            entry["user"] = self._who.user.pk

    def _person(self, named: Any) -> int:
        """Return the id of a member, by id or e-mail; nobody named means who imports."""
        if named is None:
            return self._who.user.pk
        if self._people is None:
            members = Membership.objects.filter(organization=self._who.organization)
            pairs = list(members.values_list("user__email", "user_id"))
            self._people = {email.lower(): user_id for email, user_id in pairs}, {user_id for _, user_id in pairs}
        by_email, ids = self._people
        if isinstance(named, dict):
            email = named.get("email")
            if not isinstance(email, str) or not email:
                raise Problem('completed_by as an object needs the key "email"', "completed_by")
            if email.lower() not in by_email:
                raise Problem(f"Unknown annotator's email {email[:254]}", "completed_by")
            return by_email[email.lower()]
        if not _is_id(named):
            raise Problem("must be the id of a member, or an object with the e-mail of one", "completed_by")
        if named not in ids:
            raise Problem(f"Unknown annotator's ID {named}", "completed_by")
        return int(named)


def preannotation(config: LabelConfig, control: Control, value: Any) -> JsonObject | None:
    """Return the prediction that a data field holds for the control of its name, or None if it cannot be one."""
    key = LIST_VALUES.get(control.type)
    if isinstance(value, list) and key is not None and all(isinstance(part, str) for part in value):
        value = {key: value} if key == control.type else [_item(control, {key: value})]
    elif isinstance(value, str) and key is not None and control.tag not in ("Choices", "TextArea"):
        value = [_item(control, {key: [value]})]
    result = expand_prediction(replace(config, controls={control.name: control}), value)
    if result is None or not all(isinstance(part, dict) for part in result):
        return None
    return {"result": result, "score": 1.0, "model_version": PREANNOTATED_VERSION}


def _item(control: Control, value: JsonObject) -> JsonObject:
    to_name = control.to_name[0] if control.to_name else ""
    return {"from_name": control.name, "to_name": to_name, "type": control.type, "value": value}


def _no_faults(_data: JsonObject) -> list[str]:
    return []


def _result(result: Any) -> Any:
    if result is None:
        return None
    if not isinstance(result, list):
        raise Problem("must be a list", "result")
    for number, entry in enumerate(result):
        if not isinstance(entry, dict):
            raise Problem(f"entry {number} must be an object", "result")
    return result


def _number(entry: JsonObject, key: str) -> None:
    value = entry.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise Problem("must be a number", key)


def _flag(entry: JsonObject, key: str) -> None:
    value = entry.get(key)
    if value is None:
        entry[key] = False
    elif not isinstance(value, bool):
        if value in (0, 1):
            entry[key] = bool(value)
        else:
            raise Problem("must be true or false", key)


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63
