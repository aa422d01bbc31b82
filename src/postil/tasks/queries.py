"""Reads of tasks and what hangs on them."""

from typing import Any

from django.db.models import F, Q, QuerySet

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.infra.db import RawJson
from postil.projects.models import Project
from postil.projects.ports import shows_live_model
from postil.projects.queries import visible_projects
from postil.tasks.models import Annotation, AnnotationVersion, Draft, Prediction, Task

TASK_COLUMNS = (
    "id", "raw_data", "raw_meta", "overlap", "is_labeled", "inner_id", "file_upload_id", "updated_by_id", "allow_skip",
    "annotation_count", "cancelled_annotation_count", "prediction_count", "completed_at", "created_at", "updated_at",
    "project_id",
)  # fmt: skip
ANNOTATION_COLUMNS = (
    "id", "task_id", "completed_by_id", "lead_time", "raw_result", "raw_prediction", "result_count", "unique_id",
    "was_cancelled", "ground_truth", "created_at", "updated_at", "draft_created_at", "import_id", "last_action",
    "bulk_created", "project_id", "updated_by_id", "parent_prediction_id", "parent_annotation_id",
    "last_created_by_id", "revision",
)  # fmt: skip
PREDICTION_COLUMNS = (
    "id", "task_id", "model_version", "score", "raw_result", "raw_neighbors", "cluster", "mislabeling", "created_at",
    "updated_at", "project_id",
)  # fmt: skip
DRAFT_COLUMNS = (
    "id", "task_id", "user_id", "raw_result", "lead_time", "was_postponed", "import_id", "created_at", "updated_at",
    "annotation_id", "revision",
)  # fmt: skip


def visible_tasks(who: Actor) -> QuerySet[Task]:
    """Return the tasks of projects that `who` may see."""
    return Task.objects.filter(project__in=visible_projects(who))


def trashed_tasks(who: Actor) -> QuerySet[Task]:
    """Return the tasks in the trash of projects that `who` may see."""
    return Task.all_objects.exclude(deleted_at=None).filter(project__in=visible_projects(who))


def visible_annotations(who: Actor) -> QuerySet[Annotation]:
    """Return the annotations that `who` may see: all for reviewers and above, else one's own."""
    found = Annotation.objects.filter(project__in=visible_projects(who), task__deleted_at=None)
    return found if who.may(Permission.ANNOTATION_VIEW_ALL) else found.filter(completed_by=who.user)


def trashed_annotations(who: Actor) -> QuerySet[Annotation]:
    """Return the annotations in the trash of projects that `who` may see."""
    return Annotation.all_objects.exclude(deleted_at=None).filter(project__in=visible_projects(who))


def visible_predictions(who: Actor) -> QuerySet[Prediction]:
    """Return the predictions of tasks that `who` may see."""
    return Prediction.objects.filter(project__in=visible_projects(who), task__deleted_at=None)


def visible_drafts(who: Actor) -> QuerySet[Draft]:
    """Return the drafts that `who` may see: all for reviewers and above, else one's own."""
    found = Draft.objects.filter(task__project__in=visible_projects(who), task__deleted_at=None)
    return found if who.may(Permission.ANNOTATION_VIEW_ALL) else found.filter(user=who.user)


def task_rows(tasks: QuerySet[Task]) -> Any:
    """Return tasks as plain rows with their JSON as stored text."""
    return tasks.annotate(raw_data=RawJson("data"), raw_meta=RawJson("meta")).values(*TASK_COLUMNS)


def annotation_rows(annotations: QuerySet[Annotation]) -> Any:
    """Return annotations as plain rows with their author's names and their JSON as stored text."""
    raw = {"raw_result": RawJson("result"), "raw_prediction": RawJson("prediction")}
    author = {name: F(f"completed_by__{name}") for name in ("email", "first_name", "last_name", "avatar")}
    return annotations.annotate(**raw, **author).values(*ANNOTATION_COLUMNS, *author)


def prediction_rows(predictions: QuerySet[Prediction]) -> Any:
    """Return predictions as plain rows with their JSON as stored text."""
    raw = {"raw_result": RawJson("result"), "raw_neighbors": RawJson("neighbors")}
    return predictions.annotate(**raw).values(*PREDICTION_COLUMNS)


def draft_rows(drafts: QuerySet[Draft]) -> Any:
    """Return drafts as plain rows with their author's names and their JSON as stored text."""
    author = {name: F(f"user__{name}") for name in ("email", "first_name", "last_name")}
    return drafts.annotate(raw_result=RawJson("result"), **author).values(*DRAFT_COLUMNS, *author)


def shown_predictions(project: Project, predictions: QuerySet[Prediction]) -> QuerySet[Prediction]:
    """Narrow predictions to those that annotators are shown: of the project's model version, if it names one."""
    if not project.show_collab_predictions:
        return predictions.none()
    if not project.model_version or shows_live_model(project):
        return predictions
    return predictions.filter(model_version=project.model_version)


def versions_of(annotation: Annotation) -> QuerySet[AnnotationVersion]:
    """Return the earlier states of an annotation, newest first."""
    return AnnotationVersion.objects.filter(annotation=annotation).select_related("created_by").order_by("-number")


def annotators_of(project: Project) -> QuerySet[Any]:
    """Return the ids of everybody who annotated in the project."""
    found = Annotation.objects.filter(project=project, task__deleted_at=None).exclude(completed_by=None)
    return found.values_list("completed_by", flat=True).distinct()


def has_result() -> Q:
    """Whether an annotation has a result, be it an empty one."""
    return Q(result__isnull=False)
