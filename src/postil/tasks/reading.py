"""Puts together what one answer shows: a task with everything on it, a task as it is handed out."""

from typing import Any

import orjson
from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.accounts.models import User
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound
from postil.infra.prepared import PreparedRows, Slot
from postil.projects.models import Project
from postil.tasks import documents, queries, shapes
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.next_task.hand_out import HandedOut
from postil.tasks.ports import PORTS, resolved

Row = dict[str, Any]

_TASK = PreparedRows[Row](lambda: queries.task_rows(Task.objects.filter(pk=Slot("task"))))
_ANNOTATIONS = PreparedRows[Row](
    lambda mine: queries.annotation_rows(_on_task(Annotation.objects.all(), "completed_by" if mine else ""))
)
_DRAFTS = PreparedRows[Row](lambda mine: queries.draft_rows(_on_task(Draft.objects.all(), "user" if mine else "")))
_PREDICTIONS = PreparedRows[Row](lambda: queries.prediction_rows(_on_task(Prediction.objects.all())))
_ANNOTATION = PreparedRows[Row](lambda: queries.annotation_rows(Annotation.objects.filter(pk=Slot("annotation"))))


def _on_task(rows: QuerySet[Any], person: str = "") -> QuerySet[Any]:
    """Return what hangs on a task, oldest first; with the name of a column only what is one person's."""
    return rows.filter(**({person: Slot("user")} if person else {}), task=Slot("task")).order_by("pk")


def task_row(task_id: int, project: Project, *, resolve_uri: bool = False) -> Row:
    """Return one task as a plain row."""
    row = _TASK.first(task=task_id)
    if row is None:
        raise NotFound("No Task matches the given query.")
    if resolve_uri:
        row["raw_data"] = resolved(project, task_id, row["raw_data"])
    return row


def task_detail(who: Actor, task: Task, *, resolve_uri: bool = True) -> shapes.TaskDetail:
    """Return the data manager's form of one task with everything that `who` may see of it."""
    project = task.project
    opened(project, task)
    row = task_row(task.pk, project, resolve_uri=resolve_uri)
    if row["file_upload_id"]:
        names = PORTS.upload_names([row["file_upload_id"]])
        row["file_upload_name"] = names.get(row["file_upload_id"])
    row["storage_filename"] = PORTS.object_names([task.pk]).get(task.pk)
    only_own = not who.may(Permission.ANNOTATION_VIEW_ALL)
    return documents.detail_json(
        row,
        _ANNOTATIONS.all(only_own, task=task.pk, user=who.user.pk) if has_annotations(row) else [],
        _PREDICTIONS.all(task=task.pk) if row["prediction_count"] else [],
        _DRAFTS.all(only_own, task=task.pk, user=who.user.pk),
        viewer=who.user,
    )


def has_annotations(row: Row) -> bool:
    """Whether the counters say that a task has annotations."""
    return bool(row["annotation_count"] or row["cancelled_annotation_count"])


def opened(project: Project, task: Task) -> None:
    """Let model servers predict for a task that is opened and has no prediction yet."""
    wanted = project.show_collab_predictions or project.evaluate_predictions_automatically
    if PORTS.predictors and wanted and not task.prediction_count:
        for predict in PORTS.predictors:
            predict(project, [task.pk])


def handed_out_json(who: Actor, project: Project, found: HandedOut) -> shapes.NextTask:
    """Return a task in the form in which it is handed to an annotator."""
    if PORTS.predictors and project.show_collab_predictions:
        for predict in PORTS.predictors:
            predict(project, [found.task_id])
    row = task_row(found.task_id, project, resolve_uri=True)
    return documents.next_json(
        row,
        _shown_predictions(project, found.task_id) if row["prediction_count"] else [],
        _DRAFTS.all(True, task=found.task_id, user=who.user.pk),
        lock_id=str(found.lock.unique_id),
        queue=found.queue,
    )


def _shown_predictions(project: Project, task_id: int) -> list[Row]:
    shown = queries.shown_predictions(project, Prediction.objects.filter(task_id=task_id))
    return list(queries.prediction_rows(shown.order_by("pk")))


def annotation_json(annotation_id: int, *, expand: bool = False) -> shapes.Annotation | shapes.AnnotationWithAuthor:
    """Return one annotation as the API shows it."""
    row = _ANNOTATION.first(annotation=annotation_id)
    if row is None:
        raise NotFound("No Annotation matches the given query.")
    return documents.annotation_with_author_json(row) if expand else documents.annotation_json(row)


def new_annotation_json(annotation: Annotation, sender: User) -> shapes.Annotation | shapes.AnnotationWithAuthor:
    """Return an annotation that was just stored, without reading it again when it is the sender's own."""
    if annotation.completed_by_id != sender.pk:
        return annotation_json(annotation.pk)
    row = {name: getattr(annotation, name) for name in queries.ANNOTATION_COLUMNS if not name.startswith("raw_")}
    row["raw_result"] = None if annotation.result is None else orjson.dumps(annotation.result).decode()
    author = {name: getattr(sender, name) for name in ("email", "first_name", "last_name")}
    return documents.annotation_json({**row, **author})


def draft_json(draft_id: int) -> shapes.Draft:
    """Return one draft as the API shows it."""
    return documents.draft_json(queries.draft_rows(Draft.objects.filter(pk=draft_id)).get())


def prediction_json(prediction_id: int) -> shapes.Prediction:
    """Return one prediction as the API shows it."""
    return documents.prediction_json(queries.prediction_rows(Prediction.objects.filter(pk=prediction_id)).get())
