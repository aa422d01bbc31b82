"""The only way from a person and an id to a task and what hangs on it."""

from postil.accounts.access import Actor, anybody, reach_of, require, slots_of
from postil.accounts.permissions import Permission
from postil.core.errors import Forbidden, NotFound
from postil.infra.prepared import PreparedRows, Slot
from postil.tasks import queries
from postil.tasks.models import Annotation, Draft, Prediction, Task

NO_TASK = "No Task matches the given query."

_TASK = PreparedRows[Task](
    lambda reach: queries.visible_tasks(anybody(reach)).select_related("project").filter(pk=Slot("task"))
)
_TASK_KEY = PreparedRows[Task](
    lambda reach: queries.visible_tasks(anybody(reach)).only("pk", "project_id").filter(pk=Slot("task"))
)


def get_task(who: Actor, task_id: int, can: Permission | None = None) -> Task:
    """Return the task with its project if `who` may see it; to others it does not exist."""
    task = _TASK.first(reach_of(who), task=task_id, **slots_of(who))
    if task is None:
        raise NotFound(NO_TASK)
    if can is not None:
        require(who, can)
    return task


def get_task_key(who: Actor, task_id: int) -> Task:
    """Return the task with nothing but its own and its project's id: for those who load it again under a lock."""
    task = _TASK_KEY.first(reach_of(who), task=task_id, **slots_of(who))
    if task is None:
        raise NotFound(NO_TASK)
    return task


def get_trashed_task(who: Actor, task_id: int) -> Task:
    """Return a task that lies in the trash."""
    try:
        return queries.trashed_tasks(who).select_related("trash").get(pk=task_id)
    except Task.DoesNotExist:
        raise NotFound(NO_TASK) from None


def get_annotation(who: Actor, annotation_id: int, can: Permission | None = None) -> Annotation:
    """Return the annotation with task and project if `who` may see it; to others it does not exist.

    With `can` one must be its author or have this right.
    """
    try:
        annotation = queries.visible_annotations(who).select_related("task", "project").get(pk=annotation_id)
    except Annotation.DoesNotExist:
        raise NotFound("No Annotation matches the given query.") from None
    if can is not None and annotation.completed_by_id != who.user.pk:
        require(who, can)
    return annotation


def get_trashed_annotation(who: Actor, annotation_id: int) -> Annotation:
    """Return an annotation that lies in the trash."""
    try:
        return queries.trashed_annotations(who).select_related("trash").get(pk=annotation_id)
    except Annotation.DoesNotExist:
        raise NotFound("No Annotation matches the given query.") from None


def get_prediction(who: Actor, prediction_id: int, can: Permission | None = None) -> Prediction:
    """Return the prediction if `who` may see its task; to others it does not exist."""
    try:
        prediction = queries.visible_predictions(who).select_related("task", "project").get(pk=prediction_id)
    except Prediction.DoesNotExist:
        raise NotFound("No Prediction matches the given query.") from None
    if can is not None:
        require(who, can)
    return prediction


def get_draft(who: Actor, draft_id: int, *, to_change: bool = False) -> Draft:
    """Return the draft if `who` may see it; only its owner may change it."""
    try:
        draft = queries.visible_drafts(who).select_related("task", "task__project", "annotation").get(pk=draft_id)
    except Draft.DoesNotExist:
        raise NotFound("No AnnotationDraft matches the given query.") from None
    if to_change and draft.user_id != who.user.pk:
        raise Forbidden("This draft belongs to somebody else.")
    return draft
