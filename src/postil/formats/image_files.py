"""Which image a record is about, what it is called in an export, and its file in the archive if that is wanted."""

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from postil.core.result import ItemError, Report
from postil.formats.exporter import ExportContext
from postil.formats.output import Output
from postil.formats.records import Record
from postil.labeling.config import LabelConfig, ObjectTag
from postil.labeling.references import resolve

_UNCLEAN = re.compile(r"[^A-Za-z0-9._-]+")
MARK_LENGTH = 8


def targets_of(config: LabelConfig, tag: str) -> dict[str, set[str]]:
    """Return the tags of the controls that name each object of a tag, by the object's name."""
    found: dict[str, set[str]] = {}
    for control in config.controls.values():
        for name in control.to_name:
            target = config.find_object(name)
            if target is not None and target.tag == tag:
                found.setdefault(target.name, set()).add(control.tag)
    return found


def labeled_image(config: LabelConfig, with_words: set[str], plain: set[str]) -> ObjectTag | None:
    """Return the image on which one of the shapes gets labels: by its own tag, or by `Labels` beside a plain one."""
    for name, tags in targets_of(config, "Image").items():
        if tags & with_words or ("Labels" in tags and tags & plain):
            return config.objects[name]
    return None


class ImageFiles:
    """Names the images of records; with an `out` it also copies each of them there, once a task."""

    def __init__(self, image: ObjectTag | None, ctx: ExportContext, report: Report, out: Output | None) -> None:
        image = image or next((each for each in ctx.config.objects.values() if each.tag == "Image"), None)
        self._path = image.path if image else None
        self._media = ctx.media
        self._report = report
        self._out = out
        self._copied: tuple[object, str] | None = None

    def url(self, record: Record, format_name: str) -> str | None:
        """Return the address of the record's one image; notes in the report if there is none, or several."""
        url = resolve(record.data, self._path) if self._path else None
        if isinstance(url, list) and len(url) == 1:
            url = url[0]
        if isinstance(url, str):
            return url
        reason = f"lists several images; {format_name} takes one a task" if isinstance(url, list) else "names no image"
        self._report.fail(ItemError(record.where, reason, field=self._path or ""))
        return None

    def size(self, record: Record, url: str) -> tuple[int, int] | None:
        """Return the size of the image in pixels, if it can be read."""
        return self._media.size(url, record.task_id)

    def name(self, record: Record, url: str) -> str:
        """Return the image's path in the export."""
        if self._out is None:
            return file_name(url)
        if self._copied and self._copied[0] == (record.task_id, url):
            return self._copied[1]
        name = file_name(url)
        source = self._media.open(url, record.task_id)
        if source is None:
            self._report.fail(ItemError(record.where, "the image cannot be read, so it is not in the archive"))
        else:
            name = f"images/{record.task_id}{_suffix(url)}"
            with source, self._out.file(name) as target:
                shutil.copyfileobj(source, target)
        self._copied = ((record.task_id, url), name)
        return name


def one_a_task(records: Iterable[Record], report: Report) -> Iterator[Record]:
    """Yield the record that an image's file is made of: the first annotation made that has regions.

    Records of a task come together, the newest first. Other annotations are noted in the report.
    """
    group: list[Record] = []
    for record in records:
        if group and group[0].task is not record.task:
            yield _chosen(group, report)
            group = []
        group.append(record)
    if group:
        yield _chosen(group, report)


def _chosen(group: list[Record], report: Report) -> Record:
    chosen = next((record for record in reversed(group) if record.outputs), group[-1])
    for record in group:
        if record is not chosen and record.outputs:
            report.fail(ItemError(record.where, "is left out: the format holds one annotation of an image"))
    return chosen


class FreshNames:
    """Makes names of files that nothing else in the archive has, by the name of the image that they are about."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, image: str, record: Record) -> str:
        """Return the stem for the files of an image; a second task with the same image gets its number behind it."""
        stem = _UNCLEAN.sub("_", PurePosixPath(image).stem).lstrip(".") or "image"
        if stem.lower() in self._taken:
            stem = f"{stem}-task-{record.task_id}"
        self._taken.add(stem.lower())
        return stem


def base_name(url: str) -> str:
    """Return the image's own name, without folders and parameters."""
    if url.startswith("data:"):
        return "inline." + url[5:].partition(";")[0].rpartition("/")[2].partition("+")[0]
    parts = urlsplit(url)
    path = (
        parse_qs(parts.query).get("d", [""])[0] if parts.path.startswith("/data/local-files") else unquote(parts.path)
    )
    return PurePosixPath(path.replace("\\", "/")).name


def _suffix(url: str) -> str:
    suffix = PurePosixPath(base_name(url)).suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() else ""


def file_name(url: str) -> str:
    """Return `images/` and the image's own name, with a mark unless it is an upload: names repeat elsewhere.

    The mark is the one that readers of such exports know: the first eight digits of the address's MD5.
    """
    base = base_name(url)
    if url.startswith("/data/upload/"):
        return f"images/{base}"
    return f"images/{hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()[:MARK_LENGTH]}__{base}"
