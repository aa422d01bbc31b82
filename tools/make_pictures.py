"""Draws the small line pictures of the template gallery, into `src/postil/web/samples/pictures/`.

Gray lines and one accent, chosen to be seen on light and on dark pages. A picture is a few parts put side by side.
"""

# ruff: noqa: E501, PLR0917 -- one picture a line; coordinates are positional

import math
from collections.abc import Sequence
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/postil/web/samples/pictures"
LINE, ACCENT = "#7c868b", "#2f9580"
SHELL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="100" viewBox="0 0 160 100" fill="none" '
    'stroke="{line}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{inside}</svg>\n'
)
IN_ACCENT = f'stroke="{ACCENT}"'
SOFT = f'fill="{ACCENT}" fill-opacity="0.16"'
SOLID = f'fill="{ACCENT}" stroke="none"'


def n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def path(points: str, extra: str = "") -> str:
    return f'<path d="{points}" {extra}/>'.replace(" />", "/>")


def frame(x: float, y: float, w: float, h: float, extra: str = "", r: float = 4) -> str:
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" rx="{n(r)}" {extra}/>'.replace(" />", "/>")


def dot(x: float, y: float, r: float, extra: str = "") -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" {extra}/>'.replace(" />", "/>")


def rows(x: float, y: float, widths: list[float], gap: float = 10) -> str:
    return path("".join(f"M{n(x)} {n(y + i * gap)}h{n(w)}" for i, w in enumerate(widths)))


def mark(x: float, y: float, w: float) -> str:
    """A highlighted piece of text on a row."""
    return frame(x, y - 5, w, 10, f"{SOFT} {IN_ACCENT}", 2)


def hills(x: float, y: float, w: float, h: float) -> str:
    """A framed photo: hills and a sun."""
    base = y + h - 6
    slopes = ((0.27, -0.45), (0.2, 0.26), (0.14, -0.16), (0.25, 0.35))
    ridge = f"M{n(x + 6)} {n(base)}l" + " ".join(f"{n(w * dx)} {n(h * dy)}" for dx, dy in slopes)
    return frame(x, y, w, h) + path(ridge) + dot(x + w * 0.72, y + h * 0.26, h * 0.09)


def options(x: float, y: float, count: int, on: int, width: float = 30, gap: float = 14) -> str:
    return "".join(
        dot(x, y + i * gap, 4, IN_ACCENT if i == on else "")
        + (dot(x, y + i * gap, 1.8, SOLID) if i == on else "")
        + path(f"M{n(x + 10)} {n(y + i * gap)}h{n(width - 6 * (i % 2))}", IN_ACCENT if i == on else "")
        for i in range(count)
    )


def star(x: float, y: float, r: float, *, on: bool) -> str:
    turns = [(math.pi * k / 5 - math.pi / 2, r if k % 2 == 0 else r * 0.45) for k in range(10)]
    points = " ".join(f"{n(x + size * math.cos(a))},{n(y + size * math.sin(a))}" for a, size in turns)
    return f'<polygon points="{points}" {SOFT + " " + IN_ACCENT if on else ""}/>'.replace(" />", "/>")


def stars(x: float, y: float, count: int, on: int, r: float = 7) -> str:
    return "".join(star(x + i * r * 2.4, y, r, on=i < on) for i in range(count))


