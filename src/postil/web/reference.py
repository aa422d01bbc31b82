"""The API's description as people read it: operations by group, and the shapes that they take and give."""

import json
from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
PLAIN = {"integer": "number", "number": "number", "string": "text", "boolean": "true or false", "null": "null"}


@dataclass(frozen=True, slots=True)
class Told:
    """One line about a value: of a field, a parameter, or a whole body. `shape` names what it is made of."""

    name: str
    kind: str
    shape: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation."""

    group: str
    method: str
    path: str
    summary: str
    parameters: list[Told] = field(default_factory=list)
    body: Told | None = None
    answers: list[Told] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape with its fields and an example."""

    name: str
    about: str
    fields: list[Told]
    example: str


def told_operations(document: Schema) -> list[Operation]:
    """Return every operation, sorted by group, in the order of the document."""
    found = [
        _operation(method, path, item[method])
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    ]
    return sorted(found, key=lambda row: row.group)


def told_shapes(document: Schema) -> list[Shape]:
    """Return every shape by its name."""
    return [_shape(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]


def _operation(method: str, path: str, about: Schema) -> Operation:
    body = about.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answers = [
        _told(str(status), answer.get("content", {}).get("application/json", {}).get("schema"))
        for status, answer in about["responses"].items()
        if str(status).startswith("2")
    ]
    return Operation(
        group=(about.get("tags") or ["Other"])[0],
        method=method.upper(),
        path=path,
        summary=about.get("description") or about.get("summary", ""),
        parameters=[_told(each["name"], each["schema"], each.get("required")) for each in about.get("parameters", [])],
        body=_told("body", body) if body is not None else None,
        answers=answers,
    )


def _shape(name: str, schema: Schema) -> Shape:
    required = set(schema.get("required", []))
    fields = [_told(key, part, key in required) for key, part in schema.get("properties", {}).items()]
    if "enum" in schema:
        fields = [_told("one of", schema)]
    example = json.dumps(schema["example"], indent=2, ensure_ascii=False) if "example" in schema else ""
    return Shape(name, " ".join(schema.get("description", "").split()), fields, example)


def _told(name: str, schema: Schema | None, is_required: bool | None = False) -> Told:
    kind, shape = _kind(schema) if schema is not None else ("nothing, or a file", "")
    return Told(name, kind, shape, bool(is_required))


def _kind(schema: Schema) -> tuple[str, str]:
    """Return a schema in words, and the shape that the words end with."""
    if "$ref" in schema:
        return "", schema["$ref"].rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(str(word) for word in schema["enum"]), ""
    if "anyOf" in schema:
        parts = [_kind(part) for part in schema["anyOf"]]
        shapes = [shape for _, shape in parts if shape]
        if len(shapes) == 1:
            words = ", ".join(text for text, shape in parts if not shape and text)
            prefix = next(text for text, shape in parts if shape)
            return f"{words} or {prefix}".strip() if words else prefix, shapes[0]
        return " or ".join(dict.fromkeys(text + shape for text, shape in parts)), ""
    if schema.get("type") == "array":
        text, shape = _kind(schema.get("items", {}))
        return f"list of {text}", shape
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        text, shape = _kind(inner) if isinstance(inner, dict) else ("anything", "")
        return f"object of {text}", shape
    words = PLAIN.get(str(schema.get("type", "")), "anything")
    return {"date-time": "time", "date": "day"}.get(schema.get("format", ""), words), ""
