"""Small pictures, sounds and documents that examples can show without any file or network."""

import base64
import json
import math
import zlib
from functools import cache
from urllib.parse import quote

_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400" viewBox="0 0 640 400">\
<rect width="640" height="400" fill="#cfe3f5"/><circle cx="540" cy="80" r="40" fill="#f6c945"/>\
<path d="M0 300 L150 170 L290 290 L400 200 L640 320 V400 H0 Z" fill="#6f9a73"/>\
<rect x="230" y="230" width="140" height="110" fill="#b5694d"/><path d="M215 235 L300 165 L385 235 Z" fill="#7c3f2f"/>\
<rect x="280" y="280" width="40" height="60" fill="#4d2c22"/></svg>"""

# A brown box that crosses a meadow: 10 VP8 frames of 96 by 64, 5 a second.
_WEBM = (
    "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQJChYECGFOAZ0WPFUmpZqQq17GDD0JARImIQJ9AAAAAAABNgIZwb3N0aWxXQYZwb3N0aW"
    "wWVK5ro66h14EBc8WBAYOBAYaFVl9WUDgj44OEC+vCAOCGsIFguoFAH0O2dUU454EAo0CEgQAAgJAFAJ0BKmAAQAA/EX61UzCopSKutGgCECIJ"
    "YwDT+bdEQIgWXmfvOqVO+kVwwcaMYxiCSLIgAP7ujnvrKiEUsgCgJOrVJTu7Bt6RqeJkxeWDMDpfUUEwWfZXc7ZgucshukUgeGhYc1LMhY1ecR"
    "pTcwnD19L1pBzT18PB48DJEAAAo0CAgQDIgBAGAJ0BKmAAQAA/EYC3UiwpJaKutdihgCIJYwDNXQAAsAZpaJJAoKn7bjqCc+rY7GnXajlNGOzX"
    "AAD+7l435aGRxmYPvyKqr5jILSdPHo15f2+dTkZxAFM4bG2oFwemYa9HdWkYh/tCG25P0Rk5Xf8s2rSU4KjQyK8QAACjQIiBAZCA0AUAnQEqYA"
    "BAAD8RgLVTLCilIq612AGAIgljANClCDn/wLmucrcNzpD2wx9FbitRyS8qopjYAAD+7l46V2M4DpTQOKT7K5k3Gu0koKlPPIYkKVJ4oAUUdI2k"
    "mZrxGvmJUQv9NsB8MXzfkNWCPLNe9EPTstbI73uWikPEST+lVV8gAAAAo0CCgQJYgHAFAJ0BKmAAQAA/EYK1UiwppSKuuLgBgCIJZQDVQDZ2rF"
    "uCqQXcm65ip8UREgMjXEn39oAA/u5eB+npSNOhKTIvZVQCAd1JdUxz9/CwaNoOS6KjKRISx+sgRQHyaRnW55cp4ecK3+DD8WYQIEpfe5aKRRKS"
    "oAg1YtaI2UbUAKNAjIEDIICwBQCdASpgAEAAPxGAtlMsKKUirrXYAYAiCWMAzeHBOnQK/1A03HEL7ihAXHkHwVGPA5KHJoAA/u5eN9cBKyjtY0"
    "+6weTigAwEnVqkp3TFZMjmsUIpSy5g5JdrtR4ZHyc4l6wiuQZv6SI/+Ob+2fkug742fcmzj073LRSEOHVrqUQAx4rAAAAAo/qBA+iA0AUAnQEq"
    "YABAAD8RgrVSLCmlIq64uAGAIgljANWN/+Bg+tFvvJUWl+B8/3AdqHAN2UUBVxUCAAD+7l4MQyIMYNEyhwo4pG1MElgCc97oLgg6QcTxphD/W3"
    "n64h1xR5kMJM3E/GI0M/e5aKRSIj3fIVFC+QgAAKP+gQSwgHAFAJ0BKmAAQAA/EYC1UiwopSKut0gBgCIJYwDMbQAAtn0W/FqyOeYQ1XxF1QQ0"
    "UZZttwAA/u5eNkuEC8QGzioZDGMWjRUYJviTydKf+vARx6L4sHhM9tEVd0EoXrOOgEvycNYQMQS193lGJkgwQ3tCKB7xwOU8AAAAo0CGgQV4gJ"
    "AFAJ0BKmAAQAA/EX61UiwopSKuuLgBgCIJYwDTgY4EzlFvxat9nM3+TfG/CrEjnR5ikF0AAP7ujnvpKxJJNAAAbAbnP381cLr2xrKEV8KUdxqT"
    "Eic2PEwMrWgkMObVUKVUXuc0PHuJH+xBxZFPgjkD/73LRSIHZPQxIUhheHFQ6ACjQIiBBkCAcAUAnQEqYABAAD8RgLdTLCiloq1TOSGAIgljAM"
    "7FAACUOQ0FIVWU6pH7LzoIjsAt2hy6AAD+7l435aG/cr6CYkJuNFCYIJTVjqkqA2ANY2v5udwRjFm4paA1scEggaBV5Ku7jcPA6pvW+nZkrrlJ"
    "iMJ90n/vctFIbY4CRX9Bub1i0/gAo/qBBwiAkAUAnQEqYABAAD8RgLVSsKilIq612AIQIgljAM+1AACv9QNNyivu0aiJ5Yx3jXMhYRPA5AgA/u"
    "5eOYViB+IFN7xqjDhCFz2Jw96xFraovmUGdfchSANn2o3FNB5PgWaCGJaYQ1WCAMr3uWikOQ0BsqbH76AAAA=="
)

_PDF_OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    "<</Length 58>>stream\nBT /F1 24 Tf 72 740 Td (Sample: your document) Tj ET    \nendstream",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def data_url(media_type: str, content: bytes) -> str:
    """Return a URL that holds its content."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


