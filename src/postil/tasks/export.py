"""Tasks as documents of an export: one JSON text a task, in the order of their ids, in constant memory.

The database writes most of the JSON. Tasks come in windows of ids; inside a window, tasks and what hangs on them are
read side by side in the order of the tasks, so that no more than a few rows are in memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Length

from postil.core.clock import iso
from postil.infra.db import RawJson
from postil.infra.json_text import Joined, JsonObject, Part
from postil.projects.models import Project
from postil.tasks.documents import draft_json, prediction_json
from postil.tasks.models import Annotation, AnnotationVersion, Draft, Prediction, Task
from postil.tasks.ports import PORTS
from postil.tasks.queries import draft_rows, prediction_rows

WINDOW = 5_000
LOOKED_AT = (
    "annotation_count", "cancelled_annotation_count", "prediction_count", "file_upload_id", "created_at", "updated_at",
)  # fmt: skip
BLOCK_BYTES = 8 * 1024 * 1024
REST = ',"comment_count":0,"unresolved_comment_count":0,"last_comment_updated_at":null,"comment_authors":[]}'
CHUNK = 100
Hanging = Iterator[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """How much of a task goes into its document. `annotations` chooses which of them."""

    annotations: Q = field(default_factory=Q)
    expand_authors: bool = False
    whole_predictions: bool = False
    whole_drafts: bool = True
    with_history: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Some tasks that follow each other. `is_bare`: nothing hangs on any of them, and they are small.

    The times are there if all tasks share them, as those of one import do: writing them costs as much as all the rest.
    """

    first: int
    last: int
    count: int
    is_bare: bool
    created_at: str | None
    updated_at: str | None


Progress = Callable[[int], None]


def export_documents(
    project: Project, tasks: QuerySet[Task], options: DocumentOptions, progress: Progress | None = None
) -> Iterator[bytes]:
    """Yield the JSON of every task of a project that `tasks` names, ordered by id.

    Call it inside `consistent_read`; `progress` hears how many were given so far, once a window.
    """
    for window in _windows(tasks, progress):
        yield from _window(project, tasks, window, options)


def export_blocks(
    project: Project, tasks: QuerySet[Task], options: DocumentOptions, progress: Progress | None = None
) -> Iterator[tuple[int, bytes]]:
    """Yield the same documents many at a time, joined by a comma and a line break, with their number."""
    for window in _windows(tasks, progress):
        if window.is_bare:
            rows = _between(tasks, window).annotate(text=_bare_document(window)).values("pk", "text")[: window.count]
            yield window.count, rows.aggregate(all=Joined("text", "pk"))["all"].encode()
            continue
        for block in _packed(_window(project, tasks, window, options)):
            yield len(block), b",\n".join(block)


def _packed(documents: Iterator[bytes]) -> Iterator[list[bytes]]:
    block: list[bytes] = []
    size = 0
    for document in documents:
        block.append(document)
        size += len(document)
        if size > BLOCK_BYTES:
            yield block
            block, size = [], 0
    if block:
        yield block


def _between(tasks: QuerySet[Task], window: Window) -> QuerySet[Task]:
    return tasks.filter(pk__gte=window.first, pk__lte=window.last).order_by("pk")


def _windows(tasks: QuerySet[Task], progress: Progress | None) -> Iterator[Window]:
    last, done = 0, 0
    while True:
        rows = tasks.filter(pk__gt=last).order_by("pk").annotate(size=Length(RawJson("data")))
        found = rows.values("pk", "size", *LOOKED_AT)[:WINDOW].aggregate(
            first=Min("pk"),
            last=Max("pk"),
            count=Count("pk"),
            bytes=Sum("size"),
            hanging=Max(F("annotation_count") + F("cancelled_annotation_count") + F("prediction_count")),
            uploads=Max("file_upload_id"),
            oldest=Min("created_at"),
            newest=Max("created_at"),
            first_change=Min("updated_at"),
            last_change=Max("updated_at"),
        )
        if not found["count"]:
            return
        yield _seen(found)
        last = found["last"]
        done += found["count"]
        if progress is not None:
            progress(done)


