"""The key in every request: a token as it is, or a personal access token exchanged for short-lived ones."""

import base64
import json
import time
from collections.abc import Generator
from typing import Any

import httpx

EARLY_S = 15.0


def expiry_of(token: str) -> float | None:
    """Return when a JSON web token ends, in seconds since 1970; None if the text is no such token."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        claims: Any = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return None
    return float(claims["exp"]) if isinstance(claims, dict) and "exp" in claims else None


class KeyAuth(httpx.Auth):
    """Signs requests. A personal access token is exchanged when the first request needs it, and again in time."""

    requires_response_body = True

    def __init__(self, api_key: str, refresh_url: str) -> None:
        self._key = api_key
        self._refresh_url = refresh_url
        self._is_personal = expiry_of(api_key) is not None
        self._access = ""
        self._ends = 0.0

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request signed; a refused access token is exchanged once."""
        if not self._is_personal:
            request.headers["Authorization"] = f"Token {self._key}"
            yield request
            return
        if time.time() > self._ends - EARLY_S:
            yield from self._exchange()
        request.headers["Authorization"] = f"Bearer {self._access}"
        response = yield request
        if response.status_code == 401 and self._access:
            yield from self._exchange()
            request.headers["Authorization"] = f"Bearer {self._access}"
            yield request

    def _exchange(self) -> Generator[httpx.Request, httpx.Response, None]:
        answer = yield httpx.Request("POST", self._refresh_url, json={"refresh": self._key})
        self._access = answer.json()["access"] if answer.status_code == 200 else ""
        self._ends = expiry_of(self._access) or 0.0
