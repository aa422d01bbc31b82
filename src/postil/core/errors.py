"""Everything that may go wrong on purpose.

An error is raised where it is known and translated once, at the edge: `infra.http` turns it into the API's body,
`cli.main` into a line on the terminal.
"""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

FieldErrors = dict[str, Any]  # field -> list of messages, nested for nested objects
MOST_QUOTED = 100


def quoted(value: Any) -> str:
    """Return a value of a request as its sender wrote it, the beginning of a long one."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"


class PostilError(Exception):
    """Base of all errors that a person may read.

    `detail` is one sentence that says what to do; `fields` names the places (field -> messages).
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    default_detail: ClassVar[str] = "Something went wrong on the server."

    def __init__(self, detail: str | None = None, *, fields: FieldErrors | None = None) -> None:
        self.detail = detail or self.default_detail
        self.fields: FieldErrors = fields or {}
        super().__init__(self.detail)


class Invalid(PostilError):
    """What was sent breaks a rule. `Invalid.field("title", "…")` names the place."""

    status = 400
    code = "invalid"
    default_detail = "Validation error"

    @classmethod
    def field(cls, name: str, *messages: str) -> "Invalid":
        """Return an error about one field of the request."""
        return cls(fields={name: list(messages)})

    @classmethod
    def items(cls, messages: Sequence[object]) -> "Invalid":
        """Return an error that belongs to no field, or to many items of a list."""
        return cls(fields={"non_field_errors": list(messages)})


class Unauthenticated(PostilError):
    status = 401
    code = "unauthenticated"
    default_detail = "Authentication credentials were not provided."


class Forbidden(PostilError):
    status = 403
    code = "forbidden"
    default_detail = "You do not have permission to perform this action."


class NotFound(PostilError):
    """Missing, or not for this person: both look alike."""

    status = 404
    code = "not_found"
    default_detail = "Not found."


class NotAllowed(PostilError):
    status = 405
    code = "method_not_allowed"
    default_detail = "This method is not allowed here."


class Conflict(PostilError):
    status = 409
    code = "conflict"
    default_detail = "The object was changed or exists already."


class LengthRequired(PostilError):
    status = 411
    code = "length_required"
    default_detail = "Send the length of the body with it (Content-Length)."


class PreconditionFailed(PostilError):
    """`If-Match` named another version; `current` is the stored one, for the client to compare."""

    status = 412
    code = "precondition_failed"
    default_detail = "Somebody changed this meanwhile. Compare your version with the stored one."

    def __init__(self, detail: str | None = None, *, current: object = None) -> None:
        super().__init__(detail)
        self.current = current


class TooLarge(PostilError):
    status = 413
    code = "too_large"
    default_detail = "The request is too large."


class UnsupportedMedia(PostilError):
    status = 415
    code = "unsupported_media_type"
    default_detail = "Send JSON, a form, or multipart data."


class Unprocessable(PostilError):
    status = 422
    code = "unprocessable"
    default_detail = "The request cannot be carried out as it stands."


class TooManyRequests(PostilError):
    """Try again after `retry_after_s` seconds."""

    status = 429
    code = "too_many_requests"
    default_detail = "Too many requests. Wait a little and try again."

    def __init__(self, detail: str | None = None, *, retry_after_s: int = 60) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class Unavailable(PostilError):
    """The database or a disk does not answer now."""

    status = 503
    code = "unavailable"
    default_detail = "The server cannot reach its database right now. Nothing was changed. Try again."


class StorageFull(PostilError):
    status = 507
    code = "storage_full"
    default_detail = "The disk of the server is full. Nothing was changed."


class Cancelled(PostilError):
    """A person stopped the job."""

    status = 409
    code = "cancelled"
    default_detail = "Cancelled."
