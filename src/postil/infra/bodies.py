"""Reading request bodies and writing answers: strict JSON in, fast JSON out."""

from io import BytesIO
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from ninja import Schema
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.schema import DjangoGetter
from pydantic import model_validator

from postil.core.clock import iso
from postil.core.errors import Invalid, LengthRequired, TooLarge, UnsupportedMedia
from postil.formats import strict_json

JSON_TYPES = ("application/json", "")  # scripts often name no type for their JSON
MAX_JSON_DEPTH = 100


class Body(Schema):
    """What clients send: an object. Schemas by themselves also read attributes, which every value has none of."""

    @model_validator(mode="before")
    @classmethod
    def is_an_object(cls, sent: Any) -> Any:
        """Refuse lists and single values; raises `ValueError`."""
        value = sent._obj if isinstance(sent, DjangoGetter) else sent
        if not isinstance(value, dict):
            kind = type(value).__name__
            raise ValueError(f"Invalid data. Expected a dictionary, but got {kind}.")  # noqa: TRY004 -- pydantic's way
        return sent


class AnyBodyParser(Parser):
    """Makes a dict or list of a body in JSON, of a form, or of multipart data (its files stay in `request.FILES`)."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body's value; raises `Invalid` for bad JSON and `UnsupportedMedia` for other types."""
        return read_body(request)

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        """Return query parameters; a value with NUL, which no database can hold, is refused."""
        for values in data.lists():
            if any(isinstance(value, str) and "\0" in value for value in values[1]):
                raise Invalid.field(values[0], "Null characters are not allowed.")
        return super().parse_querydict(data, list_fields, request)


def read_body(request: HttpRequest) -> Any:
    """Return the value of a body in JSON, of a form or of multipart data; an empty body is an empty object."""
    kind = (request.content_type or "").lower()
    if kind in JSON_TYPES or kind.endswith("+json"):
        return read_json(request.body) if request.body else {}
    if kind == "application/x-www-form-urlencoded":
        return form_values(QueryDict(request.body, encoding=request.encoding or settings.DEFAULT_CHARSET))
    if kind == "multipart/form-data":
        return form_values(multipart_fields(request))
    raise UnsupportedMedia


def read_json(raw: bytes) -> Any:
    """Return the value of JSON text by our strict rules; raises `Invalid` with the place of the mistake."""
    try:
        return strict_json.loads(raw, max_depth=MAX_JSON_DEPTH)
    except strict_json.JsonProblem as problem:
        raise Invalid(f"JSON parse error - the body {problem}") from None


def multipart_fields(request: HttpRequest) -> QueryDict:
    """Return the fields of multipart data for any method; Django itself reads them for POST only."""
    if request.method == "POST":
        return request.POST
    try:
        fields, files = request.parse_file_upload(request.META, BytesIO(request.body))
    except MultiPartParserError as error:
        raise Invalid(f"Multipart parse error: {error}") from None
    request._files = files  # type: ignore[attr-defined]
    return fields


def form_values(fields: QueryDict) -> dict[str, Any]:
    """Return a form as a dict: repeated names become lists, text that holds a JSON object or list is decoded."""
    values: dict[str, Any] = {}
    for name, given in fields.lists():
        texts = [_decoded(name, text) for text in given]
        values[name] = texts[0] if len(texts) == 1 else texts
    return values


def _decoded(name: str, text: str | bytes) -> Any:
    text = text.decode() if isinstance(text, bytes) else text
    if "\0" in text:
        raise Invalid.field(name, "Null characters are not allowed.")
    if text.lstrip()[:1] not in {"{", "["}:
        return text
    try:
        return strict_json.loads(text.encode(), max_depth=MAX_JSON_DEPTH)
    except (strict_json.JsonProblem, UnicodeEncodeError):
        return text


def give_empty_object(request: HttpRequest) -> None:
    """Let a write without a body count as `{}`, so that missing fields are named."""
    if request.method in {"POST", "PUT", "PATCH"} and request.META.get("CONTENT_LENGTH") in {None, "", "0"}:
        request._body = b"{}"  # where Django keeps a body that was read
        request.content_type = "application/json"


def check_size(request: HttpRequest) -> None:
    """Raise `TooLarge` by the announced length, before anything is read; packed bodies are refused.

    So are bodies that come in chunks without a length: nobody would read them, and they would count as empty.
    """
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        raise LengthRequired
    encoding = request.META.get("HTTP_CONTENT_ENCODING", "identity").lower()
    if encoding not in {"", "identity"}:
        raise UnsupportedMedia("Packed request bodies are not accepted. Send the body without Content-Encoding.")
    text = request.META.get("CONTENT_LENGTH") or "0"
    if not text.isdecimal():
        raise Invalid("Content-Length is not a number.")
    is_upload = request.content_type in {"multipart/form-data", "application/octet-stream"}
    limit_mb = settings.CONFIG.max_upload_mb if is_upload else settings.CONFIG.max_json_mb
    if int(text) > limit_mb * 1024 * 1024:
        raise TooLarge(f"The request is too large: at most {limit_mb} MB are allowed.")


def to_json(value: object) -> bytes:
    """Return `value` as JSON; moments are written as everywhere in the API, `orjson.Fragment` goes in as it is."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    if hasattr(value, "astimezone"):
        return iso(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    if hasattr(value, "model_dump"):
        return value.model_dump()
    return str(value)


class OrjsonRenderer(BaseRenderer):
    """Writes answers with orjson."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Return the answer's JSON."""
        return to_json(data)
