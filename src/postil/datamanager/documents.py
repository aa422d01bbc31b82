"""Rows of the task table as JSON: stored JSON is spliced in as text, whatever hangs on the tasks comes in bulk.

The number of statements is fixed: tasks, annotations, predictions, drafts, names of objects, and of uploads if there
are any.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db.models import QuerySet
from django.db.models.functions import Substr

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.datamanager import shapes
from postil.datamanager.column import Scope
from postil.infra.db import RawJson
from postil.projects.documents import project_json
from postil.projects.models import Project
from postil.projects.ports import Queue
from postil.tasks import queries
from postil.tasks.documents import annotation_json, draft_json, moment, prediction_json, task_json
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.ports import PORTS, resolved

EXCERPT_LENGTH = 500
MOST_PREVIEWED = 50
KEYS_OF_PARTS = {
    "annotations": frozenset(
        ("annotations", "annotations_ids", "annotations_results", "annotators", "avg_lead_time", "preview_regions")
    ),
    "predictions": frozenset(("predictions", "predictions_model_versions", "predictions_results", "predictions_score")),
    "drafts": frozenset(("draft_exists", "drafts")),
    "objects": frozenset(("storage_filename",)),
    "uploads": frozenset(("file_upload",)),
}
Row = dict[str, Any]


@dataclass(slots=True)
class Attached:
    """What hangs on the tasks of one page, by task."""

    annotations: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    predictions: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    drafts: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    uploads: dict[int, str] = field(default_factory=dict)
    objects: dict[int, str] = field(default_factory=dict)


def task_rows(
    ids: list[int], scope: Scope, *, full: bool, resolve: bool = True, fields: Collection[str] | None = None
) -> list[Row]:
    """Return the tasks with these ids, in this order, ready for orjson.

    `full` adds whole annotations, predictions and the caller's drafts; `resolve` rewrites addresses of storages;
    `fields` keeps only these keys.
    """
    tasks = {row["id"]: row for row in queries.task_rows(Task.objects.filter(pk__in=ids))}
    if resolve:
        for task_id, row in tasks.items():
            row["raw_data"] = resolved(scope.project, task_id, row["raw_data"])
    attached = _attached(ids, {row["file_upload_id"] for row in tasks.values()}, scope, _wanted(fields, full=full))
    rows = [_row(tasks[task_id], attached, scope, full=full) for task_id in ids if task_id in tasks]
    if fields is None:
        return rows
    for row in rows:
        if "annotations" in fields and not full:
            row["annotations"] = [annotation_json(found) for found in attached.annotations.get(row["id"], [])]
        if "preview_regions" in fields:
            row["preview_regions"] = _preview(attached.annotations.get(row["id"], []))
    return [{key: value for key, value in row.items() if key in fields or key == "id"} for row in rows]


def _wanted(fields: Collection[str] | None, *, full: bool) -> frozenset[str]:
    """Return which parts must be read for these keys; whole rows are named with a star."""
    if fields is None:
        return frozenset(("annotations", "predictions", "drafts", "objects", "uploads", "*")[: 6 if full else 5])
    parts = {part for part, keys in KEYS_OF_PARTS.items() if full or not keys.isdisjoint(fields)}
    needs_whole = full or not {"annotations", "preview_regions"}.isdisjoint(fields)
    return frozenset(parts | ({"*"} if needs_whole else set()))


def _attached(ids: list[int], upload_ids: set[int | None], scope: Scope, wanted: frozenset[str]) -> Attached:
    found = Attached()
    annotations = Annotation.objects.filter(task_id__in=ids).order_by("pk")
    drafts = Draft.objects.filter(task_id__in=ids).order_by("pk")
    if not scope.sees_all_annotations:
        annotations = annotations.filter(completed_by=scope.user)
        drafts = drafts.filter(user=scope.user)
    predictions = Prediction.objects.filter(task_id__in=ids).order_by("pk")
    full = "*" in wanted
    if "annotations" in wanted:
        _sort(found.annotations, queries.annotation_rows(annotations) if full else _annotation_excerpts(annotations))
    if "predictions" in wanted:
        _sort(found.predictions, queries.prediction_rows(predictions) if full else _prediction_excerpts(predictions))
    if "drafts" in wanted:
        _sort(found.drafts, queries.draft_rows(drafts) if full else _draft_owners(drafts))
    if "objects" in wanted:
        found.objects = PORTS.object_names(ids)
    upload_ids = upload_ids - {None}
    if upload_ids and "uploads" in wanted:
        found.uploads = PORTS.upload_names([upload_id for upload_id in upload_ids if upload_id is not None])
    return found


def _preview(annotations: list[Row]) -> list[Row]:
    """Return regions of the oldest annotation, enough for a thumbnail, with the size of their picture."""
    first = next((row for row in annotations if not row["was_cancelled"]), None)
    result = orjson.loads(first["raw_result"]) if first is not None and first["raw_result"] else []
    drawn = [item for item in result if isinstance(item, dict) and _is_drawn(item.get("value"))]
    return [
        {key: item.get(key) for key in ("type", "value", "original_width", "original_height", "item_index")}
        for item in drawn[:MOST_PREVIEWED]
    ]


def _is_drawn(value: Any) -> bool:
    return isinstance(value, dict) and ("x" in value or "points" in value or "vertices" in value)


def _sort(by_task: dict[int, list[Row]], rows: Iterable[Row]) -> None:
    for row in rows:
        by_task[row["task_id"]].append(row)


def _annotation_excerpts(annotations: QuerySet[Annotation]) -> Any:
    excerpts = annotations.annotate(excerpt=Substr(RawJson("result"), 1, EXCERPT_LENGTH))
    return excerpts.values("id", "task_id", "completed_by_id", "lead_time", "excerpt")


def _draft_owners(drafts: QuerySet[Draft]) -> Any:
    return drafts.values("id", "task_id", "user_id")


def _prediction_excerpts(predictions: QuerySet[Prediction]) -> Any:
    excerpts = predictions.annotate(excerpt=Substr(RawJson("result"), 1, EXCERPT_LENGTH))
    return excerpts.values("id", "task_id", "model_version", "score", "excerpt")


def _row(task: Row, attached: Attached, scope: Scope, *, full: bool) -> Row:
    annotations = attached.annotations.get(task["id"], [])
    predictions = attached.predictions.get(task["id"], [])
    drafts = attached.drafts.get(task["id"], [])
    row = {
        **task_json(task),
        "drafts": [draft_json(draft) for draft in drafts if draft["user_id"] == scope.user.pk] if full else [],
        "annotators": list(dict.fromkeys(a["completed_by_id"] for a in annotations if a["completed_by_id"])),
        "completed_at": moment(task["completed_at"]),
        "annotations_results": _excerpt(annotations),
        "predictions_results": _excerpt(predictions),
        "predictions_score": _mean_score(predictions, scope),
        "file_upload": attached.uploads.get(task["file_upload_id"]),
        "storage_filename": attached.objects.get(task["id"]),
        "annotations_ids": ",".join(str(a["id"]) for a in annotations),
        "predictions_model_versions": ",".join(dict.fromkeys(str(p["model_version"] or "") for p in predictions)),
        "avg_lead_time": _mean([a["lead_time"] for a in annotations]),
        "draft_exists": bool(drafts),
        "updated_by": [{"user_id": task["updated_by_id"]}] if task["updated_by_id"] else [],
    }
    if full:
        row["annotations"] = [annotation_json(annotation) for annotation in annotations]
        row["predictions"] = [prediction_json(prediction) for prediction in predictions]
    return row


def _excerpt(rows: list[Row]) -> str:
    """The beginning of all results as text, without quotation marks."""
    texts = ((row.get("excerpt") or row.get("raw_result") or "")[:EXCERPT_LENGTH] for row in rows)
    return ", ".join(texts).replace('"', "")[:EXCERPT_LENGTH]


def _mean(numbers: list[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) / len(known) if known else None


def _mean_score(predictions: list[Row], scope: Scope) -> float | None:
    shown = scope.project.model_version
    return _mean([row["score"] for row in predictions if not shown or row["model_version"] == shown])


def project_for_table(who: Actor, project: Project) -> shapes.TableProject:
    """Return a project with what the task table asks about it."""
    is_source_syncing, is_target_syncing = PORTS.syncing(project.pk)
    return {
        **project_json(project, Queue(), with_counters=False),
        "can_delete_tasks": who.may(Permission.TASK_DELETE),
        "can_manage_annotations": who.may(Permission.ANNOTATION_CHANGE_ALL),
        "can_manage_tasks": who.may(Permission.TASK_CHANGE),
        "source_syncing": is_source_syncing,
        "target_syncing": is_target_syncing,
        "task_count": project.task_count,
        "annotation_count": project.annotation_count + project.skipped_annotation_count,
    }
