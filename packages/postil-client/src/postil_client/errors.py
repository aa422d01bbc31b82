"""What can go wrong with a call, one class for each thing a script may want to catch."""

from collections.abc import Mapping
from typing import Any


class PostilError(Exception):
    """The base of every error of this package."""


class Unreachable(PostilError):
    """The server did not answer after all tries, broke off, or is no such server."""


class JobFailed(PostilError):
    """A job ended without a result. `job` is what the server said of it."""

    def __init__(self, job: Mapping[str, Any]) -> None:
        super().__init__(job.get("error") or f"The job {job.get('id')} was {job.get('state')}.")
        self.job = job


class ApiError(PostilError):
    """The server refused a call.

    `status` is the HTTP status, `detail` one sentence, `fields` the messages by field, `error_id` what to look for
    in the server's log.
    """

    def __init__(self, status: int, detail: str, *, call: str, body: Mapping[str, Any]) -> None:
        self.status = status
        self.detail = detail
        self.call = call
        self.body = body
        self.fields: Mapping[str, Any] = body.get("validation_errors") or {}
        self.error_id: str = body.get("id") or ""
        named = "; ".join(f"{name}: {_words(messages)}" for name, messages in self.fields.items())
        super().__init__(f"{call}: {status} {detail}" + (f" ({named})" if named else ""))


class Invalid(ApiError):
    """400 and 422: the request is wrong; `fields` says where."""


class Unauthorized(ApiError):
    """401: no key, or one that is not valid."""


class Forbidden(ApiError):
    """403: this person may not do that."""


class NotFound(ApiError):
    """404: there is no such object, or it belongs to somebody else."""


class Conflict(ApiError):
    """409: it exists already."""


class ChangedMeanwhile(ApiError):
    """412: somebody else changed the object; `current` is how it stands now."""

    @property
    def current(self) -> Mapping[str, Any]:
        """The object as the server has it."""
        found: Mapping[str, Any] = self.body.get("current") or {}
        return found


class TooLarge(ApiError):
    """413: more than the server takes at once."""


class TooManyRequests(ApiError):
    """429: too many calls, after all tries."""


class ServerError(ApiError):
    """5xx: the server failed, after all tries."""


_BY_STATUS: dict[int, type[ApiError]] = {
    400: Invalid,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    412: ChangedMeanwhile,
    413: TooLarge,
    422: Invalid,
    429: TooManyRequests,
}


def error_of(status: int, call: str, body: object, text: str) -> ApiError:
    """Return the error for an answer; `body` is its JSON if it has any."""
    known: Mapping[str, Any] = body if isinstance(body, dict) else {}
    detail = str(known.get("detail") or text.strip()[:300] or "no reason given")
    kind = ServerError if status >= 500 else _BY_STATUS.get(status, ApiError)
    return kind(status, detail, call=call, body=known)


def _words(messages: Any) -> str:
    return " ".join(str(each) for each in messages) if isinstance(messages, list) else str(messages)
