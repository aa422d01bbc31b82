"""The contract of providers: one kind of place for objects.

A provider is one file in `providers/` and one line in its registry. It says by `Params` what it must be told, and opens
a `Store`. Its client library is imported when the first store is opened; connections go the checked way only.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, ClassVar, Literal, Protocol, runtime_checkable
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from postil.core.errors import PostilError

PAGE = 1_000
MAX_KEY_BYTES = 1_024
POOL_SIZE = 32
CHUNK = 256 * 1024
Section = Literal["place", "access", "content", "sync"]


class StoreFailed(PostilError):
    """A storage refuses or does not answer: what happened, what to change, and which field of the form that is."""

    status = 424
    code = "storage_failed"
    default_detail = "The storage does not answer."

    def __init__(self, detail: str | None = None, *, fix: str = "", about: str = "") -> None:
        super().__init__(detail)
        self.fix = fix
        self.about = about


class ObjectGone(StoreFailed):
    """There is no object with this key."""

    status = 404
    default_detail = "The storage has no such object."


class OutOfRange(StoreFailed):
    """The wanted part lies behind the end of the object."""

    status = 416
    code = "range_not_satisfiable"
    default_detail = "The range lies outside of the object."


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object as a listing names it. `version` changes whenever its content does; empty where nobody can tell."""

    key: str
    size: int | None
    modified_at: datetime | None
    version: str


@dataclass(slots=True)
class Content:
    """Bytes `first` to `last` of an object of `size` bytes; iterate `chunks` once."""

    size: int
    first: int
    last: int
    etag: str
    chunks: Iterator[bytes]

    def whole(self, limit: int) -> bytes:
        """Return all bytes; raises `StoreFailed` for more than `limit`."""
        found = bytearray()
        for chunk in self.chunks:
            found += chunk
            if len(found) > limit:
                raise StoreFailed(f"The object is larger than {limit} bytes.")
        return bytes(found)


class Params(BaseModel):
    """Base of what providers must be told; `param` describes a field for the form."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


def param(
    default: Any,
    title: str,
    *,
    section: Section = "place",
    help: str = "",  # noqa: A002 -- the word of the form
    placeholder: str = "",
    secret: bool = False,
    moves: bool = False,
    multiline: bool = False,
    **limits: Any,
) -> Any:
    """Describe a parameter. `secret`: encrypted and never returned. `moves`: a change asks for the secrets again."""
    extra: dict[str, Any] = {
        "section": section,
        "help": help,
        "placeholder": placeholder,
        "secret": secret,
        "moves": moves,
        "multiline": multiline,
    }
    return Field(default, title=title, json_schema_extra=extra, **limits)


def prefix_param(inside: str) -> Any:
    """Describe the parameter that names a folder inside a bucket or container."""
    help_text = f"Folder inside the {inside}."
    return param(None, "Prefix", help=help_text, placeholder="images/train", max_length=1000)


def endpoint_param(help_text: str, placeholder: str) -> Any:
    """Describe the parameter that leads to another server than the vendor's."""
    return param(None, "Endpoint", help=help_text, placeholder=placeholder, moves=True, max_length=2048)


def fields_marked(params: type[Params], mark: str) -> set[str]:
    """Return the names of the parameters with this mark (`secret`, `moves`)."""
    found = set()
    for name, info in params.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict) and extra.get(mark):
            found.add(name)
    return found


class Store(Protocol):
    """An opened place. Methods raise `StoreFailed`; keys are whole, with the prefix."""

    server_time: datetime | None

    def pages(self, *, recursive: bool) -> Iterator[list[StoredObject]]:
        """Yield the objects below the prefix, about `PAGE` at a time."""
        ...

    def read(self, key: str, first: int = 0, last: int | None = None) -> Content:
        """Return an object or a part of it; a `last` behind the end means the end."""
        ...

    def write(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Put an object, over one that is there."""
        ...

    def delete(self, key: str) -> None:
        """Remove an object; none there is no error."""
        ...

    def presign(self, key: str, seconds: int, media_type: str) -> str | None:
        """Return an address by which anybody may read the object for a time; None where there is no such thing."""
        ...


@runtime_checkable
class Provider(Protocol):
    """One kind of storage. `module` is what its extra brings, `extra` the extra's name."""

    title: str
    note: str
    module: str
    extra: str
    has_prefix: bool
    can_presign: bool
    params: type[Params]

    def open(self, params: Any) -> Store:
        """Return the place that the parameters mean; nothing is called yet."""
        ...

    def root(self, params: Any) -> str:
        """Return what the addresses of all its objects begin with, such as `s3://bucket/`."""
        ...

    def uri(self, params: Any, key: str) -> str:
        """Return the address of an object as it stands in task data."""
        ...

    def target_key(self, params: Any, name: str) -> str:
        """Return the key for a new object below the prefix."""
        ...

    def origins(self, params: Any) -> list[str]:
        """Return the origins that a browser is sent to for presigned objects."""
        ...

    def check(self, params: Any, *, is_target: bool) -> None:
        """Raise `Invalid` for parameters that cannot work or may not be used; calls nobody."""
        ...


class Bucket(ABC):
    """Base of providers whose places have a name, keys below a prefix, and presigned addresses."""

    note = ""
    has_prefix = True
    can_presign = True
    scheme: ClassVar[str]

    @abstractmethod
    def name(self, params: Any) -> str:
        """Return the name of the place."""

    @abstractmethod
    def address(self, params: Any) -> str:
        """Return where its objects are read."""

    def root(self, params: Any) -> str:
        """Return `scheme://name/`."""
        return f"{self.scheme}://{self.name(params)}/"

    def uri(self, params: Any, key: str) -> str:
        """Return `scheme://name/key`."""
        return self.root(params) + key

    def target_key(self, params: Any, name: str) -> str:
        """Return `prefix/name`."""
        return joined(params.prefix, name)

    def origins(self, params: Any) -> list[str]:
        """Return the origin of its address."""
        parts = urlsplit(self.address(params))
        return [f"{parts.scheme}://{parts.netloc}"]


def is_provider(plugin: object) -> bool:
    """Return whether `plugin` keeps the contract."""
    return isinstance(plugin, Provider) and bool(plugin.title) and issubclass(plugin.params, Params)


def last_byte(size: int, first: int, last: int | None) -> int:
    """Return the last byte of a wanted part; raises `OutOfRange` for one that begins behind the end."""
    if first and first >= size:
        raise OutOfRange
    return size - 1 if last is None else min(last, size - 1)


def sentence(problem: PostilError) -> str:
    """Return what went wrong in one sentence: the first message about a field, if there is one."""
    found: Any = problem.fields
    while isinstance(found, dict | list) and found:
        found = next(iter(found.values())) if isinstance(found, dict) else found[0]
    return str(found) if problem.fields else problem.detail


def joined(prefix: str | None, name: str) -> str:
    """Return `name` below a prefix."""
    folder = (prefix or "").strip("/")
    return f"{folder}/{name}" if folder else name


def folder_of(prefix: str | None) -> str:
    """Return a prefix as listings want it: empty, or ending with a slash."""
    folder = (prefix or "").strip("/")
    return f"{folder}/" if folder else ""
