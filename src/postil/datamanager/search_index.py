"""Keeps the words of each project for full-text search, from the first time that somebody searches.

Nothing is written while tasks are imported or labeled. Who searches first has a job read everything; afterwards what is
new is read when somebody searches again: new tasks and annotations are found by their ids, changed annotations by the
versions that changes leave. Data that is changed is read at once.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from postil.core.errors import Conflict
from postil.datamanager.jobs import PrepareSearch
from postil.datamanager.models import SearchState
from postil.infra.db import is_postgres, one_at_a_time
from postil.infra.jobs import NullRun, Run, enqueue
from postil.infra.models import Job, JobState
from postil.infra.text_index import (
    complete_word_index,
    create_word_index,
    drop_word_index,
    known_ids,
    store_words,
)
from postil.labeling.words import words_of_data, words_of_result
from postil.projects.models import Project
from postil.tasks.events import TaskDataChanged, TasksCreated
from postil.tasks.models import Annotation, AnnotationVersion, Task

BATCH = 1_000
# So much is read while somebody waits; more is the work of a job.
AT_ONCE = 3_000
# Ids are given before a transaction ends: the last ones are looked for again.
LOOKED_AT_AGAIN = 500
WAITS = "The texts of this project are being read for searching. Try again in a moment."


def ensure_search(project: Project) -> SearchState:
    """Bring the index of a project up to date; raises `Conflict` while a job does it, because there is much to do."""
    state = SearchState.objects.filter(pk=project.pk).first() or SearchState(project_id=project.pk)
    if _has_little_to_do(state):
        read_words(project.pk, NullRun())
        return state
    running = Job.objects.filter(
        project_id=project.pk, kind="prepare_search", state__in=(JobState.QUEUED, JobState.RUNNING)
    )
    if not running.exists():
        with transaction.atomic():
            enqueue(
                PrepareSearch(project_id=project.pk), who=None, organization_id=project.organization_id,
                project_id=project.pk, unit="tasks",
            )  # fmt: skip
    raise Conflict(WAITS)


def _has_little_to_do(state: SearchState) -> bool:
    tasks = Task.objects.filter(project=state.project_id, pk__gt=state.last_task_id)
    annotations = Annotation.objects.filter(project=state.project_id, pk__gt=state.last_annotation_id)
    return all(rows.order_by()[: AT_ONCE + 1].count() <= AT_ONCE for rows in (tasks, annotations))


def read_as_job(spec: PrepareSearch, run: Run) -> dict[str, Any]:
    """Read everything that nobody read."""
    return {"read": read_words(spec.project_id, run)}


def read_words(project_id: int, run: Run) -> int:
    """Read the words of new and changed tasks and annotations in batches; returns how many were read."""
    total = Task.objects.filter(project=project_id).count() if not isinstance(run, NullRun) else None
    read = 0
    is_first = True
    while True:
        with transaction.atomic():
            one_at_a_time(f"search.{project_id}")
            state = _started(project_id)
            count = _read_tasks(state, again=is_first) + _read_annotations(state, again=is_first)
            if is_first:
                count += _read_changed(state)
            if count < BATCH and not state.is_ready:
                complete_word_index(state.task_index)
                complete_word_index(state.annotation_index)
                state.is_ready = True
            state.save()
        is_first = False
        read += count
        run.progress(read, total)
        if count < BATCH:
            return read


def _started(project_id: int) -> SearchState:
    state = SearchState.objects.filter(pk=project_id).first()
    if state is None:
        state = SearchState(project_id=project_id)
        create_word_index(state.task_index)
        create_word_index(state.annotation_index)
        # Changes of annotations that are still to be read are read with them.
        state.last_version_id = AnnotationVersion.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return state


def _read_tasks(state: SearchState, *, again: bool) -> int:
    tasks = Task.all_objects.filter(project=state.project_id).order_by("pk")
    ids = list(tasks.filter(pk__gt=state.last_task_id).values_list("pk", flat=True)[:BATCH])
    late = _missed(state.task_index, tasks.filter(pk__lte=state.last_task_id)) if again else []
    store_tasks(state, late + ids)
    state.last_task_id = ids[-1] if ids else state.last_task_id
    return len(ids)


def _read_annotations(state: SearchState, *, again: bool) -> int:
    annotations = Annotation.all_objects.filter(project=state.project_id).order_by("pk")
    ids = list(annotations.filter(pk__gt=state.last_annotation_id).values_list("pk", flat=True)[:BATCH])
    late = _missed(state.annotation_index, annotations.filter(pk__lte=state.last_annotation_id)) if again else []
    _store_annotations(state, late + ids)
    state.last_annotation_id = ids[-1] if ids else state.last_annotation_id
    return len(ids)


def _missed(index: str, rows: Any) -> list[int]:
    """Return ids that were given before the last one read, and became visible after it."""
    if not is_postgres():
        return []  # one writer at a time: ids become visible in their order
    ids = list(rows.order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT_AGAIN])
    return sorted(set(ids) - known_ids(index, ids)) if ids else []


def _read_changed(state: SearchState) -> int:
    newest = AnnotationVersion.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if newest == state.last_version_id:
        return 0
    versions = AnnotationVersion.objects.filter(pk__gt=max(0, state.last_version_id - LOOKED_AT_AGAIN))
    found = versions.filter(annotation__project=state.project_id, annotation__lte=state.last_annotation_id)
    ids = list(found.order_by("annotation_id").values_list("annotation_id", flat=True).distinct())
    for start in range(0, len(ids), BATCH):
        _store_annotations(state, ids[start : start + BATCH])
    state.last_version_id = newest
    return 0


def store_tasks(state: SearchState, ids: list[int]) -> None:
    """Keep the words of these tasks as they are now."""
    rows = Task.all_objects.filter(pk__in=ids).values_list("pk", "data")
    store_words(state.task_index, [(pk, words_of_data(data)) for pk, data in rows])


def _store_annotations(state: SearchState, ids: list[int]) -> None:
    rows = Annotation.all_objects.filter(pk__in=ids).values_list("pk", "result")
    store_words(state.annotation_index, [(pk, words_of_result(result)) for pk, result in rows])


def data_changed(event: TaskDataChanged) -> None:
    """Read changed data again, if somebody ever searched in the project."""
    state = SearchState.objects.filter(pk=event.project_id).first()
    if state is not None:
        store_tasks(state, [pk for pk in event.task_ids if pk <= state.last_task_id])


def tasks_came(event: TasksCreated) -> None:
    """Look again at ids that were given long before they became visible: large imports beside other writes."""
    if not is_postgres() or not event.task_ids:
        return
    first = min(event.task_ids)
    passed = SearchState.objects.filter(pk=event.project_id, last_task_id__gte=first)
    if passed.update(last_task_id=first - 1):
        oldest = Annotation.all_objects.filter(project=event.project_id, task_id__gte=first).aggregate(oldest=Min("pk"))
        later = SearchState.objects.filter(pk=event.project_id, last_annotation_id__gte=oldest["oldest"] or 0)
        if oldest["oldest"] is not None:
            later.update(last_annotation_id=oldest["oldest"] - 1)


def clear_searches() -> int:
    """Remove the indexes of projects that are gone; returns how many."""
    states = list(SearchState.objects.all())
    gone = [state for state in states if not Project.all_objects.filter(pk=state.pk).exists()]
    for state in gone:
        drop_word_index(state.task_index)
        drop_word_index(state.annotation_index)
        state.delete()
    return len(gone)
