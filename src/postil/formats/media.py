"""Media files we take as task data: how each kind is named, recognized by its first bytes, and served."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

HEAD_BYTES = 4096
Kind = Literal["audio", "document", "image", "video"]


@dataclass(frozen=True, slots=True)
class MediaType:
    """A kind of file. `looks_right` judges the first bytes; `is_inline` says whether a browser may show it itself."""

    title: str
    kind: Kind
    content_type: str
    extensions: tuple[str, ...]
    looks_right: Callable[[bytes], bool]
    is_inline: bool = True


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _iso_media(head: bytes) -> bool:
    return head[4:8] in {b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip"}


def _mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 in {0xE2, 0xE4, 0xE6})


def _svg(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")) and (
        b"<svg" in text or len(head) >= HEAD_BYTES
    )


MEDIA_TYPES: tuple[MediaType, ...] = (
    MediaType("BMP image", "image", "image/bmp", (".bmp",), _begins(b"BM")),
    MediaType("GIF image", "image", "image/gif", (".gif",), _begins(b"GIF87a", b"GIF89a")),
    MediaType("JPEG image", "image", "image/jpeg", (".jpg", ".jpeg"), _begins(b"\xff\xd8\xff")),
    MediaType("PNG image", "image", "image/png", (".png",), _begins(b"\x89PNG\r\n\x1a\n")),
    MediaType("SVG image", "image", "image/svg+xml", (".svg",), _svg, is_inline=False),
    MediaType("WebP image", "image", "image/webp", (".webp",), _riff(b"WEBP")),
    MediaType("FLAC audio", "audio", "audio/flac", (".flac",), _begins(b"fLaC", b"ID3")),
    MediaType("MP4 audio", "audio", "audio/mp4", (".m4a",), _iso_media),
    MediaType("MP3 audio", "audio", "audio/mpeg", (".mp3",), _mp3),
    MediaType("Ogg audio", "audio", "audio/ogg", (".ogg",), _begins(b"OggS")),
    MediaType("WAV audio", "audio", "audio/wav", (".wav",), _riff(b"WAVE")),
    MediaType("MP4 video", "video", "video/mp4", (".mp4",), _iso_media),
    MediaType("WebM video", "video", "video/webm", (".webm",), _begins(b"\x1aE\xdf\xa3")),
    MediaType("PDF document", "document", "application/pdf", (".pdf",), lambda head: b"%PDF-" in head[:1024]),
)
BY_EXTENSION = {extension: media for media in MEDIA_TYPES for extension in media.extensions}

ACTIVE_TAGS = {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"}
SCRIPT_ADDRESS = re.compile(r"^[\s\0-\x20]*(javascript|vbscript|data:(?!image/(png|jpeg|gif|webp)))", re.IGNORECASE)


def svg_problem(body: bytes) -> str | None:
    """Return why an SVG file must not be taken: it is broken, or it could run code. `None` if it is harmless."""
    found = _svg_root(body)
    if isinstance(found, str):
        return found
    return next((problem for element in found.iter() if (problem := _active(element))), None)


def _svg_root(body: bytes) -> Element | str:
    try:
        root = fromstring(body, forbid_dtd=False)
    except (ParseError, DefusedXmlException, ValueError) as error:
        return f"is no well-formed SVG ({error})"
    return root if _local(root.tag) == "svg" else "is XML, but no SVG"


def _active(element: Element) -> str | None:
    name = _local(element.tag)
    if name in ACTIVE_TAGS:
        return f"contains <{name}>, which could run code in the browser"
    for attribute, value in element.attrib.items():
        local = _local(attribute)
        if local.startswith("on"):
            return f"contains the event handler `{local}`, which could run code in the browser"
        if local in {"href", "to", "values", "from"} and SCRIPT_ADDRESS.match(value):
            return f"contains an address in `{local}` that could run code in the browser"
    return None


def _local(name: object) -> str:
    return str(name).rpartition("}")[2].lower() if isinstance(name, str) else ""
