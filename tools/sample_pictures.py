"""Draws the pictures that template previews show: scenes, documents, stand-ins for X-rays."""

import random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sample_scene import OUT, SCALE, Scene, apple, car, person, tree


def street() -> None:
    s = Scene("#bfe0f2")
    s.fade("#a9d6f0", "#e8f3f6", 0, 380)
    s.oval(770, 50, 90, 90, "#ffe7a3")
    for x, h, color, window in (
        (0, 300, "#d99873", "#fff0c9"),
        (150, 230, "#8fa7bd", "#eaf4fb"),
        (330, 330, "#c9b18f", "#fff6df"),
        (520, 210, "#b9745c", "#ffe9c4"),
        (690, 280, "#7f97a5", "#e5f1f7"),
        (850, 240, "#d3a35f", "#fff3d6"),
    ):
        s.rect(x, 400 - h, 160, h, color)
        for row in range(int(h // 62)):
            for col in range(3):
                s.rect(x + 20 + col * 45, 418 - h + row * 58, 28, 36, window, 3)
    s.rect(0, 396, 960, 44, "#cfc9bf")
    s.rect(0, 438, 960, 202, "#6b7178")
    for x in range(-20, 960, 120):
        s.rect(x, 532, 66, 8, "#f2efe4", 3)
    tree(s, 120, 380, 0.9)
    tree(s, 640, 380, 0.8, "#6fa65f")
    s.rect(428, 220, 10, 200, "#3c4248", 3)
    s.rect(412, 176, 42, 96, "#2e3338", 10)
    for y, color in ((184, "#e2574c"), (214, "#6b5a2b"), (244, "#2f5c41")):
        s.oval(421, y, 24, 24, color)
    s.rect(806, 300, 8, 110, "#5a6066")
    s.oval(780, 262, 60, 60, "#ffffff")
    s.oval(785, 267, 50, 50, "#2d6fb5")
    s.shape([(800, 300), (810, 278), (820, 300)], "#ffffff")
    person(s, 250, 300, "#c2483d", "#34495e", "#4a2f22")
    person(s, 545, 304, "#e7b33e", "#5b4a7a", "#22201e", stride=14)
    car(s, 60, 448, "#d6443a")
    car(s, 640, 456, "#2f6fa8", left=True)
    car(s, 330, 540, "#e9b64a")
    for wheel in (726, 812):
        s.oval(wheel, 556, 58, 58, None, "#25292d", 5)
    s.line([(755, 585), (785, 548), (824, 548), (841, 585), (790, 585), (785, 548)], "#2f8f7d", 6)
    s.line([(824, 548), (818, 532), (834, 530)], "#25292d", 5)
    s.line([(774, 546), (798, 542)], "#25292d", 8)
    s.save("street.jpg")


def desk() -> None:
    s = Scene("#e9e2d6")
    s.fade("#efe9df", "#ded3c2", 0, 420)
    s.rect(96, 60, 250, 190, "#ffffff", 6)
    s.rect(108, 72, 226, 166, "#cfe3ea", 3)
    s.shape([(108, 238), (190, 140), (240, 196), (280, 160), (334, 238)], "#7fa58c")
    s.oval(270, 92, 36, 36, "#f7cf6b")
    s.rect(640, 70, 250, 16, "#a9764c", 3)
    for x, h, color in (
        (660, 88, "#b4493f"),
        (690, 104, "#2f7c6e"),
        (718, 76, "#d9a441"),
        (752, 96, "#39557a"),
        (782, 84, "#8a5f8f"),
    ):
        s.rect(x, 70 - h + 20, 24, h - 20, color, 3)
    s.rect(0, 420, 960, 220, "#b98658")
    s.rect(0, 420, 960, 14, "#cf9c6c")
    s.rect(300, 232, 330, 212, "#33393f", 14)
    s.rect(314, 246, 302, 178, "#f6f8f8", 4)
    s.rect(314, 246, 302, 24, "#1b6a5a")
    for row, width in enumerate((210, 250, 170, 230, 120)):
        s.rect(332, 286 + row * 24, width, 10, "#b9c7c6" if row % 2 else "#8fa5a2", 4)
    s.shape([(270, 446), (660, 446), (700, 500), (230, 500)], "#c7ccd0")
    s.shape([(290, 454), (640, 454), (662, 482), (268, 482)], "#8b9298")
    s.rect(740, 386, 84, 96, "#d8584b", 12)
    s.oval(808, 404, 46, 54, None, "#d8584b", 10)
    s.oval(746, 380, 72, 22, "#5b3a2a")
    s.rect(90, 396, 96, 78, "#d9cdbb", 10)
    for dx, dy in ((-44, -70), (-18, -104), (14, -110), (44, -76)):
        s.line([(138, 398), (138 + dx, 398 + dy)], "#3e7d57", 7)
        s.oval(138 + dx - 20, 398 + dy - 26, 40, 52, "#5fa074")
    s.rect(540, 536, 150, 76, "#22272c", 12)
    s.rect(548, 544, 134, 60, "#4d8fa6", 6)
    s.rect(190, 540, 190, 70, "#fbf7ec", 4)
    for row in range(3):
        s.rect(206, 556 + row * 16, 150 - row * 30, 5, "#b8ad98", 2)
    s.line([(402, 600), (500, 548)], "#e1a83c", 9)
    s.line([(402, 600), (392, 606)], "#3a332b", 7)
    s.save("desk.jpg")


def fruit() -> None:
    s = Scene("#f3e7d3")
    s.fade("#f6ecdb", "#ead8ba", 0, 400)
    s.rect(0, 396, 960, 244, "#8d6a4b")
    for y in (448, 514, 590):
        s.rect(0, y, 960, 4, "#7e5d40")
    s.oval(150, 520, 520, 60, "#6f5039")
    apple(s, 290, 330, 70, "#cf3b34", "#e98078")
    apple(s, 560, 334, 66, "#7fae3f", "#b5d585")
    s.oval(356, 238, 150, 150, "#ef8f2b")
    s.oval(380, 262, 46, 40, "#f8b566")
    s.shape([(180, 380), (650, 380), (590, 540), (240, 540)], "#3e7f86")
    s.oval(180, 352, 470, 62, "#2e666c")
    s.oval(196, 360, 438, 42, "#295b61")
    apple(s, 300, 338, 62, "#cf3b34", "#e98078")
    s.oval(366, 276, 130, 116, "#ef8f2b")
    apple(s, 552, 340, 58, "#7fae3f", "#b5d585")
    s.shape([(180, 384), (650, 384), (590, 540), (240, 540)], "#4a9199")
    s.rect(262, 410, 306, 10, "#6db1b6", 5)
    for offset, color in ((0, "#f2cf4a"), (18, "#e9bf36"), (38, "#f5d85f")):
        s.draw.arc(
            [(600 + offset) * SCALE, (330 + offset) * SCALE, (900 + offset) * SCALE, (560 + offset) * SCALE],
            25,
            150,
            fill=color,
            width=46 * SCALE,
        )
    s.oval(730, 556, 74, 60, "#8c3f6a")
    s.oval(70, 470, 88, 88, "#ef8f2b")
    s.oval(86, 486, 28, 24, "#f8b566")
    s.oval(96, 220, 90, 96, "#c9c247")
    s.shape([(110, 250), (141, 160), (172, 250)], "#c9c247")
    s.rect(60, 316, 168, 14, "#a97f57", 4)
    s.save("fruit.jpg")


def kitchen() -> None:
    s = Scene("#dfe9e6")
    for row in range(7):
        for col in range(17):
            s.rect(col * 60 - 30 * (row % 2), row * 60 + 2, 57, 57, "#edf3f1" if (row + col) % 3 else "#e2ece9", 3)
    s.rect(0, 400, 960, 34, "#6b4f3a")
    s.rect(0, 434, 960, 206, "#f3efe6")
    for x in (40, 350, 560, 770):
        s.rect(x, 458, 180, 160, "#dfd8c9", 8)
        s.rect(x + 76, 476, 28, 8, "#8b8070", 4)
    s.rect(60, 110, 420, 14, "#8d6a4b", 3)
    for x, w, h, color in (
        (80, 56, 74, "#c86a4a"),
        (150, 46, 58, "#e2b45a"),
        (210, 60, 82, "#5f8f86"),
        (286, 44, 52, "#b75a6a"),
        (350, 70, 66, "#7b8aa0"),
    ):
        s.rect(x, 110 - h, w, h, color, 8)
        s.rect(x + 4, 104 - h, w - 8, 12, "#efe6d6", 5)
        s.rect(x + 8, 110 - h * 0.6, w - 16, h * 0.3, "#f8f3e7", 3)
    s.rect(690, 120, 230, 190, "#3d444b", 10)
    s.rect(706, 138, 160, 150, "#20262b", 6)
    s.rect(880, 150, 26, 10, "#9fe0d2", 3)
    s.oval(883, 190, 20, 20, "#767f87")
    s.rect(96, 352, 170, 50, "#37474f", 8)
    for x in (118, 186):
        s.oval(x, 356, 54, 16, "#222b30")
    s.rect(104, 268, 150, 90, "#b9c2c8", 14)
    s.rect(92, 262, 174, 14, "#98a3aa", 7)
    s.rect(168, 248, 24, 16, "#39434a", 6)
    s.rect(52, 288, 54, 14, "#39434a", 7)
    s.rect(340, 330, 200, 72, "#c89a64", 8)
    s.shape([(376, 332), (470, 300), (486, 314), (394, 346)], "#dfe5e8")
    s.rect(480, 296, 54, 16, "#3b2d25", 6)
    for x, color in ((400, "#d94f41"), (438, "#d94f41"), (418, "#e0644f")):
        s.oval(x, 352, 40, 38, color)
    s.rect(600, 250, 46, 150, "#7fae9a", 18)
    s.rect(612, 216, 22, 44, "#7fae9a", 6)
    s.rect(610, 206, 26, 16, "#7a5a3c", 4)
    s.rect(604, 310, 38, 50, "#f5f0e3", 3)
    s.rect(720, 338, 90, 64, "#e9eef0", 10)
    s.oval(796, 350, 34, 38, None, "#e9eef0", 8)
    s.save("kitchen.jpg")


def portrait() -> None:
    s = Scene("#cfe0dc", (720, 720))
    s.fade("#d9e8e3", "#b9d3cc", 0, 720)
    s.oval(120, 520, 480, 420, "#2f7c6e")
    s.rect(312, 470, 96, 110, "#d69c72", 30)
    s.oval(210, 130, 300, 390, "#e9b58c")
    s.oval(186, 290, 52, 90, "#dfa67b")
    s.oval(482, 290, 52, 90, "#dfa67b")
    s.shape(
        [
            (196, 300),
            (204, 160),
            (300, 84),
            (430, 88),
            (516, 170),
            (524, 300),
            (486, 220),
            (400, 178),
            (300, 196),
            (232, 226),
        ],
        "#4a3226",
    )
    for x in (286, 434):
        s.oval(x - 36, 296, 72, 42, "#ffffff")
        s.oval(x - 20, 298, 38, 38, "#4f7a8c")
        s.oval(x - 10, 308, 18, 18, "#1d2226")
        s.line([(x - 44, 270), (x, 256), (x + 44, 268)], "#4a3226", 9)
    s.line([(358, 320), (340, 398), (376, 402)], "#c98a60", 7)
    s.draw.chord([296 * SCALE, 396 * SCALE, 424 * SCALE, 472 * SCALE], 10, 170, fill="#a9403c")
    s.save("portrait.jpg")


def text_page(name: str, title: str, lines: list[str], total: str = "") -> None:
    s = Scene("#fdfcf8", (720, 960))
    s.rect(0, 0, 720, 12, "#1b6a5a")
    s.text(60, 60, title, "#1c2326", 40, bold=True)
    y = 140.0
    for line in lines:
        if line.startswith("--"):
            s.rect(60, y + 10, 600, 2, "#c9c4b8")
        else:
            left, _, right = line.partition("|")
            s.text(60, y, left, "#333b40", 28)
            if right:
                s.text(530, y, right, "#333b40", 28)
        y += 52
    if total:
        s.rect(60, y + 16, 600, 64, "#eef3f0", 6)
        s.text(80, y + 32, "Total due", "#1c2326", 26, bold=True)
        s.text(516, y + 32, total, "#1c2326", 26, bold=True)
    s.save(name)


def documents() -> None:
    text_page(
        "invoice.png",
        "INVOICE 2026-0418",
        [
            "Northlight Paper Co.",
            "12 Harbor Street, Westport",
            "Bill to: Marlow Design Studio",
            "Date: April 18, 2026",
            "Due: May 18, 2026",
            "--",
            "Drawing paper A2, 40 sheets|$ 68.00",
            "Ink, verdigris, 2 bottles|$ 31.50",
            "Brass rulers, 3 pieces|$ 54.00",
            "Delivery|$ 9.90",
            "--",
        ],
        "$ 163.40",
    )
    text_page(
        "page-1.png",
        "Rental agreement",
        [
            "between Greta Holm (landlord)",
            "and Tomas Reyes (tenant)",
            "--",
            "1. The flat at 7 Mill Lane is let",
            "from June 1, 2026.",
            "2. The rent is $ 940 a month,",
            "due on the third working day.",
            "3. The deposit is two months' rent.",
        ],
    )
    text_page(
        "page-2.png",
        "Rental agreement, page 2",
        [
            "4. Pets need written consent.",
            "5. Notice is three months.",
            "6. The garden is shared.",
            "--",
            "Signed at Westport, May 12, 2026",
            "",
            "Greta Holm                    Tomas Reyes",
        ],
    )


def scan(name: str, side: int, *, tilted: bool, spot: tuple[float, float, float] | None) -> None:
    """A drawn stand-in for an X-ray view: soft tissue in grey, perhaps with a bright spot. No real patient."""
    rng = random.Random(name)
    image = Image.new("L", (480, 640), 8)
    draw = ImageDraw.Draw(image)
    edge = 0 if side < 0 else 480
    for step in range(60):
        part = step / 60
        w, h = 330 * (1 - part), 540 * (1 - part)
        lean = 60 * part if tilted else 0
        box = (edge - w, 320 - h / 2 + lean, edge + w, 320 + h / 2 + lean)
        draw.ellipse(box, fill=round(40 + 120 * part**1.4))
    for _ in range(70):
        x, y = edge - side * rng.uniform(40, 240), rng.uniform(140, 500)
        draw.line([(edge - side * 250, 330), (x, y)], fill=rng.randint(110, 150), width=1)
    if spot:
        x, y, r = spot
        draw.ellipse((x - r, y - r, x + r, y + r), fill=232)
    image = image.filter(ImageFilter.GaussianBlur(5))
    noise = Image.effect_noise((480, 640), 14)
    image = Image.blend(image, noise, 0.06)
    draw = ImageDraw.Draw(image)
    draw.text(
        (20 if side > 0 else 400, 20), name.removesuffix(".jpg").upper(), fill=200, font=ImageFont.load_default(22)
    )
    image.save(OUT / name, quality=72, optimize=True)


def scans() -> None:
    scan("rcc.jpg", 1, tilted=False, spot=None)
    scan("lcc.jpg", -1, tilted=False, spot=(170, 300, 17))
    scan("rmlo.jpg", 1, tilted=True, spot=None)
    scan("lmlo.jpg", -1, tilted=True, spot=(160, 360, 16))
    image = Image.new("L", (720, 640), 20)
    draw = ImageDraw.Draw(image)
    draw.ellipse((90, 30, 630, 760), fill=120)
    for x in (160, 390):
        draw.ellipse((x, 110, x + 180, 520), fill=52)
    draw.rectangle((340, 40, 380, 620), fill=170)
    draw.ellipse((330, 300, 500, 500), fill=150)
    for rib in range(8):
        y = 120 + rib * 52
        draw.arc((110, y, 370, y + 150), 190, 330, fill=140, width=8)
        draw.arc((350, y, 610, y + 150), 210, 350, fill=140, width=8)
    draw.ellipse((214, 360, 268, 410), fill=120)
    image = image.filter(ImageFilter.GaussianBlur(7))
    Image.blend(image, Image.effect_noise(image.size, 16), 0.06).save(OUT / "chest.jpg", quality=72, optimize=True)


def lighthouse(name: str, sky: tuple[str, str], sea: str, tower: str, *, tall: bool = True, boat: bool = False) -> None:
    s = Scene(sky[0], (480, 480))
    s.fade(*sky, 0, 330)
    s.oval(330, 60, 70, 70, "#fff3cf")
    s.rect(0, 320, 480, 160, sea)
    for n in range(14):
        s.rect(20 + (n * 73) % 420, 340 + n * 10, 50, 3, "#ffffff", 1)
    s.shape([(40, 360), (120, 290), (240, 300), (300, 370)], "#4b4642")
    top = 90 if tall else 170
    s.shape([(148, 304), (160, top), (200, top), (212, 304)], tower)
    for n in range(3):
        y = top + 40 + n * (304 - top) / 4
        s.shape([(157 - n * 3, y), (203 + n * 3, y), (205 + n * 3, y + 22), (155 - n * 3, y + 22)], "#f7f3ea")
    s.rect(156, top - 26, 48, 28, "#ffe28a", 4)
    s.shape([(150, top - 24), (180, top - 48), (210, top - 24)], "#3a2f2a")
    if boat:
        s.shape([(320, 380), (430, 380), (410, 410), (340, 410)], "#b5453b")
        s.shape([(372, 376), (372, 300), (424, 376)], "#f6f1e4")
    s.save(name, 78)


def lighthouses() -> None:
    lighthouse("lighthouse-1.jpg", ("#2c3e66", "#e98b63"), "#2f5573", "#c0473c", boat=True)
    lighthouse("lighthouse-2.jpg", ("#8ecae6", "#e7f5fa"), "#3d8ba6", "#d9dde0")
    lighthouse("lighthouse-3.jpg", ("#3d2c54", "#d66a7a"), "#3a3b66", "#8c3f5a", tall=False)
    lighthouse("lighthouse-4.jpg", ("#f5b971", "#fbe6c1"), "#7aa6a1", "#2f7c6e", boat=True)


def shelf() -> None:
    s = Scene("#e8eef0")
    s.rect(30, 20, 900, 600, "#c9d1d4", 8)
    colors = ["#d8584b", "#2f7c6e", "#e3b04b", "#4a6fa5", "#8d5f97", "#6f9b5a"]
    rng = random.Random(4)
    for row in range(3):
        base = 210 + row * 195
        s.rect(40, base, 880, 16, "#8b979c", 3)
        x = 56.0
        while x < 850:
            kind, color = rng.choice(["box", "bottle", "can"]), rng.choice(colors)
            if kind == "box":
                w, h = rng.choice([72, 88]), rng.randint(110, 150)
                s.rect(x, base - h, w, h, color, 4)
                s.rect(x + 10, base - h + 22, w - 20, 34, "#fbf7ec", 3)
            elif kind == "bottle":
                w, h = 46, 150
                s.rect(x, base - 108, w, 108, color, 12)
                s.rect(x + 14, base - h, 18, 52, color, 5)
                s.rect(x + 4, base - 74, w - 8, 36, "#fbf7ec", 2)
            else:
                w, h = 58, 84
                s.rect(x, base - h, w, h, "#b9c2c6", 6)
                s.rect(x, base - h + 14, w, h - 28, color)
            x += w + 14
    s.save("shelf.jpg")
