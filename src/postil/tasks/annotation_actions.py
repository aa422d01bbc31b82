"""Writes of annotations: submit, skip, change, mark as ground truth, delete, restore. Every earlier state is kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db import IntegrityError, transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.accounts.models import Membership
from postil.accounts.permissions import Permission
from postil.core.clock import now
from postil.core.errors import Conflict, Forbidden, Invalid, NotFound
from postil.infra.events import emit
from postil.infra.expressions import IsAmong
from postil.infra.prepared import PreparedDelete, Slot, insert
from postil.projects.access import require_open
from postil.projects.models import TrashEntry
from postil.projects.trash import move_to_trash, open_entry
from postil.tasks.counts import Answer
from postil.tasks.enums import VersionAction
from postil.tasks.events import AnnotationCreated, AnnotationsDeleted, AnnotationUpdated
from postil.tasks.models import Annotation, AnnotationVersion, Draft, Prediction, Task, TaskLock
from postil.tasks.queries import shown_predictions
from postil.tasks.recount import counted
from postil.tasks.recount_many import counted_many

DUPLICATE = "An annotation with this unique_id exists already."
BATCH = 1_000
MayChange = Callable[[int], None]

_UNLOCK = PreparedDelete(lambda: TaskLock.objects.filter(task=Slot("task"), user=Slot("user")))


def always(_revision: int) -> None:
    """Let every revision be changed."""


class AnnotationFields(TypedDict, total=False):
    """What may be said of an annotation. `completed_by` is believed of managers only, who bring work of others."""

    result: list[dict[str, Any]] | None
    was_cancelled: bool
    ground_truth: bool
    lead_time: float | None
    unique_id: UUID
    parent_prediction_id: int | None
    parent_annotation_id: int | None
    completed_by_id: int | None
    draft_id: int
    import_id: int | None
    last_action: str | None
    bulk_created: bool


@transaction.atomic
def create_annotation(
    *, task: Task, who: Actor, fields: AnnotationFields, action: VersionAction = VersionAction.SUBMITTED
) -> Annotation:
    """Store what a person says about a task, and release their lock on it.

    What comes late, or over the overlap, is kept and marked. Raises `Conflict` for a `unique_id` that is known,
    `Forbidden` for somebody else's draft.
    """
    values = {name: value for name, value in fields.items() if name not in ("draft_id", "completed_by_id")}
    draft_id, author = fields.get("draft_id"), fields.get("completed_by_id")
    author_id = _author(who, author)
    _check_parents(task.project_id, fields)
    made: list[Answer] = []
    with counted(task.pk, editor=who.user, added=lambda: made[0] if made else None) as locked:
        require_open(who, locked.project)
        surplus = locked.is_labeled
        annotation = Annotation(
            task=locked,
            project=locked.project,
            completed_by_id=author_id,
            updated_by=who.user,
            last_created_by=who.user if author_id != who.user.pk else None,
            imported_by=who.user if author_id != who.user.pk else None,
            config_version_id=locked.project.config_version_id,
            result_count=_count(values.get("result")),
            is_surplus=surplus,
            draft_created_at=_take_draft(who, locked, draft_id),
            prediction=_snapshot(locked),
            revision_action=VersionAction.SKIPPED if values.get("was_cancelled") else action,
            **values,
        )
        _insert(annotation)
        if annotation.ground_truth:
            _only_ground_truth(annotation)  # changes others, so all are read again
        else:
            made.append(_answer(annotation))
    _UNLOCK.run(task=task.pk, user=who.user.pk)
    emit(
        AnnotationCreated(
            project_id=annotation.project_id,
            task_id=annotation.task_id,
            annotation_id=annotation.pk,
            is_ground_truth=annotation.ground_truth,
        )
    )
    return annotation


@transaction.atomic
def update_annotation(
    *,
    annotation: Annotation,
    who: Actor,
    fields: AnnotationFields,
    action: VersionAction = VersionAction.UPDATED,
    may_change: MayChange = always,
) -> Annotation:
    """Change what is named in `fields`; the state before is kept as a version. Drafts of the annotation are done with.

    The author stays who it was. Work of another person leaves an audit row. `may_change` is asked once the row is held.
    """
    _check_parents(annotation.project_id, fields)
    values = {name: value for name, value in fields.items() if name not in ("draft_id", "completed_by_id", "unique_id")}
    with counted(annotation.task_id, editor=who.user) as task:
        require_open(who, task.project)
        stored = _held(annotation)
        may_change(stored.revision)
        keep_version(stored)
        for name, value in values.items():
            setattr(stored, name, value)
        if "result" in values:
            stored.result_count = _count(stored.result)
        stored.revision += 1
        stored.revision_action = VersionAction.SKIPPED if values.get("was_cancelled") else action
        stored.updated_by = who.user
        stored.save()
        if stored.ground_truth:
            _only_ground_truth(stored)
        Draft.objects.filter(annotation=stored, user=who.user).delete()
    if stored.completed_by_id != who.user.pk:
        _note(who, "annotation.changed", stored, {"author": stored.completed_by_id, "fields": sorted(values)})
    emit(
        AnnotationUpdated(
            project_id=stored.project_id,
            task_id=stored.task_id,
            annotation_id=stored.pk,
            is_ground_truth=stored.ground_truth,
        )
    )
    return stored


def keep_version(annotation: Annotation) -> None:
    """Write the present state of an annotation down before it is changed."""
    AnnotationVersion.objects.create(
        annotation=annotation,
        number=annotation.revision,
        action=annotation.revision_action,
        result=annotation.result,
        was_cancelled=annotation.was_cancelled,
        ground_truth=annotation.ground_truth,
        lead_time=annotation.lead_time,
        config_version_id=annotation.config_version_id,
        created_by_id=annotation.updated_by_id or annotation.completed_by_id,
        created_at=annotation.updated_at,
    )


@transaction.atomic
def restore_version(
    *, annotation: Annotation, who: Actor, version: AnnotationVersion, may_change: MayChange = always
) -> Annotation:
    """Give an annotation an earlier state again, as a new version."""
    fields: AnnotationFields = {
        "result": version.result,
        "was_cancelled": version.was_cancelled,
        "ground_truth": version.ground_truth,
        "lead_time": version.lead_time,
    }
    return update_annotation(
        annotation=annotation, who=who, fields=fields, action=VersionAction.RESTORED, may_change=may_change
    )


@transaction.atomic
def delete_annotation(*, annotation: Annotation, who: Actor, may_change: MayChange = always) -> TrashEntry:
    """Put an annotation into the trash."""
    with counted(annotation.task_id, editor=who.user) as task:
        require_open(who, task.project)
        may_change(_held(annotation).revision)
        entry = open_entry(
            who=who,
            project=annotation.project,
            kind="annotation",
            object_id=annotation.pk,
            title=f"Annotation {annotation.pk} of task {annotation.task_id}",
            count=1,
        )
        move_to_trash(Annotation.objects.filter(pk=annotation.pk), entry=entry)
    _note(who, "annotation.deleted", annotation, {"author": annotation.completed_by_id})
    emit(AnnotationsDeleted(project_id=annotation.project_id, annotation_ids=(annotation.pk,)))
    return entry


@transaction.atomic
def restore_some_annotations(entry: TrashEntry) -> int | None:
    """Bring some annotations of one act of deleting back; returns how many, None when none are left.

    Raises `Conflict` if a task of theirs lies in the trash itself.
    """
    assert entry.project is not None
    found = Annotation.all_objects.filter(trash=entry).order_by("pk").values_list("pk", "task_id")[:BATCH]
    rows = dict(found)
    if not rows:
        return None
    task_ids = sorted(set(rows.values()))
    if Task.all_objects.filter(IsAmong("id", task_ids)).exclude(deleted_at=None).exists():
        raise Conflict("Restore the task first; this annotation belongs to it.")
    with counted_many(entry.project, task_ids):
        return Annotation.all_objects.filter(IsAmong("id", list(rows))).update(deleted_at=None, trash=None)


@transaction.atomic
def convert_to_draft(*, annotation: Annotation, who: Actor) -> Draft:
    """Turn an annotation into a draft of its author; the annotation goes to the trash."""
    draft = Draft.objects.create(
        task_id=annotation.task_id,
        user_id=annotation.completed_by_id or who.user.pk,
        result=annotation.result,
        lead_time=annotation.lead_time,
        import_id=annotation.import_id,
    )
    delete_annotation(annotation=annotation, who=who)
    return draft


def _answer(annotation: Annotation) -> Answer:
    """Return what counting needs to know of a stored annotation."""
    return Answer(
        annotation.completed_by_id,
        annotation.was_cancelled,
        annotation.ground_truth,
        annotation.result is not None,
        annotation.created_at,
    )


def _held(annotation: Annotation) -> Annotation:
    """Return the annotation as it is now, locked; raises `NotFound` if it was deleted meanwhile."""
    stored = Annotation.objects.select_for_update(of=("self",)).filter(pk=annotation.pk).first()
    if stored is None:
        raise NotFound("No Annotation matches the given query.")
    return stored


def _check_parents(project_id: int, fields: AnnotationFields) -> None:
    """Raise `Invalid` for a parent that is not in the project."""
    prediction_id, annotation_id = fields.get("parent_prediction_id"), fields.get("parent_annotation_id")
    if prediction_id is not None and not Prediction.objects.filter(pk=prediction_id, project=project_id).exists():
        raise Invalid.field("parent_prediction", f'Invalid pk "{prediction_id}" - object does not exist.')
    if annotation_id is not None and not Annotation.objects.filter(pk=annotation_id, project=project_id).exists():
        raise Invalid.field("parent_annotation", f'Invalid pk "{annotation_id}" - object does not exist.')


def _author(who: Actor, asked: int | None) -> int:
    """Return whose work it is: the sender's, unless a manager brings the work of another member."""
    if asked is None or asked == who.user.pk or not who.may(Permission.IMPORT):
        return who.user.pk
    if not Membership.objects.filter(organization=who.organization, user_id=asked).exists():
        raise Invalid.field("completed_by", f'Invalid pk "{asked}" - object does not exist.')
    return asked


