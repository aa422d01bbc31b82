"""Result lists: what annotations and predictions hold.

`check_result` compares a list with a config (for predictions and imports), `normalize_result` reads what older
versions and other tools write, `expand_prediction` turns a bare answer into a list, and the `used_*` functions say
what a list depends on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from postil.core.ids import new_region_id
from postil.labeling.config import Control, LabelConfig
from postil.labeling.spec import Value
from postil.labeling.tags import result_specs
from postil.labeling.values import check_values

Item: TypeAlias = dict[str, Any]

OLD_TYPES = {"htmllabels": "hypertextlabels"}
DIRECTIONS = ("right", "left", "bi")
MAX_OPTIONS = 20

# Where a span lies, for objects whose regions are made by Labels alone.
LOCATIONS: Mapping[str, Mapping[str, Value]] = {
    "Text": {"start": Value("position", minimum=0), "end": Value("position", minimum=0)},
    "Audio": {
        "start": Value("number", minimum=0),
        "end": Value("number", minimum=0),
        "channel": Value("integer", required=False, minimum=0),
    },
}


@dataclass(frozen=True, slots=True)
class ResultProblem:
    """One fault of a result list. `index` is the item's place in the list, `path` the key inside it."""

    index: int
    region_id: str
    path: str
    message: str
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"result[{self.index}]" + (f".{self.path}" if self.path else "")
        return f"{place}: {self.message}"


def check_result(config: LabelConfig, result: object) -> list[ResultProblem]:
    """Return everything in `result` that does not fit `config`; an empty list means it fits."""
    if not isinstance(result, list):
        return [ResultProblem(0, "", "", "The result must be a list.")]
    problems = [problem for index, item in enumerate(result) for problem in _check_item(config, index, item)]
    return problems + _check_relations(config, result)


def _check_item(config: LabelConfig, index: int, item: object) -> Iterator[ResultProblem]:
    if not isinstance(item, dict):
        yield ResultProblem(index, "", "", "An item must be an object.")
        return
    if item.get("type") == "relation":
        return
    region = str(item.get("id") or "")
    for path, message, options in _item_faults(config, item):
        yield ResultProblem(index, region, path, message, options[:MAX_OPTIONS])


