"""What an uploaded file is: by its name, confirmed by its first bytes."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from postil.core.errors import Invalid
from postil.formats.media import BY_EXTENSION, HEAD_BYTES, MediaType

IMPORTER_OF = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".tsv": "tsv",
    ".txt": "txt",
    ".xml": "html",
}
SUPPORTED = tuple(sorted([*IMPORTER_OF, *BY_EXTENSION]))
BINARY_MARKS = (
    (b"PK\x03\x04", "a zip or office file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
)


@dataclass(frozen=True, slots=True)
class Detected:
    """Either `importer` names the reader of a file of tasks, or `media` says what single item of data the file is."""

    extension: str
    importer: str | None = None
    media: MediaType | None = None


def extension_of(filename: str) -> str:
    """Return the extension in small letters, with its dot; empty if there is none."""
    return PurePosixPath(filename.replace("\\", "/")).suffix.lower()


def detect(filename: str, head: bytes) -> Detected:
    """Return what a file is, from its name and its first bytes (`media.HEAD_BYTES` of them are enough).

    Raises `Invalid` for kinds that are not supported, empty files, and content that contradicts the name.
    """
    extension = extension_of(filename)
    if extension not in IMPORTER_OF and extension not in BY_EXTENSION:
        known = " ".join(each[1:] for each in SUPPORTED)
        raise Invalid(f"{extension or 'A missing'} extension is not supported. Supported are: {known}.")
    if not head:
        raise Invalid(f"{filename} is empty.")
    media = BY_EXTENSION.get(extension)
    if media is not None:
        if not media.looks_right(head[:HEAD_BYTES]):
            raise Invalid(f"{filename} is named {extension}, but its content is no {media.title}.")
        return Detected(extension, media=media)
    for mark, what in BINARY_MARKS:
        if head.startswith(mark):
            raise Invalid(f"{filename} is named {extension}, but its content is {what}.")
    return Detected(extension, importer=IMPORTER_OF[extension])


def content_type_of(filename: str) -> str:
    """Return the type under which a file is served: from our table, never from a client."""
    extension = extension_of(filename)
    if extension in BY_EXTENSION:
        return BY_EXTENSION[extension].content_type
    return {
        ".csv": "text/csv",
        ".htm": "text/html",
        ".html": "text/html",
        ".json": "application/json",
        ".tsv": "text/tab-separated-values",
        ".xml": "application/xml",
    }.get(extension, "text/plain" if extension in IMPORTER_OF else "application/octet-stream")


def is_inline(filename: str) -> bool:
    """Return whether a browser may show the file itself instead of saving it."""
    extension = extension_of(filename)
    return BY_EXTENSION[extension].is_inline if extension in BY_EXTENSION else extension == ".txt"
