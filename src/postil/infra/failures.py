"""Errors, translated once: whatever was raised becomes the error body that clients know.

{"id", "status_code", "version", "detail", "exc_info": null, "validation_errors"?: {field: [sentences]}}
"""

import errno
import logging
import uuid
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as NinjaValidationError
from pydantic import ValidationError as PydanticValidationError

import postil
from postil.core.errors import (
    Conflict,
    FieldErrors,
    Invalid,
    NotFound,
    PostilError,
    PreconditionFailed,
    StorageFull,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)
from postil.infra.bodies import to_json
from postil.infra.db import let_go
from postil.infra.slow_bodies import TOO_SHORT, BodyStopped

logger = logging.getLogger(__name__)
DISK_FULL = "53100"  # PostgreSQL's SQLSTATE
SENTENCES = {
    "missing": "This field is required.",
    "string_too_short": "Ensure this field has at least {min_length} characters.",
    "string_too_long": "Ensure this field has no more than {max_length} characters.",
    "string_type": "Not a valid string.",
    "bool_type": "Must be a valid boolean.",
    "bool_parsing": "Must be a valid boolean.",
    "int_type": "A valid integer is required.",
    "int_parsing": "A valid integer is required.",
    "int_from_float": "A valid integer is required.",
    "float_type": "A valid number is required.",
    "float_parsing": "A valid number is required.",
    "finite_number": "A valid number is required.",
    "list_type": "Expected a list of items.",
    "dict_type": "Expected an object.",
    "model_type": "Expected an object.",
    "model_attributes_type": "Expected an object.",
    "greater_than_equal": "Ensure this value is greater than or equal to {ge}.",
    "less_than_equal": "Ensure this value is less than or equal to {le}.",
    "greater_than": "Ensure this value is greater than {gt}.",
    "less_than": "Ensure this value is less than {lt}.",
}


def error_body(error: PostilError, *, error_id: str = "") -> dict[str, Any]:
    """Return the body for an error."""
    body: dict[str, Any] = {
        "id": error_id or str(uuid.uuid4()),
        "status_code": error.status,
        "version": postil.__version__,
        "detail": error.detail,
        "exc_info": None,
    }
    if error.fields:
        body["validation_errors"] = error.fields
    if isinstance(error, PreconditionFailed):
        body["current"] = error.current
    return body


def error_response(error: PostilError, *, error_id: str = "") -> HttpResponse:
    """Return the answer for an error, with the headers that belong to its status."""
    body = to_json(error_body(error, error_id=error_id))
    response = HttpResponse(body, status=error.status, content_type="application/json")
    if isinstance(error, Unauthenticated):
        response["WWW-Authenticate"] = getattr(error, "challenge", "Token")
    if isinstance(error, TooManyRequests):
        response["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, Unavailable):
        response["Retry-After"] = "5"
    return response


def answer_to(request: HttpRequest, error: Any) -> HttpResponse:
    """Return the answer for anything that was raised; what nobody foresaw is logged and answered with its id only."""
    known = translate(error)
    if known is None:
        error_id = str(uuid.uuid4())
        logger.error("%s %s failed, error id %s", request.method, request.path, error_id, exc_info=error)
        response = error_response(PostilError(), error_id=error_id)
    else:
        if known.status >= 500:
            logger.error("%s %s: %s", request.method, request.path, known.detail, exc_info=error)
        else:
            logger.info("%s %s: %s %s", request.method, request.path, known.status, known.detail)
        response = error_response(known)
    let_go(error)
    return response


def translate(error: BaseException) -> PostilError | None:
    """Return the error that a person may read, or None for a bug."""
    if isinstance(error, PostilError):
        return error
    if isinstance(error, NinjaValidationError):
        return validation_error(error.errors, skip=1)
    if isinstance(error, PydanticValidationError):
        return validation_error([dict(item) for item in error.errors(include_url=False)], skip=0)
    if isinstance(error, HttpError):  # ninja hides the parser's error behind its own
        cause = error.__cause__
        return translate(cause) if cause is not None else Invalid(error.message)
    if isinstance(error, Http404):
        return NotFound()
    return _of_body(error) or _of_database(error)


def _of_body(error: BaseException) -> PostilError | None:
    if isinstance(error, RequestDataTooBig):
        return TooLarge()
    if isinstance(error, TooManyFieldsSent | TooManyFilesSent):
        return Invalid("The form has too many fields or files.")
    if isinstance(error, MultiPartParserError):
        return Invalid(f"Multipart parse error: {error}")
    if isinstance(error, UnreadablePostError | BodyStopped):
        said = error.args[0] if error.args else None
        return said if isinstance(said, PostilError) else Invalid(TOO_SHORT)
    if isinstance(error, SuspiciousOperation):
        return Invalid("The request was refused.")
    return None


def _of_database(error: BaseException) -> PostilError | None:
    if isinstance(error, OSError):
        return StorageFull() if error.errno in {errno.ENOSPC, errno.EDQUOT} else None
    if isinstance(error, OverflowError | DataError):
        return Invalid("A number or text is out of the range that can be stored.")
    if isinstance(error, IntegrityError):
        return Conflict()
    if isinstance(error, OperationalError | InterfaceError | DatabaseError):
        text = str(error).lower()
        state = getattr(error.__cause__, "sqlstate", None)
        if "disk is full" in text or state == DISK_FULL:
            return StorageFull()
        if isinstance(error, OperationalError | InterfaceError) or "readonly database" in text:
            return Unavailable()
    return None


def validation_error(errors: list[dict[str, Any]], *, skip: int) -> Invalid:
    """Return pydantic's findings as one error, nested by field; `skip` leading parts of each place are not fields."""
    fields: FieldErrors = {}
    for item in errors:
        place = [str(part) for part in item["loc"][skip:]]
        if skip and item["loc"][0] in {"body", "form"}:
            place = place[1:]  # the handler's parameter
        _put(fields, place or ["non_field_errors"], _sentence(item))
    return Invalid(fields=fields)


def _put(fields: FieldErrors, place: list[str], sentence: str) -> None:
    for part in place[:-1]:
        inner = fields.setdefault(part, {})
        if not isinstance(inner, dict):
            inner.append(sentence)
            return
        fields = inner
    known = fields.setdefault(place[-1], [])
    if isinstance(known, list):
        known.append(sentence)


def _sentence(item: dict[str, Any]) -> str:
    pattern = SENTENCES.get(item["type"])
    if pattern is not None:
        return pattern.format(**item.get("ctx", {}))
    text = str(item["msg"])
    return text.removeprefix("Value error, ")


def install(api: NinjaAPI) -> None:
    """Make `api` answer everything that its handlers raise with our error body."""
    for kind in (Exception, Http404, HttpError, NinjaValidationError, PostilError):
        api.add_exception_handler(kind, answer_to)