@cache
def picture() -> str:
    """Return a landscape with a house."""
    return "data:image/svg+xml," + quote(_SVG, safe="/:=")


@cache
def sound(seconds: float = 1.0, rate: int = 4000) -> str:
    """Return a rising tone as 8-bit WAV."""
    count = int(seconds * rate)
    samples = bytes(round(128 + 90 * math.sin(2 * math.pi * (220 + 110 * n / count) * n / rate)) for n in range(count))
    header = b"RIFF" + (36 + count).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    header += (1).to_bytes(2, "little") * 2 + rate.to_bytes(4, "little") * 2 + (1).to_bytes(2, "little")
    header += (8).to_bytes(2, "little") + b"data" + count.to_bytes(4, "little")
    return data_url("audio/wav", header + samples)


@cache
def document() -> str:
    """Return a PDF of one page."""
    body = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(_PDF_OBJECTS, 1):
        places.append(len(body))
        body += f"{number} 0 obj{text}endobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(_PDF_OBJECTS) + 1
    head = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    tail = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return data_url("application/pdf", body + (head + tail).encode())


def video() -> str:
    """Return a WebM of two seconds."""
    return "data:video/webm;base64," + _WEBM


@cache
def mask(width: int, height: int) -> str:
    """Return a PNG of a painted box on transparent ground."""
    painted = bytes(4 * (width // 3)) + b"\0\0\0\xff" * (width // 4) + bytes(4 * (width - width // 3 - width // 4))
    rows = (b"\0" + (painted if height // 3 <= y < height // 2 else bytes(4 * width)) for y in range(height))
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\0\0\0"
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + _chunk(b"IEND", b"")
    return data_url("image/png", b"\x89PNG\r\n\x1a\n" + chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def json_url(value: object) -> str:
    """Return a URL of a JSON document."""
    return data_url("application/json", json.dumps(value).encode())


def csv_url(rows: list[list[object]], separator: str = ",") -> str:
    """Return a URL of a CSV document."""
    return data_url("text/csv", "\n".join(separator.join(map(str, row)) for row in rows).encode())
