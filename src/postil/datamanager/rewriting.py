"""Rewrites what drafts and predictions say, and gives them back what they said before: neither keeps versions."""

import hashlib
import zlib
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import orjson
from django.db.models import F, QuerySet

from postil.core.clock import now
from postil.infra.bulk_update import update_rows
from postil.infra.db import RawJson
from postil.infra.expressions import IsAmong
from postil.projects.models import Project
from postil.tasks.models import Draft, Prediction

Result = list[dict[str, Any]]
Rewrite = Callable[[Result], tuple[Result, int]]
KINDS: dict[str, type[Draft | Prediction]] = {"draft": Draft, "prediction": Prediction}


class Rewritten(NamedTuple):
    """A draft or a prediction that was rewritten: its text before, and a mark of the one that it was given."""

    kind: str
    id: int
    before: str
    mark: str


def rewrite(project: Project, task_ids: list[int], change: Rewrite) -> list[Rewritten]:
    """Let `change` rewrite the drafts and predictions of tasks; returns those that it changed."""
    found: list[Rewritten] = []
    for kind in KINDS:
        rows = _rows(kind).filter(IsAmong("task_id", task_ids), task__project=project, task__deleted_at=None)
        written: list[tuple[int, str]] = []
        for pk, text in rows.values_list("pk", "raw"):
            result, count = change(orjson.loads(text)) if text and text.startswith("[") else ([], 0)
            if count:
                after = orjson.dumps(result).decode()
                written.append((pk, after))
                found.append(Rewritten(kind, pk, text, _mark(after)))
        _write(kind, written)
    return found


def write_back(packed: bytes) -> tuple[int, int]:
    """Give back what was said before; returns how many, and how many somebody changed since, which stay."""
    listed = [Rewritten(*entry) for entry in orjson.loads(zlib.decompress(packed))] if packed else []
    count = 0
    for kind in KINDS:
        wanted = {entry.id: entry for entry in listed if entry.kind == kind}
        rows = _rows(kind).filter(IsAmong("id", list(wanted)), task__deleted_at=None)
        same = [pk for pk, text in rows.values_list("pk", "raw") if _mark(text) == wanted[pk].mark]
        _write(kind, [(pk, wanted[pk].before) for pk in same])
        count += len(same)
    return count, len(listed) - count


def packed(rewritten: Iterable[Rewritten]) -> bytes:
    """Return what `write_back` takes."""
    listed = [tuple(entry) for entry in rewritten]
    return zlib.compress(orjson.dumps(listed)) if listed else b""


def _rows(kind: str) -> "QuerySet[Any]":
    rows: QuerySet[Any] = KINDS[kind]._default_manager.annotate(raw=RawJson("result"))
    return rows.select_for_update(of=("self",)).order_by("pk")


def _write(kind: str, written: list[tuple[int, str]]) -> None:
    moment = now()
    update_rows(KINDS[kind], ("result", "updated_at"), [(text, moment, pk) for pk, text in written])
    if kind == "draft" and written:
        Draft.objects.filter(IsAmong("id", [pk for pk, _ in written])).update(revision=F("revision") + 1)


def _mark(text: str | None) -> str:
    return hashlib.sha256((text or "").encode()).hexdigest()[:16]
