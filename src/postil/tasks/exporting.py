"""Tasks as Label Studio's JSON export, in bulk: stored JSON text is put together as bytes, never parsed.

Used by exports, and in single pieces by webhooks, storages and model servers, so that they cannot drift apart.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from postil.core.clock import iso
from postil.infra.http import to_json
from postil.tasks import documents, queries
from postil.tasks.models import Annotation, AnnotationVersion, Draft, Prediction, Task
from postil.tasks.ports import PORTS

BATCH = 2_000
Row = dict[str, Any]
Lists = dict[int, list[Any]]


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """How much of a task a document holds. `annotations` chooses which of them."""

    annotations: Q = field(default_factory=Q)
    expand_authors: bool = False
    whole_predictions: bool = False
    whole_drafts: bool = True
    with_history: bool = False


def export_documents(tasks: QuerySet[Task], options: DocumentOptions) -> Iterator[bytes]:
    """Yield one JSON object per task, by id. Memory does not grow with their number.

    Read inside one transaction for a consistent picture.
    """
    last_id = 0
    while True:
        batch = list(queries.task_rows(tasks.filter(pk__gt=last_id).order_by("pk")[:BATCH]))
        if not batch:
            return
        yield from _documents(batch, options)
        last_id = batch[-1]["id"]


def _documents(batch: list[Row], options: DocumentOptions) -> Iterator[bytes]:
    span = Q(task_id__gte=batch[0]["id"], task_id__lte=batch[-1]["id"])
    answered = any(row["annotation_count"] or row["cancelled_annotation_count"] for row in batch)
    predicted = any(row["prediction_count"] for row in batch)
    annotations = _annotations(span, batch[0]["project_id"], options) if answered else {}
    predictions = _predictions(span, options) if predicted else {}
    drafts = _drafts(span, options)
    uploads = {row["file_upload_id"] for row in batch} - {None}
    names = PORTS.upload_names(uploads) if uploads else {}
    for row in batch:
        task_id = row["id"]
        yield _document(
            row,
            annotations.get(task_id, []),
            drafts.get(task_id, []),
            predictions.get(task_id, []),
            names.get(row["file_upload_id"]),
        )


def _document(row: Row, annotations: list[Any], drafts: list[Any], predictions: list[Any], upload: str | None) -> bytes:
    """Put a document together; the keys stand in the order of Label Studio's export."""
    allow_skip = b"null" if row["allow_skip"] is None else (b"true" if row["allow_skip"] else b"false")
    return (
        b'{"id":%d,"annotations":%s,%s"drafts":%s,"predictions":%s,"data":%s,"meta":%s,"created_at":"%s",'
        b'"updated_at":"%s","allow_skip":%s,"inner_id":%d,"total_annotations":%d,"cancelled_annotations":%d,'
        b'"total_predictions":%d,"comment_count":0,"unresolved_comment_count":0,"last_comment_updated_at":null,'
        b'"project":%d,"updated_by":%s,"comment_authors":[]}'
    ) % (
        row["id"],
        to_json(annotations) if annotations else b"[]",
        b"" if upload is None else b'"file_upload":%s,' % to_json(upload),
        to_json(drafts) if drafts else b"[]",
        to_json(predictions) if predictions else b"[]",
        row["raw_data"].encode(),
        (row["raw_meta"] or "{}").encode(),
        iso(row["created_at"]).encode(),
        iso(row["updated_at"]).encode(),
        allow_skip,
        row["inner_id"],
        row["annotation_count"],
        row["cancelled_annotation_count"],
        row["prediction_count"],
        row["project_id"],
        b"null" if row["updated_by_id"] is None else b"%d" % row["updated_by_id"],
    )


def _annotations(span: Q, project_id: int, options: DocumentOptions) -> Lists:
    found = Annotation.objects.filter(span, options.annotations, project_id=project_id).order_by("task_id", "pk")
    rows = list(queries.annotation_rows(found))
    history = _history([row["id"] for row in rows]) if options.with_history else {}
    lists: Lists = defaultdict(list)
    for row in rows:
        shown = documents.full_annotation_json(row)
        if options.expand_authors:
            author = documents.author_json(row) or {}
            shown["completed_by"] = {key: author.get(key) for key in ("id", "email", "first_name", "last_name")}
        if options.with_history:
            shown["history"] = history.get(row["id"], [])
        lists[row["task_id"]].append(shown)
    return lists


def _history(annotation_ids: list[int]) -> Lists:
    lists: Lists = defaultdict(list)
    for version in AnnotationVersion.objects.filter(annotation__in=annotation_ids).order_by("number"):
        lists[version.annotation_id].append(
            {
                "number": version.number,
                "action": version.action,
                "result": version.result,
                "created_at": iso(version.created_at),
                "created_by": version.created_by_id,
            }
        )
    return lists


def _predictions(span: Q, options: DocumentOptions) -> Lists:
    lists: Lists = defaultdict(list)
    found = Prediction.objects.filter(span).order_by("task_id", "pk")
    if not options.whole_predictions:
        for task_id, prediction_id in found.values_list("task_id", "pk"):
            lists[task_id].append(prediction_id)
        return lists
    for row in queries.prediction_rows(found):
        lists[row["task_id"]].append(documents.prediction_json(row))
    return lists


def _drafts(span: Q, options: DocumentOptions) -> Lists:
    lists: Lists = defaultdict(list)
    found = Draft.objects.filter(span).order_by("task_id", "pk")
    if not options.whole_drafts:
        for task_id, draft_id in found.values_list("task_id", "pk"):
            lists[task_id].append(draft_id)
        return lists
    for row in queries.draft_rows(found):
        lists[row["task_id"]].append(documents.draft_json(row))
    return lists