def wave(x: float, y: float, w: float, h: float = 30) -> str:
    bars = int(w // 6)
    heights = [abs(math.sin(i * 0.9) * math.cos(i * 0.37)) * h + 4 for i in range(bars)]
    return path("".join(f"M{n(x + i * 6)} {n(y - v / 2)}v{n(v)}" for i, v in enumerate(heights)))


def pen(x: float, y: float) -> str:
    return path(f"M{n(x)} {n(y)}l3-9 20-20 6 6-20 20z m18-24 6 6", f"{SOFT} {IN_ACCENT}")


def bubble(x: float, y: float, w: float, h: float, *, right: bool = False, accent: bool = False) -> str:
    tail = f"M{n(x + w - 8)} {n(y + h)}l6 7v-9" if right else f"M{n(x + 8)} {n(y + h)}l-6 7v-9"
    extra = f"{SOFT} {IN_ACCENT}" if accent else ""
    return frame(x, y, w, h, extra, 6) + path(tail, IN_ACCENT if accent else "") + rows(x + 9, y + h / 2, [w - 18])


def lens(x: float, y: float, r: float = 9) -> str:
    return dot(x, y, r, f"{SOFT} {IN_ACCENT}") + path(
        f"M{n(x + r * 0.7)} {n(y + r * 0.7)}l{n(r * 0.8)} {n(r * 0.8)}", IN_ACCENT
    )


def film(x: float, y: float, w: float, h: float) -> str:
    holes = "".join(
        f"M{n(x + 8 + i * 14)} {n(y + 6)}h5M{n(x + 8 + i * 14)} {n(y + h - 6)}h5" for i in range(int((w - 10) // 14))
    )
    return frame(x, y, w, h) + path(holes)


def play(x: float, y: float, r: float = 9) -> str:
    return path(f"M{n(x - r * 0.6)} {n(y - r)}l{n(r * 1.7)} {n(r)}-{n(r * 1.7)} {n(r)}z", f"{SOFT} {IN_ACCENT}")


def curve(x: float, y: float, w: float, steps: Sequence[float]) -> str:
    step = w / (len(steps) - 1)
    return path("M" + " ".join(f"{n(x + i * step)} {n(y - v)}" for i, v in enumerate(steps)))


def axes() -> str:
    return path("M18 14v70h126")


def band(x: float, w: float) -> str:
    return frame(x, 18, w, 64, f"{SOFT} {IN_ACCENT}", 2)


WALK = [10, 14, 8, 16, 22, 44, 18, 46, 20, 42, 16, 14, 18, 12]
PAGE = frame(36, 12, 88, 76)
TEXT = PAGE + rows(48, 28, [64, 58, 62, 40], 15)
PHOTO = hills(22, 14, 116, 72)

PICTURES = {
    "image-boxes": PHOTO + frame(40, 40, 36, 34, f"{SOFT} {IN_ACCENT}", 2) + frame(92, 52, 28, 26, IN_ACCENT, 2),
    "image-choices": hills(14, 18, 78, 64) + options(108, 32, 3, 1),
    "image-polygons": PHOTO + path("M46 70l10-30 28-8 26 22-12 22z", f"{SOFT} {IN_ACCENT}") + "".join(dot(x, y, 2.5, SOLID) for x, y in ((46, 70), (56, 40), (84, 32), (110, 54), (98, 76))),
    "image-masks": PHOTO + path("M46 66c4-26 22-34 38-28s34 4 30 22-20 16-34 14-38 10-34-8z", SOLID + ' opacity="0.45"'),
    "image-points": frame(22, 14, 116, 72) + dot(80, 46, 22) + path("M52 86c4-14 14-18 28-18s24 4 28 18") + "".join(dot(x, y, 3.2, SOLID) for x, y in ((72, 42), (88, 42), (80, 50), (73, 58), (87, 58))),
    "image-text": frame(22, 14, 116, 72) + rows(36, 32, [60, 84, 44], 18) + frame(31, 42, 94, 16, f"{SOFT} {IN_ACCENT}", 2),
    "image-writing": hills(22, 10, 116, 52) + rows(22, 76, [92, 60], 12) + pen(116, 92),
    "image-question": hills(14, 16, 84, 68) + dot(124, 50, 20, f"{SOFT} {IN_ACCENT}") + path("M118 45c0-9 13-9 13 0 0 6-7 6-7 12M124 63v.5", IN_ACCENT),
    "image-graph": hills(14, 22, 66, 54) + dot(112, 26, 8, IN_ACCENT) + dot(140, 54, 8, f"{SOFT} {IN_ACCENT}") + dot(106, 78, 8) + path("M118 32l16 16M134 60l-21 14M111 34l-4 36", IN_ACCENT),
    "image-shelf": path("M20 46h120M20 84h120") + frame(30, 20, 18, 26) + frame(56, 14, 12, 32, f"{SOFT} {IN_ACCENT}") + frame(78, 26, 20, 20) + frame(108, 18, 16, 28) + frame(32, 60, 22, 24) + frame(64, 56, 14, 28) + frame(88, 62, 18, 22, f"{SOFT} {IN_ACCENT}") + frame(114, 54, 14, 30),
    "image-pages": frame(54, 10, 62, 74) + frame(42, 18, 62, 74, 'fill="#7c868b" fill-opacity="0.1"') + rows(52, 36, [40, 34, 40, 22], 13) + mark(50, 49, 38),
    "image-scan": frame(30, 10, 100, 80) + path("M80 20v60M72 28c-20 2-26 24-24 44 8 4 18 2 24-4zM88 28c20 2 26 24 24 44-8 4-18 2-24-4z") + dot(60, 56, 6, f"{SOFT} {IN_ACCENT}"),
    "text-choices": frame(14, 18, 78, 64) + rows(24, 34, [58, 50, 56, 32], 12) + options(108, 32, 3, 0),
    "text-spans": PAGE + rows(48, 28, [64, 58, 62, 40], 15) + mark(50, 43, 26) + mark(84, 58, 22),
    "text-question": frame(36, 34, 88, 54) + rows(48, 48, [64, 58, 40], 14) + mark(62, 62, 34) + frame(36, 10, 88, 16, IN_ACCENT) + rows(46, 18, [50]) + path("M110 14.5c4-2 7 3 2 5v1M112 23v.2", IN_ACCENT),
    "text-tree": dot(30, 50, 7, IN_ACCENT) + path("M37 50h20M57 22v56M57 22h14M57 50h14M57 78h14") + "".join(frame(71, y - 8, 34, 16, f"{SOFT} {IN_ACCENT}" if y == 50 else "") for y in (22, 50, 78)) + path("M105 50h16M121 40v20M121 40h12M121 60h12", IN_ACCENT),
    "text-relations": rows(20, 72, [120, 96], 14) + frame(24, 40, 34, 16, f"{SOFT} {IN_ACCENT}") + frame(102, 40, 34, 16, f"{SOFT} {IN_ACCENT}") + path("M41 38c6-26 72-26 78-2M113 30l6 7 5-8", IN_ACCENT),
    "text-shield": frame(14, 18, 78, 64) + rows(24, 34, [58, 50, 56, 32], 12) + path("M122 26l20 8c0 22-6 34-20 42-14-8-20-20-20-42z", f"{SOFT} {IN_ACCENT}") + path("M113 52l7 7 12-14", IN_ACCENT),
    "text-translation": frame(14, 22, 56, 56) + rows(24, 38, [36, 30, 34], 12) + frame(90, 22, 56, 56, f"{SOFT} {IN_ACCENT}") + rows(100, 38, [34, 36, 24], 12) + path("M74 46h12l-4-4M86 56H74l4 4", IN_ACCENT),
    "text-summary": frame(14, 12, 62, 76) + rows(24, 26, [42, 38, 42, 36, 40, 20], 10) + path("M82 50h14l-5-5M96 50l-5 5", IN_ACCENT) + frame(104, 34, 42, 32, f"{SOFT} {IN_ACCENT}") + rows(112, 46, [26, 18], 9),
    "text-links": rows(20, 30, [120, 104, 116], 22) + mark(24, 30, 24) + mark(84, 52, 18) + mark(48, 74, 18) + path("M48 31c30 2 40 8 44 16M84 54c-14 4-22 10-26 15", IN_ACCENT),
    "text-search": lens(34, 34, 14) + "".join(frame(60, 16 + i * 25, 84, 18, f"{SOFT} {IN_ACCENT}" if i == 1 else "") + rows(68, 25 + i * 25, [52 - 8 * i]) for i in range(3)),
    "audio-text": wave(22, 34, 116) + rows(22, 68, [100, 84, 58], 12) + pen(118, 92),
    "audio-segments": wave(22, 40, 116, 36) + frame(30, 16, 40, 48, f"{SOFT} {IN_ACCENT}", 2) + frame(92, 16, 28, 48, IN_ACCENT, 2) + rows(34, 78, [32]) + rows(94, 78, [24]),
    "audio-lines": wave(16, 32, 128, 28) + frame(24, 14, 34, 36, f"{SOFT} {IN_ACCENT}", 2) + frame(24, 60, 112, 12) + frame(24, 78, 112, 12, IN_ACCENT) + rows(32, 66, [60]) + rows(32, 84, [44]),
    "audio-speakers": wave(34, 30, 104, 24) + wave(34, 70, 104, 24) + dot(20, 26, 5) + path("M12 40c1-8 15-8 16 0") + dot(20, 66, 5, IN_ACCENT) + path("M12 80c1-8 15-8 16 0", IN_ACCENT) + frame(48, 16, 36, 28, "", 2) + frame(86, 56, 40, 28, f"{SOFT} {IN_ACCENT}", 2),
    "audio-events": wave(20, 58, 120, 40) + frame(44, 34, 26, 48, f"{SOFT} {IN_ACCENT}", 2) + path("M50 24c0-10 14-10 14 0l3 4H47zM55 31c1 2 3 2 4 0", IN_ACCENT),
    "audio-intent": wave(14, 50, 66, 40) + path("M86 50h12l-5-5M98 50l-5 5", IN_ACCENT) + options(112, 34, 3, 1, 26, 16),
    "audio-rating": wave(22, 36, 116, 40) + stars(44, 76, 5, 3),
    "audio-dialogue": wave(18, 22, 124, 22) + bubble(22, 42, 72, 16) + bubble(66, 68, 72, 16, right=True, accent=True),
    "audio-choices": wave(14, 50, 62, 40) + "".join(frame(88, 18 + i * 24, 58, 17, f"{SOFT} {IN_ACCENT}" if i == 0 else "") + rows(96, 26.5 + i * 24, [42 - 6 * i]) for i in range(3)),
    "chat-writing": bubble(20, 12, 84, 20) + bubble(56, 40, 84, 20, right=True) + frame(20, 70, 120, 20, IN_ACCENT) + path("M30 76v8", IN_ACCENT) + pen(104, 90),
    "chat-choice": bubble(36, 12, 88, 20) + "".join(frame(14 + i * 46, 50, 40, 36, f"{SOFT} {IN_ACCENT}" if i == 1 else "") + rows(22 + i * 46, 62, [24, 16], 10) for i in range(3)),
    "chat-slots": bubble(20, 14, 100, 22) + bubble(40, 46, 100, 22, right=True) + mark(52, 25, 26) + mark(80, 57, 34) + options(36, 86, 1, 0, 60),
    "chat-rating": bubble(20, 12, 84, 20) + bubble(56, 40, 84, 20, right=True) + stars(30, 80, 7, 5, 6),
    "pair-texts": frame(14, 16, 60, 68, f"{SOFT} {IN_ACCENT}") + rows(24, 32, [40, 34, 38, 22], 13) + frame(86, 16, 60, 68) + rows(96, 32, [38, 40, 28], 13) + path("M36 90l5 5 10-9", IN_ACCENT),
    "pair-images": hills(14, 14, 60, 46) + hills(86, 14, 60, 46) + stars(52, 80, 5, 4, 6),
    "image-search": lens(28, 30, 12) + hills(52, 10, 56, 38) + "".join(hills(14 + i * 46, 58, 40, 30) for i in range(3)) + frame(58, 56, 44, 34, IN_ACCENT),
    "search-results": frame(20, 10, 120, 16, "", 8) + lens(32, 18, 4) + "".join(path(f"M24 {40 + i * 18}h{70 - i * 8}", IN_ACCENT if i < 2 else "") + path(f"M24 {47 + i * 18}h{100 - i * 10}", 'opacity="0.6"') for i in range(3)) + stars(124, 88, 2, 1, 5),
    "image-grid": "".join(hills(34 + i % 2 * 48, 8 + i // 2 * 43, 44, 38) for i in range(4)) + frame(32, 6, 48, 42, IN_ACCENT) + frame(80, 49, 48, 42, f"{SOFT} {IN_ACCENT}"),
    "html-spans": frame(22, 12, 116, 76) + path("M22 26h116") + dot(30, 19, 1.5) + dot(37, 19, 1.5) + rows(34, 40, [50]) + frame(34, 50, 92, 28, "", 1) + path("M34 64h92M72 50v28") + mark(78, 57, 30),
    "html-entities": path("M40 26L18 50l22 24M120 26l22 24-22 24") + rows(52, 38, [56, 44, 52], 13) + mark(56, 51, 26),
    "pdf-rating": path("M52 8h40l20 20v40H52zM92 8v20h20") + rows(62, 36, [38, 30, 36], 10) + stars(46, 84, 5, 4, 6),
    "table-choices": frame(14, 20, 84, 60) + path("M14 35h84M14 50h84M14 65h84M48 20v60") + frame(48, 50, 50, 15, f"{SOFT} {IN_ACCENT}", 0) + options(112, 36, 3, 2, 26),
    "form-fields": "".join(frame(20, 14 + i * 26, 40, 18, "" if i else IN_ACCENT) + frame(68, 14 + i * 26, 72, 18, "" if i else f"{SOFT} {IN_ACCENT}") + rows(28, 23 + i * 26, [22]) + rows(76, 23 + i * 26, [44 - 8 * i]) for i in range(3)),
    "series-ranges": axes() + band(58, 44) + curve(24, 74, 116, WALK),
    "series-steps": axes() + curve(24, 78, 116, [12, 14, 12, 13, 46, 48, 46, 47, 28, 30, 28, 29]) + path("M62 16v64M104 16v64", IN_ACCENT + ' stroke-dasharray="4 5"'),
    "series-outliers": axes() + curve(24, 74, 116, [16, 20, 17, 21, 18, 54, 19, 22, 18, 21, 17, 20]) + dot(76.7, 20, 8, f"{SOFT} {IN_ACCENT}"),
    "series-rating": axes() + curve(24, 60, 116, [4, 4, 30, 0, 6, 4, 4, 30, 0, 6, 4, 18, 2, 22, 0, 14, 4]) + band(98, 38) + stars(40, 74, 3, 2, 5),
    "series-trend": axes() + curve(24, 78, 70, [6, 18, 12, 26, 20, 34]) + path("M94 44l14-12 10 6 22-20M132 17l8 1v8", IN_ACCENT + ' stroke-dasharray="5 5"'),
    "video-choices": film(14, 22, 78, 56) + play(53, 50) + options(108, 34, 3, 1, 28, 16),
    "video-boxes": film(22, 14, 116, 72) + frame(38, 44, 26, 22, IN_ACCENT, 2) + frame(62, 40, 26, 22, f'{IN_ACCENT} opacity="0.6"', 2) + frame(90, 36, 28, 24, f"{SOFT} {IN_ACCENT}", 2),
    "video-timeline": film(36, 8, 88, 48) + play(80, 32, 8) + path("M18 70h124M18 86h124") + frame(40, 65, 44, 10, f"{SOFT} {IN_ACCENT}", 3) + frame(86, 81, 32, 10, IN_ACCENT, 3),
    "video-audio": film(40, 8, 80, 46) + play(80, 31, 8) + wave(20, 76, 122, 22) + frame(48, 62, 42, 28, f"{SOFT} {IN_ACCENT}", 2),
    "prompt-writing": frame(22, 10, 116, 24) + path("M32 18l5 4-5 4", IN_ACCENT) + rows(44, 22, [70]) + frame(22, 44, 116, 46, IN_ACCENT) + rows(32, 58, [84, 60], 13) + pen(112, 92),
    "prompt-pair": frame(30, 8, 100, 20) + path("M39 14l5 4-5 4", IN_ACCENT) + rows(52, 18, [56]) + frame(14, 38, 60, 50) + rows(24, 52, [40, 30], 13) + frame(86, 38, 60, 50, f"{SOFT} {IN_ACCENT}") + rows(96, 52, [38, 26], 13) + path("M124 74l5 5 9-10", IN_ACCENT),
    "prompt-rating": frame(14, 12, 76, 76) + rows(24, 26, [56, 50, 54, 46, 52, 30], 11) + frame(100, 12, 46, 40, f"{SOFT} {IN_ACCENT}") + rows(108, 26, [30, 20], 11) + stars(106, 72, 3, 2, 6),
    "rank-buckets": frame(16, 12, 58, 76) + frame(86, 12, 58, 76) + "".join(frame(24, 22 + i * 20, 42, 14, f"{SOFT} {IN_ACCENT}") for i in range(3)) + frame(94, 22, 42, 14) + path("M90 64l-14-6M80 52l-5 6 7 4", IN_ACCENT),
    "rank-images": "".join(hills(60, 6 + i * 31, 44, 26) + path(f"M114 {15 + i * 31}h12M114 {22 + i * 31}h12") for i in range(3)) + path("M44 30V16l-6 6M44 16l6 6M44 66v14l-6-6M44 80l6-6", IN_ACCENT),
    "post-levels": frame(16, 14, 70, 44, "", 8) + dot(28, 26, 5) + rows(40, 26, [34]) + rows(26, 40, [50, 36], 9) + options(24, 76, 1, 0, 24) + path("M66 76h18l-5-5M84 76l-5 5", IN_ACCENT) + options(102, 50, 3, 1, 32, 13),
    "scan-grid": "".join(frame(30 + i % 2 * 52, 6 + i // 2 * 45, 48, 42) for i in range(4)) + path("M78 14c-26 0-26 26 0 26M82 14c26 0 26 26 0 26M78 57c-26 0-30 30 0 30M82 57c26 0 30 30 0 30") + dot(93, 74, 4, SOLID),
    "invoice-spans": path("M44 8h72v84l-9-6-9 6-9-6-9 6-9-6-9 6-9-6-9 6z") + rows(54, 24, [52, 40, 48, 30], 14) + mark(56, 38, 18) + mark(76, 38, 18) + mark(54, 66, 28),
    "invoice-boxes": path("M44 8h72v84l-9-6-9 6-9-6-9 6-9-6-9 6-9-6-9 6z") + rows(54, 24, [34, 44, 40], 18) + "".join(frame(50, 17 + i * 18, 42 + 10 * (i == 1), 14, f"{SOFT} {IN_ACCENT}", 2) for i in range(3)),
}  # fmt: skip


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for name, inside in PICTURES.items():
        (OUT / f"{name}.svg").write_text(SHELL.format(line=LINE, inside=inside), encoding="utf-8")


if __name__ == "__main__":
    main()