def _seen(found: dict[str, Any]) -> Window:
    first, last = found["first"], found["last"]
    is_bare = (
        found["bytes"] < BLOCK_BYTES
        and not found["hanging"]
        and found["uploads"] is None
        and not Draft.objects.filter(task_id__gte=first, task_id__lte=last).exists()
    )
    created = iso(found["newest"]) if found["oldest"] == found["newest"] else None
    updated = iso(found["last_change"]) if found["first_change"] == found["last_change"] else None
    return Window(first, last, found["count"], is_bare, created, updated)


def _bare_document(window: Window) -> JsonObject:
    return JsonObject(
        Part("id", F("id"), "number", is_set=True),
        *_task_parts(window.created_at, window.updated_at),
        end=f',"annotations":[],"drafts":[],"predictions":[]{REST}',
    )


def _window(project: Project, tasks: QuerySet[Task], window: Window, options: DocumentOptions) -> Iterator[bytes]:
    tasks = _between(tasks, window)
    within = {"task_id__gte": window.first, "task_id__lte": window.last}
    annotations = _Merge(
        _annotations(Annotation.objects.filter(options.annotations, project=project, **within), options)
    )
    predictions = _Merge(_predictions(Prediction.objects.filter(**within), options) if project.prediction_count else ())
    drafts = _Merge(_drafts(Draft.objects.filter(**within), options))
    rows = tasks.annotate(text=_task_text()).values_list("pk", "file_upload_id", "text")
    found = tasks.exclude(file_upload_id=None).order_by().values_list("file_upload_id", flat=True).distinct()
    upload_ids = {upload_id for upload_id in found if upload_id is not None}
    names = PORTS.upload_names(upload_ids) if upload_ids else {}
    for task_id, upload_id, text in rows.iterator(CHUNK):
        upload = f'"file_upload":{orjson.dumps(names[upload_id]).decode()},' if upload_id in names else ""
        yield (
            f'{{"id":{task_id},"annotations":[{annotations.of(task_id)}],{upload}"drafts":[{drafts.of(task_id)}],'
            f'"predictions":[{predictions.of(task_id)}],{text}'
        ).encode()


class _Merge:
    """Gives, task by task in their order, the texts that hang on each; rows of other tasks are skipped."""

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def of(self, task_id: int) -> str:
        """Return the texts of this task, joined by commas."""
        if self._next is None:
            return ""
        found: list[str] = []
        while self._next is not None and self._next[0] <= task_id:
            if self._next[0] == task_id:
                found.append(self._next[1])
            self._next = next(self._rows, None)
        return ",".join(found)


def _task_text() -> JsonObject:
    return JsonObject(*_task_parts(), begin="", end=REST)


def _task_parts(created_at: str | None = None, updated_at: str | None = None) -> list[Part]:
    return [
        Part("data", F("data"), "json", is_set=True),
        Part("meta", F("meta"), "json", empty="{}"),
        _moment("created_at", created_at),
        _moment("updated_at", updated_at),
        Part("allow_skip", F("allow_skip"), "boolean"),
        Part("inner_id", F("inner_id"), "number", is_set=True),
        Part("total_annotations", F("annotation_count"), "number", is_set=True),
        Part("cancelled_annotations", F("cancelled_annotation_count"), "number", is_set=True),
        Part("total_predictions", F("prediction_count"), "number", is_set=True),
        Part("project", F("project_id"), "number", is_set=True),
        Part("updated_by", F("updated_by_id"), "number"),
    ]


def _moment(key: str, known: str | None) -> Part:
    if known is None:
        return Part(key, F(key), "moment", is_set=True)
    return Part(key, Value(f'"{known}"', output_field=TextField()), "object", is_set=True)


