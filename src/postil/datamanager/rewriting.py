"""Rewrites what drafts and predictions say, and gives them back what they said before: neither keeps versions."""

import hashlib
import zlib
from collections.abc import Callable, Iterable
from typing import Any

import orjson
from django.db.models import F, QuerySet

from postil.core.clock import now
from postil.datamanager.returning import Noted, bring_back
from postil.infra.bulk_update import update_rows
from postil.infra.db import RawJson
from postil.infra.expressions import IsAmong
from postil.projects.models import Project
from postil.tasks.models import Draft, Prediction

Result = list[dict[str, Any]]
Rewrite = Callable[[Result], tuple[Result, int]]
KINDS: dict[str, type[Draft | Prediction]] = {"draft": Draft, "prediction": Prediction}


def rewrite(project: Project, task_ids: list[int], change: Rewrite) -> list[Noted]:
    """Let `change` rewrite the drafts and predictions of tasks; returns those that it changed."""
    found: list[Noted] = []
    for kind in KINDS:
        rows = _rows(kind).filter(IsAmong("task_id", task_ids), task__project=project, task__deleted_at=None)
        written: list[tuple[int, str]] = []
        for pk, text in rows.values_list("pk", "raw"):
            result, count = change(orjson.loads(text)) if text and text.startswith("[") else ([], 0)
            if count:
                after = orjson.dumps(result).decode()
                written.append((pk, after))
                found.append(Noted(kind, pk, text, _mark(after)))
        _write(kind, written)
    return found


def write_back(packed: bytes) -> tuple[int, int]:
    """Give back what was said before, and what went or moved; returns how many, and how many stay as they are."""
    listed = [Noted(*entry) for entry in orjson.loads(zlib.decompress(packed))] if packed else []
    count, left = bring_back(listed)
    for kind in KINDS:
        wanted = {entry.id: entry for entry in listed if entry.kind == kind}
        rows = _rows(kind).filter(IsAmong("id", list(wanted)), task__deleted_at=None)
        same = [pk for pk, text in rows.values_list("pk", "raw") if _mark(text) == wanted[pk].mark]
        _write(kind, [(pk, wanted[pk].before) for pk in same])
        count, left = count + len(same), left + len(wanted) - len(same)
    return count, left


def packed(rewritten: Iterable[Noted]) -> bytes:
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
