"""The shapes of answers in the API's description: what each handler's return annotation says.

Handlers answer with plain dicts or with text that is ready to send; neither is checked when it is sent, so the shapes
cost nothing. Tests hold the answers against them.
"""

from collections.abc import Iterable
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Status
from ninja.operation import Operation
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

REFERENCE = "#/components/schemas/{model}"
ANYTHING = {"title": "Response"}
Schema = dict[str, Any]


def shape_of(view: Any) -> Any:
    """Return the type of what a handler answers when all is well, or None if it does not say."""
    return _shape(get_type_hints(view, include_extras=True).get("return"))


def _shape(hint: Any) -> Any:
    if get_origin(hint) is Annotated and _is_response(get_args(hint)[0]):
        return get_args(hint)[1]
    if get_origin(hint) is Status:
        return _shape(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        rest = tuple(part for part in get_args(hint) if not _is_response(part))
        return Union[rest]  # noqa: UP007 -- made of parts
    return None if hint in (None, type(None), Any) or _is_response(hint) else hint


def _is_response(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, HttpResponseBase)


def operations_of(api: NinjaAPI) -> dict[str, Operation]:
    """Return the operations by their id."""
    return {
        operation.operation_id or "": operation
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    }


def describe_answers(document: Schema, api: NinjaAPI) -> None:
    """Put the shapes into the description, wherever the routes themselves say nothing about a good answer."""
    shapes = {name: shape_of(operation.view_func) for name, operation in operations_of(api).items()}
    keys: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (name, "serialization", TypeAdapter(shape)) for name, shape in shapes.items() if shape is not None
    ]
    made, definitions = TypeAdapter.json_schemas(keys, ref_template=REFERENCE)
    document["components"]["schemas"].update(definitions.get("$defs", {}))
    for about in _each_operation(document):
        schema = made.get((about["operationId"], "serialization"))
        if schema is not None:
            for status, answer in about["responses"].items():
                if 200 <= int(status) < 300 and not _says_something(answer):
                    answer["content"] = {"application/json": {"schema": schema}}


def _each_operation(document: Schema) -> Iterable[Schema]:
    return (about for item in document["paths"].values() for about in item.values())


def _says_something(answer: Schema) -> bool:
    """Whether an answer has a schema of its own, or is empty on purpose."""
    schema = answer.get("content", {}).get("application/json", {}).get("schema", ANYTHING)
    return bool(answer["description"] == "No Content" or schema != ANYTHING)
