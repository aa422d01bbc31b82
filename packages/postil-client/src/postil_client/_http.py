"""What a call is, when it is tried again, and how its answer is read: the same for both clients."""

import os
import random
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import uuid4

import httpx

from postil_client.errors import Unreachable, error_of

T = TypeVar("T")
AGAIN = frozenset({429, 502, 503, 504})
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
Params = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One request. `files` opens what is to be uploaded, anew for each try; `read` makes the result of the answer."""

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    params: Params = field(default_factory=dict)
    json: object = None
    files: Callable[[], AbstractContextManager[dict[str, Any] | None]] = nullcontext
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Method and path, for messages."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the server is and how patient a client is. `timeout_s` is for a silent server, not for a whole transfer."""

    url: str
    api_key: str
    timeout_s: float = 60.0
    tries: int = 5
    verify: bool = True

    @classmethod
    def of(cls, url: str | None, api_key: str | None, timeout_s: float, tries: int, verify: bool) -> "Settings":
        """Return the settings with what is not given taken from the environment; raises `ValueError` without a key."""
        found_url = url or _environment("URL") or "http://localhost:8080"
        found_key = api_key or _environment("API_KEY")
        if not found_key:
            raise ValueError("An API key is needed: give `api_key`, or set POSTIL_API_KEY.")
        return cls(found_url.rstrip("/"), found_key, timeout_s, max(1, tries), verify)


def _environment(name: str) -> str:
    return os.environ.get(f"POSTIL_{name}") or os.environ.get(f"LABEL_STUDIO_{name}") or ""


def headers_of(call: Call[Any]) -> dict[str, str]:
    """Return the headers of a call; made once for all its tries, so that a repeated POST is done once."""
    key = {"Idempotency-Key": str(uuid4())} if call.method == "POST" else {}
    return {**key, **call.headers}


def params_of(call: Call[Any]) -> dict[str, str] | None:
    """Return the parameters that are set, as the API writes them; None leaves those in the path alone."""
    found = {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in call.params.items()
        if value is not None
    }
    return found or None


def pause_after(attempt: int, tries: int, response: httpx.Response | None) -> float | None:
    """Return how many seconds to wait before the next try, or None if there is none."""
    if attempt + 1 >= tries or (response is not None and response.status_code not in AGAIN):
        return None
    asked = response.headers.get("Retry-After", "") if response is not None else ""
    if asked.isdigit():
        return float(asked) if float(asked) <= LONGEST_PAUSE_S else None
    spread = random.uniform(0.8, 1.2)  # noqa: S311 -- nothing is protected by it
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0**attempt) * spread


def unreachable(call: Call[Any], url: str, error: Exception) -> Unreachable:
    """Return the error for a server that does not answer."""
    return Unreachable(f"{call.name}: {url} does not answer ({type(error).__name__}: {error}).")


def read_by(call: Call[T], response: httpx.Response, url: str) -> T:
    """Return what a call reads of its answer; raises `Unreachable` when somebody else than the server answered."""
    try:
        return call.read(response)
    except ValueError as error:
        raise Unreachable(f"{call.name}: what {url} answered is no JSON. Is that the address of the server?") from error


def checked(call: Call[Any], response: httpx.Response, attempt: int) -> httpx.Response:
    """Return the answer; raises `ApiError` if the server refused. The body of a refusal must have been read."""
    is_gone_by_first_try = attempt > 0 and call.method == "DELETE" and response.status_code == 404
    if response.is_success or is_gone_by_first_try:
        return response
    try:
        body: object = response.json()
    except ValueError:
        body = None
    raise error_of(response.status_code, call.name, body, response.text if body is None else "")