def _annotation_parts(options: DocumentOptions) -> list[Part]:
    author = Part("completed_by", F("completed_by_id"), "number")
    if options.expand_authors:
        person = JsonObject(
            Part("id", F("completed_by_id"), "number"),
            Part("email", F("completed_by__email"), "text"),
            Part("first_name", F("completed_by__first_name"), "text"),
            Part("last_name", F("completed_by__last_name"), "text"),
        )
        author = Part("completed_by", person, "object", is_set=True)
    return [
        Part("id", F("id"), "number", is_set=True),
        author,
        Part("result", F("result"), "json"),
        Part("was_cancelled", F("was_cancelled"), "boolean", is_set=True),
        Part("ground_truth", F("ground_truth"), "boolean", is_set=True),
        Part("created_at", F("created_at"), "moment", is_set=True),
        Part("updated_at", F("updated_at"), "moment", is_set=True),
        Part("draft_created_at", F("draft_created_at"), "moment"),
        Part("prediction", F("prediction"), "json", empty="{}"),
        Part("result_count", F("result_count"), "number", is_set=True),
        Part("unique_id", F("unique_id"), "uuid"),
        Part("import_id", F("import_id"), "number"),
        Part("last_action", F("last_action"), "text"),
        Part("bulk_created", F("bulk_created"), "boolean"),
        Part("task", F("task_id"), "number", is_set=True),
        Part("project", F("project_id"), "number", is_set=True),
        Part("updated_by", F("updated_by_id"), "number"),
        Part("parent_prediction", F("parent_prediction_id"), "number"),
        Part("parent_annotation", F("parent_annotation_id"), "number"),
        Part("last_created_by", F("last_created_by_id"), "number"),
    ]


def _annotations(annotations: QuerySet[Annotation], options: DocumentOptions) -> Hanging:
    # The lead time is written here: databases round floating numbers in text.
    text = JsonObject(*_annotation_parts(options), end=',"lead_time":')
    rows = annotations.order_by("task_id", "pk").annotate(text=text).values_list("task_id", "pk", "text", "lead_time")
    for task_id, annotation_id, begin, lead_time in rows.iterator(CHUNK):
        spent = "null" if lead_time is None else orjson.dumps(lead_time).decode()
        history = f',"history":{_history(annotation_id)}' if options.with_history else ""
        yield task_id, f"{begin}{spent}{history}}}"


def _history(annotation_id: int) -> str:
    versions = AnnotationVersion.objects.filter(annotation_id=annotation_id).order_by("number")
    rows = versions.annotate(raw=RawJson("result")).values("number", "action", "raw", "created_at", "created_by_id")
    return orjson.dumps(
        [
            {
                "number": row["number"],
                "action": row["action"],
                "result": orjson.Fragment(row["raw"] or "null"),
                "created_at": iso(row["created_at"]),
                "created_by": row["created_by_id"],
            }
            for row in rows
        ]
    ).decode()


def _predictions(predictions: QuerySet[Prediction], options: DocumentOptions) -> Hanging:
    ordered = predictions.order_by("task_id", "pk")
    if not options.whole_predictions:
        for task_id, prediction_id in ordered.values_list("task_id", "pk").iterator(CHUNK):
            yield task_id, str(prediction_id)
        return
    for row in prediction_rows(ordered).iterator(CHUNK):
        yield row["task_id"], orjson.dumps(prediction_json(row)).decode()


def _drafts(drafts: QuerySet[Draft], options: DocumentOptions) -> Hanging:
    ordered = drafts.order_by("task_id", "pk")
    if not options.whole_drafts:
        for task_id, draft_id in ordered.values_list("task_id", "pk").iterator(CHUNK):
            yield task_id, str(draft_id)
        return
    for row in draft_rows(ordered).iterator(CHUNK):
        yield row["task_id"], orjson.dumps(draft_json(row)).decode()
