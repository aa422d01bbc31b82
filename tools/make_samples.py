"""Draws and synthesizes the media that template previews show, into `src/postil/web/samples/`.

Everything is made here from scratch: nothing of it was taken from elsewhere. Pictures and tables need Pillow only;
speech needs `espeak-ng`, and sound and video need `ffmpeg`. Run it from the repository's root; results are committed.
"""

import csv
import io
import math
import random
import struct
import subprocess
import sys
import tempfile
import wave
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

import sample_pictures
from sample_scene import OUT, Scene, car, person, tree


def sheet(name: str, header: list[str], rows: list[list[object]]) -> None:
    with (OUT / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([header, *rows])


def series() -> None:
    rng = random.Random(7)
    start = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)

    def moment(n: int, step_ms: int) -> str:
        return (start + timedelta(milliseconds=n * step_ms)).strftime("%Y-%m-%d %H:%M:%S.%f")

    rows: list[list[object]] = []
    for n in range(600):
        speed = 0.1 if n < 150 or n >= 500 else 1.0 if n < 340 else 2.4
        swing = math.sin(n * (0.5 if speed < 2 else 0.9)) * speed
        rows.append(
            [
                moment(n, 100),
                round(9.8 + swing + rng.gauss(0, 0.06), 3),
                round(0.6 * speed * math.cos(n * 0.45) + rng.gauss(0, 0.05), 3),
            ]
        )
    sheet("activity.csv", ["time", "acceleration_up", "acceleration_forward"], rows)

    rows = []
    for n in range(480):
        level = 20 if n < 130 else 34 if n < 270 else 28 if n < 390 else 41
        value = level + 1.5 * math.sin(n / 9) + rng.gauss(0, 0.5)
        rows.append([moment(n, 60_000), round(value + (14 if n in {80, 81, 222, 350} else 0), 2)])
    sheet("temperature.csv", ["time", "value"], rows)

    rows = []
    for n in range(365):
        value = 120 + n * 0.22 + 26 * math.sin(2 * math.pi * n / 7) + rng.gauss(0, 6)
        rows.append([moment(n, 86_400_000), round(value, 1)])
    sheet("sales.csv", ["time", "value"], rows)

    rows = []
    for n in range(800):
        beat = n % 80
        value = (
            1.1 * math.exp(-((beat - 30) ** 2) / 6)
            - 0.25 * math.exp(-((beat - 36) ** 2) / 8)
            + 0.3 * math.exp(-((beat - 56) ** 2) / 60)
        )
        noise = rng.gauss(0, 0.22 if 300 < n < 470 else 0.02)
        rows.append([n * 10, round(value + noise, 3), round(0.7 * value + rng.gauss(0, 0.03), 3)])
    sheet("heartbeat.csv", ["time", "lead_1", "lead_2"], rows)


