"""A flat style of illustration: shapes, and a few things drawn with them."""

# ruff: noqa: PLR0917 -- coordinates and colors are positional, as in every drawing library

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

OUT = Path(__file__).parents[1] / "src/postil/web/samples"
SCALE = 2
SIZE = (960, 640)


class Scene:
    """A flat illustration in a coordinate system of 960 by 640, drawn at twice that size."""

    def __init__(self, sky: str, size: tuple[int, int] = SIZE) -> None:
        self.size = size
        self.image = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE), sky)
        self.draw = ImageDraw.Draw(self.image)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, radius: float = 0) -> None:
        box = (x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE)
        self.draw.rounded_rectangle(box, radius * SCALE, fill=fill)

    def oval(
        self, x: float, y: float, w: float, h: float, fill: str | None, line: str | None = None, width: int = 1
    ) -> None:
        box = (x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE)
        self.draw.ellipse(box, fill=fill, outline=line, width=width * SCALE)

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def line(self, points: list[tuple[float, float]], fill: str, width: float) -> None:
        self.draw.line(
            [(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=round(width * SCALE), joint="curve"
        )

    def text(self, x: float, y: float, text: str, fill: str, size: float, *, bold: bool = False) -> None:
        font = ImageFont.load_default(size * SCALE)
        self.draw.text((x * SCALE, y * SCALE), text, fill=fill, font=font, stroke_width=SCALE // 2 if bold else 0)

    def fade(self, top: str, bottom: str, y: float, h: float) -> None:
        first, last = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (top, bottom))
        for row in range(round(h * SCALE)):
            part = row / (h * SCALE)
            color = tuple(round(a + (b - a) * part) for a, b in zip(first, last, strict=True))
            at = y * SCALE + row
            self.draw.line([(0, at), (self.size[0] * SCALE, at)], fill=color)

    def save(self, name: str, quality: int = 82) -> None:
        image = self.image.resize(self.size, Image.Resampling.LANCZOS)
        if name.endswith(".png"):
            image.quantize(64).save(OUT / name, optimize=True)
        else:
            image.save(OUT / name, quality=quality, optimize=True, progressive=True)


def car(s: Scene, x: float, y: float, color: str, *, left: bool = False) -> None:
    def flip(v: float) -> float:
        return x + 190 - v if left else x + v

    s.oval(x + 4, y + 74, 182, 16, "#4b5158")
    s.shape([(flip(28), y + 40), (flip(58), y + 8), (flip(126), y + 8), (flip(158), y + 40)], color)
    s.rect(x, y + 36, 190, 38, color, 14)
    s.shape([(flip(42), y + 38), (flip(64), y + 15), (flip(90), y + 15), (flip(90), y + 38)], "#d8ecf3")
    s.shape([(flip(97), y + 38), (flip(97), y + 15), (flip(122), y + 15), (flip(146), y + 38)], "#c6e0ea")
    s.rect(flip(184) - (8 if left else 0), y + 44, 8, 10, "#ffe9a8", 3)
    for wheel in (22, 128):
        s.oval(x + wheel, y + 54, 40, 40, "#23272c")
        s.oval(x + wheel + 11, y + 65, 18, 18, "#b9c0c7")


def person(s: Scene, x: float, y: float, shirt: str, trousers: str, hair: str, *, stride: float = 10) -> None:
    s.line([(x + 20, y + 78), (x + 20 - stride, y + 138)], trousers, 13)
    s.line([(x + 22, y + 78), (x + 22 + stride, y + 138)], trousers, 13)
    s.rect(x + 4, y + 32, 34, 54, shirt, 12)
    s.line([(x + 8, y + 42), (x - 4, y + 78)], shirt, 10)
    s.line([(x + 34, y + 42), (x + 46, y + 76)], shirt, 10)
    s.oval(x + 7, y, 29, 31, "#e8b78f")
    s.shape(
        [(x + 6, y + 14), (x + 9, y - 2), (x + 24, y - 6), (x + 37, y + 4), (x + 36, y + 13), (x + 22, y + 6)], hair
    )
    s.rect(x + 4 - stride, y + 134, 20, 8, "#2b2b2b", 4)
    s.rect(x + 16 + stride, y + 134, 20, 8, "#2b2b2b", 4)


def tree(s: Scene, x: float, y: float, size: float, leaf: str = "#5f9b6b") -> None:
    s.rect(x - 6, y - 10, 12, 60 * size, "#7b5a44", 3)
    for dx, dy, r in ((-34, -60, 44), (0, -92, 50), (30, -56, 42)):
        s.oval(x + (dx - r) * size, y + (dy - r) * size, 2 * r * size, 2 * r * size, leaf)
    s.oval(x - 24 * size, y - 112 * size, 36 * size, 30 * size, "#79b083")


def apple(s: Scene, x: float, y: float, r: float, color: str, light: str) -> None:
    s.oval(x - r, y - r * 0.92, 1.2 * r, 1.9 * r, color)
    s.oval(x - r * 0.2, y - r * 0.92, 1.2 * r, 1.9 * r, color)
    s.oval(x - r * 0.66, y - r * 0.56, r * 0.5, r * 0.62, light)
    s.line([(x, y - r * 0.8), (x + r * 0.12, y - r * 1.28)], "#5c4030", 6)
    s.oval(x + r * 0.14, y - r * 1.38, r * 0.62, r * 0.3, "#5f9b52")
