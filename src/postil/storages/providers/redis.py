"""Redis: each string below a key prefix is an object."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO

from postil.infra.checked_pools import checked_host
from postil.storages.provider import (
    PAGE,
    POOL_SIZE,
    Content,
    ObjectGone,
    Params,
    StoredObject,
    StoreFailed,
    last_byte,
    param,
)


class RedisParams(Params):
    """What leads to a database of Redis."""

    path: str | None = param(
        None, "Key prefix", help="Only keys that begin with this.", placeholder="tasks:", max_length=1000
    )
    host: str | None = param("localhost", "Host", moves=True, max_length=253, pattern=r"^[A-Za-z0-9.:_-]*$")
    port: int | None = param(6379, "Port", moves=True, ge=1, le=65_535)
    db: int | None = param(1, "Database", ge=0, le=1_000_000)
    password: str | None = param(None, "Password", section="access", secret=True, max_length=512)


class Redis:
    """The provider."""

    title = "Redis"
    note = "Redis tells nobody when a value changes: a key that became tasks once is not read again."
    module = "redis"
    extra = "redis"
    has_prefix = False
    can_presign = False
    params = RedisParams

    def open(self, params: RedisParams) -> "RedisStore":
        """Return the database."""
        return RedisStore(params)

    def root(self, params: RedisParams) -> str:
        """Return `redis://host:port/database/`."""
        host, port, database = _place(params)
        return f"redis://{host}:{port}/{database}/"

    def uri(self, params: RedisParams, key: str) -> str:
        """Return `redis://host:port/database/key`."""
        return self.root(params) + key

    def target_key(self, params: RedisParams, name: str) -> str:
        """Return the prefix with the name behind it."""
        return f"{params.path or ''}{name}"

    def origins(self, params: RedisParams) -> list[str]:
        """Return nothing: browsers never talk to Redis."""
        return []

    def check(self, params: RedisParams, *, is_target: bool) -> None:
        """Check the host's address."""
        host, port, _ = _place(params)
        checked_host(host, port)


class RedisStore:
    """A database, on connections to the address that was checked."""

    def __init__(self, params: RedisParams) -> None:
        from redis import Redis as Client
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self.server_time: datetime | None = None
        self._params = params
        host, port, database = _place(params)
        self._client: Any = Client(
            host=checked_host(host, port),
            port=port,
            db=database,
            password=params.password or None,
            protocol=2,  # servers before version 6 speak no other
            socket_connect_timeout=5,
            socket_timeout=15,
            max_connections=POOL_SIZE,
            retry=Retry(NoBackoff(), 1),
        )

    def pages(self, *, recursive: bool) -> Iterator[list[StoredObject]]:
        """Yield the keys with the prefix; Redis may name one twice."""
        begin = (self._params.path or "").encode()
        pattern = b"".join(b"\\" + bytes([c]) if c in b"*?[]\\^-" else bytes([c]) for c in begin) + b"*"
        cursor = 0
        while True:
            with self._words():
                cursor, keys = self._client.scan(cursor, match=pattern, count=PAGE, _type="string")
            found = dict.fromkeys(key.decode(errors="surrogateescape") for key in keys)
            yield [StoredObject(key, None, None, "") for key in sorted(found) if key.isprintable()]
            if not cursor:
                return

    def read(self, key: str, first: int = 0, last: int | None = None) -> Content:
        """Return a value or a part of it."""
        with self._words():
            if first == 0 and last is None:
                whole: bytes | None = self._client.get(key)
                if whole is None:
                    raise ObjectGone
                return Content(len(whole), 0, len(whole) - 1, "", iter([whole]))
            size = int(self._client.strlen(key))
            if not size and not self._client.exists(key):
                raise ObjectGone
            end = last_byte(size, first, last)
            value: bytes = self._client.getrange(key, first, end) if end >= first else b""
        return Content(size, first, end, "", iter([value]))

    def write(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Set a value."""
        with self._words():
            self._client.set(key, content if isinstance(content, bytes) else content.read())

    def delete(self, key: str) -> None:
        """Remove a key."""
        with self._words():
            self._client.delete(key)

    def presign(self, key: str, seconds: int, media_type: str) -> str | None:
        """Return None: values go through the server."""
        return None

    @contextmanager
    def _words(self) -> Iterator[None]:
        from redis import exceptions

        host, port, _ = _place(self._params)
        try:
            yield
        except exceptions.AuthenticationError as error:
            asks = "Redis does not accept the password." if self._params.password else "Redis asks for a password."
            raise StoreFailed(asks, fix="Check the password.", about="password") from error
        except (exceptions.ConnectionError, exceptions.TimeoutError) as error:
            raise StoreFailed(
                f"Redis at {host}:{port} cannot be reached.", fix="Check host and port.", about="host"
            ) from error
        except exceptions.RedisError as error:
            raise StoreFailed(f"Redis refuses: {str(error)[:200]}") from error


def _place(params: RedisParams) -> tuple[str, int, int]:
    database = 1 if params.db is None else params.db
    return params.host or "localhost", params.port or 6379, database