def pdf() -> None:
    pages = [
        ["Annual report 2025", "The cooperative served 1,240 members.", "Revenue grew by 6 percent to $ 2.1 million."],
        ["Outlook", "Two new workshops open in spring.", "The board proposes a dividend of 3 percent."],
    ]
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[4 0 R 6 0 R]/Count 2>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, lines in enumerate(pages):
        body = (
            "BT /F1 26 Tf 72 740 Td 34 TL ("
            + lines[0]
            + ") Tj T* /F1 14 Tf "
            + " ".join(f"({line}) Tj T*" for line in lines[1:])
            + " ET"
        )
        contents = f"/Contents {5 + 2 * number} 0 R/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{contents}>>")
        objects.append(f"<</Length {len(body)}>>stream\n{body}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{each}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count, begin = len(objects) + 1, len(out)
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF\n".encode()
    (OUT / "report.pdf").write_bytes(out)


def tones() -> list[int]:
    """Five seconds at 8 kHz: bell, hum, silence, chirps, noise."""
    rng = random.Random(3)
    samples = []
    for n in range(5 * 8000):
        t, part = n / 8000 % 1, n // 8000
        value = (
            math.exp(-4 * t) * math.sin(2 * math.pi * 880 * t),
            0.5 * math.sin(2 * math.pi * 110 * t),
            0.0,
            math.sin(2 * math.pi * (600 + 1500 * (t * 5 % 1)) * t) * (t * 5 % 1 < 0.6),
            0.4 * rng.uniform(-1, 1),
        )[part]
        samples.append(round(20000 * value))
    return samples


def write_wav(path: Path, samples: list[int], rate: int = 8000) -> None:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    path.write_bytes(buffer.getvalue())


def run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def speech(name: str, phrases: list[tuple[str, str]], folder: Path) -> list[tuple[float, float]]:
    """Speak phrases one after the other with pauses; returns when each begins and ends."""
    times: list[tuple[float, float]] = []
    samples: list[int] = []
    rate = 22050
    for number, (voice, text) in enumerate(phrases):
        part = folder / f"{name}-{number}.wav"
        run("espeak-ng", "-v", voice, "-s", "150", "-w", part, text)
        with wave.open(str(part)) as file:
            rate = file.getframerate()
            spoken = struct.unpack(f"<{file.getnframes()}h", file.readframes(file.getnframes()))
        begin = len(samples) / rate
        samples += [*spoken, *([0] * (rate // 3))]
        times.append((round(begin, 2), round(begin + len(spoken) / rate, 2)))
    write_wav(folder / "all.wav", samples, rate)
    run("ffmpeg", "-y", "-i", folder / "all.wav", "-ac", "1", "-ar", "22050", "-b:a", "32k", OUT / f"{name}.mp3")
    return times


def sounds() -> None:
    write_wav(OUT / "tones.wav", tones())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        speech("announcement", [("en-us", "The train to Westport leaves from platform four in ten minutes.")], path)
        speech(
            "assistant",
            [("en-gb+f3", "Wake me at half past six tomorrow."), ("en-us", "Turn off the lights in the kitchen.")],
            path,
        )
        times = speech(
            "call",
            [
                ("en-us", "Hello, this is Northlight Paper, how can I help you?"),
                ("en-gb+f3", "My order has not arrived yet, and it was due on Monday."),
                ("en-us", "I am sorry about that. I will send it again today."),
                ("en-gb+f3", "Thank you, that is great."),
            ],
            path,
        )
    print("call.mp3:", times)


def video() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        for n in range(100):
            s = Scene("#cfe4ee", (480, 270))
            s.rect(0, 150, 480, 120, "#6b7178")
            for x in range(-60, 480, 80):
                s.rect((x - n * 2) % 560 - 60, 206, 44, 6, "#f2efe4", 2)
            tree(s, 380 - n * 0.6, 140, 0.6)
            tree(s, 90 - n * 0.6, 140, 0.5)
            car(s, -180 + n * 5.4, 120, "#d6443a")
            if n >= 30:
                person(s, 520 - (n - 30) * 4.2, 112, "#2f7c6e", "#39557a", "#3a2a20", stride=12 * math.sin(n / 3))
            s.text(14, 10, f"frame {n + 1}", "#1c2326", 16)
            s.image.resize(s.size, Image.Resampling.LANCZOS).save(path / f"f{n:04}.png")
        write_wav(path / "sound.wav", tones()[: 4 * 8000])
        run(
            "ffmpeg",
            "-y",
            "-framerate",
            "25",
            "-i",
            path / "f%04d.png",
            "-i",
            path / "sound.wav",
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "libx264",
            "-crf",
            "30",
            "-c:a",
            "aac",
            "-b:a",
            "32k",
            "-movflags",
            "+faststart",
            OUT / "crossing.mp4",
        )


PICTURES = ("street", "desk", "fruit", "kitchen", "portrait", "documents", "scans", "lighthouses", "shelf")
PARTS = {name: getattr(sample_pictures, name) for name in PICTURES} | {
    "series": series,
    "pdf": pdf,
    "sounds": sounds,
    "video": video,
}


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