def _take_draft(who: Actor, task: Task, draft_id: int | None) -> datetime | None:
    """Remove the draft that is submitted; returns when it was begun."""
    if not draft_id:
        return None
    drafts = Draft.objects.filter(pk=draft_id, task__project__organization=who.organization)
    draft = drafts.only("user_id", "task_id", "created_at").first()
    if draft is None:
        return None
    if draft.user_id != who.user.pk:
        raise Forbidden("This draft belongs to somebody else.")
    if draft.task_id != task.pk:
        raise Forbidden("This draft belongs to another task.")
    draft.delete()
    return draft.created_at


def _snapshot(task: Task) -> dict[str, Any]:
    """Return the prediction that was shown beside the task, as it was; empty if there was none."""
    if not task.prediction_count:
        return {}
    shown: Prediction | None = shown_predictions(task.project, task.predictions.order_by("-pk")).first()
    if shown is None:
        return {}
    return {
        "id": shown.pk,
        "result": shown.result,
        "score": shown.score,
        "model_version": shown.model_version,
        "created_at": shown.created_at.isoformat(),
    }


def _insert(annotation: Annotation) -> None:
    try:
        insert(annotation)
    except IntegrityError as error:  # the transaction is lost, and with it everything of this request
        if "unique_id" in str(error):
            raise Conflict(DUPLICATE) from None
        raise


def _only_ground_truth(annotation: Annotation) -> None:
    others = Annotation.objects.filter(task_id=annotation.task_id, ground_truth=True).exclude(pk=annotation.pk)
    others.update(ground_truth=False, updated_at=now())


def _count(result: object) -> int:
    return len(result) if isinstance(result, list) else 0


def _note(who: Actor, action: str, annotation: Annotation, details: dict[str, Any]) -> None:
    audit.record(
        who,
        action,
        object_type="annotation",
        object_id=annotation.pk,
        project_id=annotation.project_id,
        details=details,
    )
