"""What a file is: by name and content together."""

import io
import struct
import wave

import pytest
from PIL import Image

from postil.core.errors import Invalid
from postil.formats.detect import Detected, content_type_of, detect, is_inline
from postil.formats.importers import IMPORTERS
from postil.formats.media import BY_EXTENSION, MEDIA_TYPES, svg_problem


def image(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (2, 2)).save(stream, kind)
    return stream.getvalue()


def sound() -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(struct.pack("<4h", 1, 2, 3, 4))
    return stream.getvalue()


HEADS = {
    "BMP image": image("BMP"), "GIF image": image("GIF"), "JPEG image": image("JPEG"), "PNG image": image("PNG"),
    "WebP image": image("WEBP"), "SVG image": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
    "FLAC audio": b"fLaC\0\0", "MP4 audio": b"\0\0\0\x20ftypM4A ", "MP3 audio": b"\xff\xfb\x90\0",
    "Ogg audio": b"OggS\0",
    "WAV audio": sound(), "MP4 video": b"\0\0\0\x20ftypisom", "WebM video": b"\x1aE\xdf\xa3\x01",
    "PDF document": b"%PDF-1.7\n",
}  # fmt: skip


@pytest.mark.parametrize("media", MEDIA_TYPES, ids=lambda media: media.title)
def test_media_is_known_by_name_and_content(media) -> None:  # type: ignore[no-untyped-def]
    for extension in media.extensions:
        assert detect(f"a.b{extension.upper()}", HEADS[media.title]) == Detected(extension, media=media)


@pytest.mark.parametrize("media", MEDIA_TYPES, ids=lambda media: media.title)
@pytest.mark.parametrize("head", [b"<html><script>alert(1)</script>", b"MZ\x90\0", b"\0" * 64, b"plain text"])
def test_media_with_other_content_is_refused(media, head: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid, match=f"but its content is no {media.title}"):
        detect(f"x{media.extensions[0]}", head)


@pytest.mark.parametrize(
    ("name", "importer"),
    [("a.json", "json"), ("a.JSONL", "jsonl"), ("a.ndjson", "jsonl"), ("a.csv", "csv"), ("a.tsv", "tsv"),
     ("a.txt", "txt"), ("a.html", "html"), ("a.htm", "html"), ("a.xml", "html"), ("C:\\x\\a.csv", "csv")],
)  # fmt: skip
def test_files_of_tasks_name_their_importer(name: str, importer: str) -> None:
    assert detect(name, b"text").importer == importer
    assert importer in IMPORTERS


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.zip", ".zip"), ("a.exe", ".exe"), ("a.tar.gz", ".gz"), ("a", "A missing"), (".csv", "A missing")],
)
def test_other_extensions_are_refused(name: str, extension: str) -> None:
    with pytest.raises(Invalid, match=f"^{extension} extension is not supported. Supported are: bmp csv flac"):
        detect(name, b"x")


@pytest.mark.parametrize(
    ("head", "what"),
    [(b"PK\x03\x04", "a zip"), (b"%PDF-1.4", "a PDF"), (b"\x1f\x8b\x08", "a gzip file"), (image("PNG"), "a PNG")],
)
def test_table_that_is_something_else_is_refused(head: bytes, what: str) -> None:
    with pytest.raises(Invalid, match=f"is named .csv, but its content is {what}"):
        detect("table.csv", head)


def test_empty_file_is_refused() -> None:
    with pytest.raises(Invalid, match=r"a\.png is empty"):
        detect("a.png", b"")


@pytest.mark.parametrize(
    ("name", "content_type", "inline"),
    [
        ("a.jpg", "image/jpeg", True), ("a.svg", "image/svg+xml", False), ("a.pdf", "application/pdf", True),
        ("a.html", "text/html", False), ("a.xml", "application/xml", False), ("a.txt", "text/plain", True),
        ("a.csv", "text/csv", False), ("a.json", "application/json", False),
        ("a.exe", "application/octet-stream", False),
    ],
)  # fmt: skip
def test_type_for_serving_comes_from_the_table(name: str, content_type: str, inline: bool) -> None:
    assert (content_type_of(name), is_inline(name)) == (content_type, inline)


def test_every_supported_medium_is_listed_once() -> None:
    assert len(BY_EXTENSION) == sum(len(media.extensions) for media in MEDIA_TYPES)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<rect width='1'/>", "<a href='https://x.example/'/>", "<use xlink:href='#a'/>",
        "<!-- <script> --><title>on</title>",
        "<image href='data:image/png;base64,AAAA'/>",
    ],
)  # fmt: skip
def test_harmless_svg_is_taken(inside: str) -> None:
    assert svg_problem((SVG % inside).encode()) is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (SVG % "<script>alert(1)</script>", "contains <script>"),
        (SVG % "<SCRIPT/>", "contains <script>"),
        (SVG % "<foreignObject/>", "contains <foreignobject>"),
        (SVG % "<rect onload='x()'/>", "event handler `onload`"),
        (SVG % "<a xlink:href=' java&#x73;cript:x()'/>", "address in `href`"),
        (SVG % "<a href='data:text/html,x'/>", "address in `href`"),
        (SVG % "<set attributeName='href' to='javascript:x()'/>", "address in `to`"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG % "&a;", "is no well-formed SVG"),
        ("<html/>", "is XML, but no SVG"),
        ("<svg", "is no well-formed SVG"),
    ],
)
def test_svg_that_could_run_code_is_refused(body: str, problem: str) -> None:
    found = svg_problem(body.encode())

    assert found is not None
    assert problem in found
