"""Reads of exports: which tasks, and the snapshots of a project."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from postil.exports.models import Export
from postil.exports.options import AnnotationFilter, TaskFilter
from postil.infra.expressions import IsAmong
from postil.projects.models import Project
from postil.tasks.models import Annotation, Task

LIST_LENGTH = 100


def exports_of(project: Project) -> QuerySet[Export]:
    """Return the newest snapshots of a project."""
    found = Export.objects.filter(project=project).select_related("created_by").prefetch_related("converted_formats")
    return found.order_by("-pk")[:LIST_LENGTH]


def exported_tasks(project: Project, wanted: TaskFilter, kept: AnnotationFilter) -> QuerySet[Task]:
    """Return the tasks of a project that an export holds."""
    found = Task.objects.filter(project=project)
    if wanted.ids is not None:
        found = found.filter(IsAmong("id", wanted.ids))
    annotations = Annotation.objects.filter(task_id=OuterRef("pk"))
    useful = annotations.filter(was_cancelled=False)
    for choice, condition in (
        (wanted.skipped, Q(Exists(annotations.filter(was_cancelled=True)))),
        (wanted.finished, Q(is_labeled=True)),
        (wanted.annotated, Q(Exists(useful))),
    ):
        if choice is not None:
            found = found.filter(condition if choice == "only" else ~condition)
    if wanted.has_any_annotation:
        found = found.filter(Q(annotation_count__gt=0) | Q(cancelled_annotation_count__gt=0))
    if wanted.only_with_annotations:
        found = found.filter(Exists(annotations.filter(kept_annotations(kept))))
    return found.order_by("pk")


def kept_annotations(kept: AnnotationFilter) -> Q:
    """Return which annotations an export holds."""
    people = Q(completed_by__in=kept.annotators) if kept.annotators else Q()
    if not kept.has_kinds:
        return people
    found = Q(pk__in=[])
    if kept.usual:
        found |= Q(was_cancelled=False, ground_truth=False)
    if kept.ground_truth:
        found |= Q(ground_truth=True)
    if kept.skipped:
        found |= Q(was_cancelled=True)
    return found & people
