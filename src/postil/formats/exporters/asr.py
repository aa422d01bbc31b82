"""ASR manifest: a line of JSON for each transcript, as NVIDIA NeMo reads them, with the audio files beside it.

`{"audio_filepath": "audio/7.wav", "duration": seconds, "text": first text, "annotator": id}`. The length is read from
the file, which only WAV tells without a decoder.
"""

import shutil
import wave
from collections.abc import Iterable
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from urllib.parse import unquote, urlsplit

import orjson

from postil.core.result import ItemError, Report
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.image_files import targets_of
from postil.formats.output import Output
from postil.formats.records import Record, RecordReader
from postil.formats.spool import Spool
from postil.labeling.config import LabelConfig
from postil.labeling.references import resolve


class AsrManifest:
    title = "ASR Manifest"
    description = "A line of JSON for each transcript, with the audio files."
    link = "https://docs.nvidia.com/nemo-framework/user-guide/latest/nemotoolkit/asr/datasets.html"
    tags = ("speech recognition",)
    extension = "zip"
    media_type = "application/zip"
    carries = "the first text of each annotation, the length of the audio, the audio files"
    loses = "further texts, regions, choices, predictions; audio that is not WAV"

    def suits(self, config: LabelConfig) -> bool:
        """Return whether audio is transcribed."""
        return any("TextArea" in tags for tags in targets_of(config, "Audio").values())

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write each audio file, and the manifest behind them."""
        report = Report(max_errors=ctx.max_errors)
        audio = next((each for each in ctx.config.objects.values() if each.tag == "Audio"), None)
        files = _AudioFiles(ctx, out, report)
        with Spool(ctx.temp_dir) as manifest:
            for record in RecordReader(ctx.config, report).read(tasks):
                text = _text(record)
                url = resolve(record.data, audio.path) if audio and audio.path else None
                if text is None:
                    continue
                if not isinstance(url, str):
                    report.fail(ItemError(record.where, "names no audio", field=(audio.path if audio else "") or ""))
                    continue
                found = files.take(record, url)
                if found is not None:
                    annotator = str(record.annotation.get("completed_by") or "")
                    line = {"audio_filepath": found[0], "duration": found[1], "text": text, "annotator": annotator}
                    manifest.add(line)
            with out.file("manifest.json") as stream:
                for line in manifest:
                    stream.write(orjson.dumps(line) + b"\n")
        return report


class _AudioFiles:
    """Copies the audio of tasks into the archive, once each."""

    def __init__(self, ctx: ExportContext, out: Output, report: Report) -> None:
        self._ctx, self._out, self._report = ctx, out, report
        self._last: tuple[tuple[int, str], tuple[str, float] | None] | None = None

    def take(self, record: Record, url: str) -> tuple[str, float] | None:
        """Return path and length in seconds of the record's audio; notes in the report why there is none."""
        key = (record.task_id, url)
        if self._last is None or self._last[0] != key:
            self._last = key, self._copied(record, url)
        return self._last[1]

    def _copied(self, record: Record, url: str) -> tuple[str, float] | None:
        source = self._ctx.media.open(url, record.task_id)
        if source is None:
            self._report.fail(ItemError(record.where, "the audio cannot be read"))
            return None
        with source, TemporaryFile(dir=self._ctx.temp_dir) as copy:
            shutil.copyfileobj(source, copy)
            copy.seek(0)
            try:
                with wave.open(copy, "rb") as sound:
                    duration = sound.getnframes() / sound.getframerate()
            except (wave.Error, EOFError, ZeroDivisionError):
                self._report.fail(ItemError(record.where, "the length of the audio is unknown: it is no WAV file"))
                return None
            copy.seek(0)
            suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
            name = f"audio/{record.task_id}{suffix if suffix[1:].isalnum() and suffix.isascii() else '.wav'}"
            with self._out.file(name) as target:
                shutil.copyfileobj(copy, target)
        return name, duration


def _text(record: Record) -> str | None:
    for entries in record.outputs.values():
        for entry in entries:
            found = entry.value.get("text")
            if entry.tag == "TextArea" and isinstance(found, list | str) and found:
                return str(found if isinstance(found, str) else found[0])
    return None
