"""Puts together what one answer shows: a task with everything on it, a task as it is handed out."""

from typing import Any

import orjson

from postil.accounts.access import Actor
from postil.accounts.models import User
from postil.accounts.permissions import Permission
from postil.projects.models import Project
from postil.tasks import documents, queries
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.next_task.hand_out import HandedOut
from postil.tasks.ports import PORTS, resolved

Row = dict[str, Any]


def task_row(task_id: int, project: Project, *, resolve_uri: bool = False) -> Row:
    """Return one task as a plain row."""
    row: Row = queries.task_rows(Task.objects.filter(pk=task_id)).get()
    if resolve_uri:
        row["raw_data"] = resolved(project, task_id, row["raw_data"])
    return row


def task_detail(who: Actor, task: Task, *, resolve_uri: bool = True) -> Row:
    """Return the data manager's form of one task with everything that `who` may see of it."""
    project = task.project
    opened(project, task)
    row = task_row(task.pk, project, resolve_uri=resolve_uri)
    if row["file_upload_id"]:
        names = PORTS.upload_names([row["file_upload_id"]])
        row["file_upload_name"] = names.get(row["file_upload_id"])
    annotations = Annotation.objects.filter(task=task)
    drafts = Draft.objects.filter(task=task)
    if not who.may(Permission.ANNOTATION_VIEW_ALL):
        annotations, drafts = annotations.filter(completed_by=who.user), drafts.filter(user=who.user)
    predictions = Prediction.objects.filter(task=task)
    return documents.detail_json(
        row,
        list(queries.annotation_rows(annotations.order_by("pk"))) if has_annotations(row) else [],
        list(queries.prediction_rows(predictions.order_by("pk"))) if row["prediction_count"] else [],
        list(queries.draft_rows(drafts.order_by("pk"))),
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


def handed_out_json(who: Actor, project: Project, found: HandedOut) -> Row:
    """Return a task in the form in which it is handed to an annotator."""
    if PORTS.predictors and project.show_collab_predictions:
        for predict in PORTS.predictors:
            predict(project, [found.task_id])
    row = task_row(found.task_id, project, resolve_uri=True)
    predictions = queries.shown_predictions(project, Prediction.objects.filter(task_id=found.task_id))
    drafts = Draft.objects.filter(task_id=found.task_id, user=who.user)
    return documents.next_json(
        row,
        list(queries.prediction_rows(predictions.order_by("pk")))
        if row["prediction_count"] or PORTS.predictors
        else [],
        list(queries.draft_rows(drafts.order_by("pk"))),
        lock_id=str(found.lock.unique_id),
        queue=found.queue,
    )


def annotation_json(annotation_id: int, *, expand: bool = False) -> Row:
    """Return one annotation as the API shows it."""
    row: Row = queries.annotation_rows(Annotation.objects.filter(pk=annotation_id)).get()
    shown = documents.annotation_json(row)
    return {**shown, "completed_by": documents.author_json(row)} if expand else shown


def new_annotation_json(annotation: Annotation, sender: User) -> Row:
    """Return an annotation that was just stored, without reading it again when it is the sender's own."""
    if annotation.completed_by_id != sender.pk:
        return annotation_json(annotation.pk)
    row = {name: getattr(annotation, name) for name in queries.ANNOTATION_COLUMNS if not name.startswith("raw_")}
    row["raw_result"] = None if annotation.result is None else orjson.dumps(annotation.result).decode()
    author = {name: getattr(sender, name) for name in ("email", "first_name", "last_name")}
    return documents.annotation_json({**row, **author})


def draft_json(draft_id: int) -> Row:
    """Return one draft as the API shows it."""
    return documents.draft_json(queries.draft_rows(Draft.objects.filter(pk=draft_id)).get())


def prediction_json(prediction_id: int) -> Row:
    """Return one prediction as the API shows it."""
    return documents.prediction_json(queries.prediction_rows(Prediction.objects.filter(pk=prediction_id)).get())