def _item_faults(config: LabelConfig, item: Item) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield path, message and allowed words of what is wrong with a value item."""
    from_name = item.get("from_name")
    control = config.find_control(from_name) if isinstance(from_name, str) else None
    if control is None:
        names = tuple(config.controls)
        yield "from_name", f"No control is called {_shown(from_name)}. Names are: {', '.join(names) or 'none'}.", names
        return
    to_name = item.get("to_name")
    if not fits_target(config, control, to_name):
        message = f"{control.name} does not label {_shown(to_name)}, but {', '.join(control.to_name)}."
        yield "to_name", message, control.to_name
    kind = item.get("type")
    allowed = allowed_types(config, control)
    if not isinstance(kind, str) or OLD_TYPES.get(kind, kind) not in allowed:
        yield "type", f"The type of {control.name} is {' or '.join(allowed)}, not {_shown(kind)}.", allowed
        return
    if "score" in item and not _is_score(item["score"]):
        yield "score", f"A score is a number, not {_shown(item['score'])}.", ()
    value = item.get("value")
    if not isinstance(value, dict):
        yield "value", "A value must be an object.", ()
        return
    spec = result_specs().get(OLD_TYPES.get(kind, kind))
    fields: dict[str, Value] = dict(spec.value) if spec is not None else {}
    target = config.find_object(str(to_name))
    if control.tag == "Labels" and target is not None:
        fields |= LOCATIONS.get(target.tag, {})
    yield from check_values(config, control, fields, value)


def _shown(word: object) -> str:
    return "nothing" if word is None else f'"{str(word)[:80]}"'


def _is_score(score: object) -> bool:
    return score is None or (isinstance(score, int | float) and not isinstance(score, bool))


def allowed_types(config: LabelConfig, control: Control) -> tuple[str, ...]:
    """Return the result types that results of a control may have."""
    if control.tag == "Labels" and any(
        found is not None and found.tag == "Video" for found in map(config.find_object, control.to_name)
    ):
        return (control.type, "videorectangle")  # boxes on videos carry the labels, whichever control is named
    return (control.type,)


def fits_target(config: LabelConfig, control: Control, to_name: object) -> bool:
    """Whether `to_name` is one that results of `control` may carry."""
    if not isinstance(to_name, str):
        return False
    names = control.to_name
    if to_name in names or to_name == ",".join(names):
        return True
    if control.tag == "Pairwise" and to_name == control.name:
        return True
    written = control.node.get("toName")
    if to_name == written:
        return True
    target = config.find_object(to_name)
    return target is not None and target.name in names


def _check_relations(config: LabelConfig, result: Sequence[object]) -> list[ResultProblem]:
    ids = {item["id"] for item in result if isinstance(item, dict) and isinstance(item.get("id"), str)}
    problems = []
    for index, item in enumerate(result):
        if not isinstance(item, dict) or item.get("type") != "relation":
            continue
        problems += [
            ResultProblem(index, "", key, f"No region has the id {_shown(item.get(key))}.")
            for key in ("from_id", "to_id")
            if not isinstance(item.get(key), str) or item[key] not in ids
        ]
        if item.get("direction", "right") not in DIRECTIONS:
            message = f"A direction is one of {', '.join(DIRECTIONS)}, not {_shown(item['direction'])}."
            problems.append(ResultProblem(index, "", "direction", message, DIRECTIONS))
        offered = config.relation_labels
        labels = item.get("labels")
        if labels is not None and not _is_words(labels):
            problems.append(ResultProblem(index, "", "labels", "Labels must be a list of texts."))
        elif labels and offered:
            problems += [
                ResultProblem(index, "", "labels", f"{_shown(word)} is none of {', '.join(offered)}.", offered)
                for word in labels
                if word not in offered
            ]
    return problems


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def normalize_result(result: Sequence[Item]) -> list[Item]:
    """Return a result list in today's form: ids given, old types and notes rewritten, repeated answers dropped.

    Unknown keys and unknown controls are kept. Items that changed are copies; the input stays as it is.
    """
    items: list[Item] = []
    place: dict[tuple[object, ...], int] = {}
    for item in result:
        item = _normalize_item(item)  # noqa: PLW2901 -- the item in today's form replaces the old one
        key = _answer_key(item)
        if key is not None and key in place:
            items[place[key]] = item  # the last answer of a control wins
            continue
        if key is not None:
            place[key] = len(items)
        items.append(item)
    return items


def _normalize_item(item: Item) -> Item:
    changes: Item = {}
    kind = item.get("type")
    if kind in OLD_TYPES:
        changes["type"] = OLD_TYPES[str(kind)]
        value = item.get("value")
        if isinstance(value, dict) and kind in value:
            changes["value"] = {OLD_TYPES.get(key, key): content for key, content in value.items()}
    if kind != "relation" and not item.get("id"):
        changes["id"] = new_region_id()
    note = item.get("normalization")
    if note and isinstance(note, str) and not (item.get("meta") or {}).get("text"):
        changes["meta"] = {**(item.get("meta") or {}), "text": [note]}
    return {**item, **changes} if changes else item


def _answer_key(item: Item) -> tuple[object, ...] | None:
    """Return what an answer about a whole object or page is unique by; `None` for regions and relations."""
    value = item.get("value")
    kind = item.get("type")
    spec = result_specs().get(kind) if isinstance(kind, str) else None
    if spec is None or spec.kind != "classification" or not isinstance(value, dict):
        return None
    if set(value) - set(spec.value):
        return None  # repeats the keys of a region
    return (item.get("id") if item.get("parentID") else None, item.get("from_name"), item.get("to_name"), kind,
            item.get("item_index"))  # fmt: skip


def used_triples(result: object) -> Iterator[tuple[str, str, str]]:
    """Yield from_name, to_name and type of each value item, once a list."""
    seen = set()
    for item in _value_items(result):
        triple = (str(item.get("from_name")), str(item.get("to_name")), str(item.get("type")))
        if triple not in seen:
            seen.add(triple)
            yield triple


def used_labels(result: object) -> Iterator[tuple[str, str]]:
    """Yield control name and word of each use of a label or choice; a path yields each of its parts."""
    for item in _value_items(result):
        name, kind, value = item.get("from_name"), item.get("type"), item.get("value")
        if not isinstance(name, str) or not isinstance(kind, str) or not isinstance(value, dict):
            continue
        words = value.get(words_key(kind))
        if kind == "textarea" or not isinstance(words, list):
            continue
        for word in words:
            for part in word if isinstance(word, list) else (word,):
                yield name, str(part)


def words_key(kind: str) -> str:
    """Return under which key of its value an item of this type holds labels or choices."""
    kind = OLD_TYPES.get(kind, kind)
    spec = result_specs().get(kind)
    return spec.label_key if spec and spec.label_key else kind


def is_region_type(kind: object) -> bool:
    """Whether items of this type are regions by themselves, and not answers about one."""
    spec = result_specs().get(OLD_TYPES.get(kind, kind)) if isinstance(kind, str) else None
    return spec is not None and spec.is_region


def _value_items(result: object) -> Iterator[Item]:
    if isinstance(result, list):
        for item in result:
            if isinstance(item, dict) and item.get("type") != "relation" and "from_name" in item:
                yield item


def expand_prediction(config: LabelConfig, answer: object) -> list[Item] | None:
    """Return a result list for a bare answer, or `None` if no control fits.

    A text fits Choices and TextArea, a whole number Rating, a number Number; an object such as `{"choices": ["a"]}`
    is the value of the first control of that type. A list is returned as it is.
    """
    if isinstance(answer, list):
        return answer
    for control in config.controls.values():
        value = _bare_value(control, answer)
        if value is not None:
            to_name = control.to_name[0] if control.to_name else ""
            return [{"from_name": control.name, "to_name": to_name, "type": control.type, "value": value}]
    return None


def _bare_value(control: Control, answer: object) -> Item | None:
    if isinstance(answer, dict):
        return answer if control.type in answer else None
    if isinstance(answer, str):
        if control.tag == "Choices":
            return {"choices": [answer]}
        return {"text": [answer]} if control.tag == "TextArea" else None
    if isinstance(answer, int) and not isinstance(answer, bool):
        if control.tag == "Rating":
            return {"rating": answer}
        return {"number": answer} if control.tag == "Number" else None
    return None
