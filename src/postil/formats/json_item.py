"""From the JSON of one item to a task: Label Studio's task shape, or bare data."""

from typing import Any

import orjson

from postil.core.result import ItemError
from postil.formats import strict_json
from postil.formats.importer import ImportContext, JsonObject, TaskItem
from postil.formats.strict_json import JsonProblem

LISTS = ("annotations", "predictions", "drafts")


class ItemProblem(ValueError):
    """Why a parsed item is no task; `field` names the key."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


def read_item(raw: bytes, where: str, index: int, ctx: ImportContext) -> TaskItem | ItemError:
    """Return the task that `raw` holds, or why it holds none."""
    try:
        value, compact = strict_json.loads_compact(raw, max_depth=ctx.max_depth, max_bytes=ctx.max_task_bytes)
    except JsonProblem as problem:
        return ItemError(where, str(problem))
    if type(value) is not dict:
        return ItemError(where, f"must be an object with the task's data, not {kind(value)}")
    if "data" not in value:
        return TaskItem(where, index, value, raw_data=compact)
    try:
        return _task(value, where, index)
    except ItemProblem as problem:
        return ItemError(where, problem.reason, field=problem.field)


def _task(value: JsonObject, where: str, index: int) -> TaskItem:
    data = value["data"]
    if type(data) is not dict:
        raise ItemProblem("data", f"must be an object, not {kind(data)}")
    item = TaskItem(where, index, data, raw_data=orjson.dumps(data))
    if len(value) == 1:
        return item
    for key in LISTS:
        if value.get(key) is not None:
            setattr(item, key, _objects(key, value[key]))
    meta = value.get("meta")
    if meta is not None and type(meta) is not dict:
        raise ItemProblem("meta", f"must be an object, not {kind(meta)}")
    item.meta = meta
    allow_skip = value.get("allow_skip")
    if allow_skip is not None and type(allow_skip) is not bool:
        raise ItemProblem("allow_skip", f"must be true or false, not {kind(allow_skip)}")
    item.allow_skip = allow_skip
    upload = value.get("file_upload_id")
    item.file_upload_id = upload if type(upload) is int else None
    return item


def _objects(key: str, value: object) -> list[JsonObject]:
    if type(value) is not list:
        raise ItemProblem(key, f"must be a list, not {kind(value)}")
    for number, each in enumerate(value, 1):
        if type(each) is not dict:
            # LS: exports list predictions by id; such a reference carries nothing to import
            if key == "predictions" and type(each) is int:
                continue
            raise ItemProblem(key, f"entry {number} must be an object, not {kind(each)}")
    return [each for each in value if type(each) is dict]


def kind(value: Any) -> str:
    """Return what a JSON value is, in words for people."""
    names = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "null")
