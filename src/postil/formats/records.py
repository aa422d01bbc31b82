"""Annotations of a task as flat records: what JSON_MIN, CSV and COCO are made of.

One record for each annotation that was not skipped, newest first, and one for a task that has none; a task whose
annotations were all skipped gives no record. A record maps control names to entries: the values that the annotation
holds for the control, each with the image size its region was drawn on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from postil.core.result import ItemError, Report
from postil.formats.exporter import TaskDocument
from postil.labeling.config import Control, LabelConfig

JsonObject = dict[str, Any]
SIZE_KEYS = ("original_width", "original_height")
CHAT = {"Chat", "chatmessage"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a control: `tag` is the control's, `result` the whole result it was taken from.

    `is_drawn` says that the control draws regions.
    """

    tag: str
    is_drawn: bool
    value: JsonObject
    result: JsonObject

    @property
    def region(self) -> str:
        """The id that all results of one region share."""
        return str(self.result.get("id"))


@dataclass(slots=True)
class Record:
    """One annotation of one task, or a task without annotations (`annotation` is then empty)."""

    task: JsonObject
    annotation: JsonObject
    outputs: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def data(self) -> JsonObject:
        """The task's data."""
        data = self.task.get("data")
        return data if isinstance(data, dict) else {}

    @property
    def task_id(self) -> int:
        """The task's number; 0 for a task that has none."""
        number = self.task.get("id")
        return number if isinstance(number, int) else 0

    @property
    def where(self) -> str:
        """The place for error messages."""
        place = f"task {self.task.get('id')}"
        return f"{place}, annotation {self.annotation['id']}" if self.annotation.get("id") is not None else place


class RecordReader:
    """Makes records of tasks, and notes in the report what it could not take."""

    def __init__(self, config: LabelConfig, report: Report) -> None:
        self._config = config
        self._report = report
        self._controls: dict[str, Control | None] = {}

    def read(self, tasks: Iterable[TaskDocument]) -> Iterator[Record]:
        """Yield the records of all tasks, and count written and skipped tasks."""
        for number, document in enumerate(tasks, 1):
            try:
                task = document.parsed
            except ValueError as error:
                self._report.fail(ItemError(f"item {number}", f"cannot be read: {error}"))
                continue
            records = self._of_task(task)
            if records:
                self._report.written += 1
                yield from records
            else:
                self._report.skipped += 1

    def _of_task(self, task: JsonObject) -> list[Record]:
        annotations = self._list(task.get("annotations"), Record(task, {}), "annotations")
        annotations = [each for each in annotations if isinstance(each, dict)]
        if not annotations:
            return [Record(task, {})]
        done = [a for a in annotations if not (a.get("was_cancelled") or a.get("skipped"))]
        done.sort(key=lambda a: str(a.get("created_at") or ""), reverse=True)
        records = [Record(task, annotation) for annotation in done]
        for record in records:
            self._fill(record)
        return records

    def _fill(self, record: Record) -> None:
        for number, result in enumerate(self._list(record.annotation.get("result"), record, "result"), 1):
            if not isinstance(result, dict):
                self._report.fail(ItemError(record.where, f"result {number} is no object"))
                continue
            name = str(result.get("from_name") or "")
            if not name:
                continue
            tag, is_drawn = self._tag(name, result)
            if not tag:
                reason = f"result {number} belongs to a control that the label config does not have"
                self._report.fail(ItemError(record.where, reason, field=name))
                continue
            value = result.get("value")
            if not isinstance(value, dict):
                self._report.fail(ItemError(record.where, f"result {number} has no value", field=name))
                continue
            kept = {key: each for key, each in value.items() if key != "type"}
            kept.update((key, result[key]) for key in SIZE_KEYS if key in result)
            record.outputs.setdefault(name, []).append(Entry(tag, is_drawn, kept, result))

    def _list(self, value: object, record: Record, field: str) -> list[Any]:
        if value is None or isinstance(value, list):
            return value or []
        self._report.fail(ItemError(record.where, "is no list", field=field))
        return []

    def _tag(self, name: str, result: JsonObject) -> tuple[str, bool]:
        if name not in self._controls:
            self._controls[name] = self._config.find_control(name)
        control = self._controls[name]
        if control is not None:
            return control.tag, control.is_region
        # LS: chat messages, and results of projects whose own interface makes them, have no control
        if result.get("type") == "chatmessage" or not self._config.controls:
            return str(result.get("type") or "unknown"), False
        return "", False


def simplified(entries: list[Entry]) -> Any:
    """Return the values of one control the short way: a single choice or text stands for itself."""
    short = [_short(entry) for entry in entries]
    return short[0] if len(short) == 1 and entries[0].tag in {"Choices", "TextArea"} else short


def _short(entry: Entry) -> Any:
    key = {"Choices": "choices", "TextArea": "text"}.get(entry.tag)
    inner = entry.value.get(key) if key else None
    if isinstance(inner, list) and len(inner) == 1:
        return inner[0]
    if entry.tag in CHAT:
        return entry.value.get("chatmessage", entry.value)
    return entry.value


def transcript(entries: list[Entry]) -> str | None:
    """Return a chat as lines `role: content`, or `None` if the control holds no chat."""
    if not any(entry.tag in CHAT for entry in entries):
        return None
    messages = [message for entry in entries if isinstance(message := _short(entry), dict)]
    return "\n".join(_line(str(m.get("role", "")), str(m.get("content", ""))) for m in messages)


def _line(role: str, content: str) -> str:
    return f"{role}: {content}".rstrip() if role else content
