"""CoNLL 2003: a word and its tag on each line, an empty line behind each annotated text.

`<word> -X- _ <tag>`: the tag is `O` outside of spans, `B-<label>` for a span's first word, `I-<label>` for the others.
A word belongs to the first span that touches it, and a span to its first label. Layout: the shared task of CoNLL-2003.
"""

from collections.abc import Iterable, Iterator

from postil.core.result import ItemError, Report
from postil.formats.exporter import ExportContext, TaskDocument
from postil.formats.image_files import targets_of
from postil.formats.output import Output
from postil.formats.records import Record, RecordReader
from postil.formats.words import words
from postil.labeling.config import LabelConfig
from postil.labeling.references import resolve

Span = tuple[int, int, str]


class Conll2003:
    title = "CONLL2003"
    description = "A word and its tag on each line, for training of named-entity recognition."
    link = "https://www.clips.uantwerpen.be/conll2003/ner/"
    tags = ("sequence labeling", "text tagging", "named entity recognition")
    extension = "conll"
    media_type = "text/plain"
    carries = "spans of texts by whole words, with their first label"
    loses = "overlapping spans, parts of words, relations, choices and texts, annotators, predictions"

    def suits(self, config: LabelConfig) -> bool:
        """Return whether spans of a text get labels."""
        return any("Labels" in tags for tags in targets_of(config, "Text").values())

    def write(self, tasks: Iterable[TaskDocument], out: Output, ctx: ExportContext) -> Report:
        """Write the words of every annotation."""
        report = Report(max_errors=ctx.max_errors)
        named = next((name for name, tags in targets_of(ctx.config, "Text").items() if "Labels" in tags), None)
        source = ctx.config.objects[named] if named else None
        with out.file("result.conll") as stream:
            stream.write(b"-DOCSTART- -X- O\n")
            for record in RecordReader(ctx.config, report).read(tasks):
                text = resolve(record.data, source.path) if source and source.path else None
                if not isinstance(text, str):
                    report.fail(ItemError(record.where, "has no text", field=(source.path if source else "") or ""))
                    continue
                lines = _lines(text, sorted(_spans(record, str(named), report)))
                stream.write("".join([*lines, "\n"]).encode("utf-8", "replace"))
        return report


def _lines(text: str, spans: list[Span]) -> Iterator[str]:
    """Yield a line for each word; `spans` are sorted."""
    last: Span | None = None
    waiting = iter(spans)
    near: list[Span] = []
    ahead = next(waiting, None)
    for start, end in words(text):
        while ahead is not None and ahead[0] < end:
            near.append(ahead)
            ahead = next(waiting, None)
        near = [span for span in near if span[1] > start]
        span = near[0] if near else None
        tag = "O" if span is None else f"{'I' if span is last else 'B'}-{span[2]}"
        last = span
        yield f"{text[start:end]} -X- _ {tag}\n"


def _spans(record: Record, target: str, report: Report) -> Iterator[Span]:
    for entries in record.outputs.values():
        for entry in entries:
            if not entry.is_drawn or entry.result.get("to_name") != target:
                continue
            start, end, labels = (entry.value.get(key) for key in ("start", "end", "labels"))
            if isinstance(start, int) and isinstance(end, int) and isinstance(labels, list) and labels:
                yield start, end, str(labels[0])
            else:
                place = f"{record.where}, region {entry.region}"
                reason = "is no span with a label"
                report.fail(ItemError(place, reason, field=str(entry.result.get("from_name"))))
