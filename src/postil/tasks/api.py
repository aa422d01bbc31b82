"""Routes of tasks. Their list stands in `datamanager.api`, which knows filters and views."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from postil.accounts.access import Actor, actor, needs
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound
from postil.infra.http import bool_param, slice_of
from postil.infra.picking import picked
from postil.projects.access import get_project
from postil.projects.trash import entry_of, restore_entry
from postil.tasks import access, actions, documents, queries, reading, schemas, shapes
from postil.tasks.answering import answer
from postil.tasks.api_annotations import router as annotations_router
from postil.tasks.api_drafts import router as drafts_router
from postil.tasks.api_predictions import router as predictions_router
from postil.tasks.api_stream import router as stream_router
from postil.tasks.models import Prediction, Task

router = Router(tags=["Tasks"])
router.add_router("", annotations_router)
router.add_router("", drafts_router)
router.add_router("", predictions_router)
router.add_router("", stream_router)
PROJECT_PAGE = 50


@router.post("/tasks/", response={201: Any}, operation_id="api_tasks_create")
@needs(Permission.TASK_CREATE)
def create_task(request: HttpRequest, payload: schemas.TaskIn) -> Annotated[HttpResponse, shapes.TaskWritten]:
    """Add one task."""
    who = actor(request)
    project = get_project(who, payload.project, Permission.TASK_CREATE)
    task = actions.create_task(project=project, who=who, fields=payload.fields())
    return answer(documents.task_json(reading.task_row(task.pk, project)), 201)


@router.get("/tasks/{int:task_id}/", operation_id="api_tasks_read")
@needs(Permission.TASK_VIEW, lent=True)
def read_task(request: HttpRequest, task_id: int) -> Annotated[HttpResponse, shapes.TaskDetail]:
    """Return one task with its annotations, predictions and the caller's drafts."""
    who = actor(request)
    task = access.get_task(who, task_id)
    shown = reading.task_detail(who, task, resolve_uri=bool_param(request, "resolve_uri", default=True))
    return answer(picked(request, shown))


@router.api_operation(["PATCH", "PUT"], "/tasks/{int:task_id}/", operation_id="api_tasks_update")
@needs(Permission.TASK_CHANGE)
def update_task(
    request: HttpRequest, task_id: int, payload: schemas.TaskPatch
) -> Annotated[HttpResponse, shapes.TaskWithAnswers]:
    """Change what is sent; `data` is replaced as a whole."""
    who = actor(request)
    task = access.get_task(who, task_id, Permission.TASK_CHANGE)
    actions.update_task(task=task, who=who, fields=payload.fields())
    return answer(_with_answers(who, [reading.task_row(task_id, task.project)])[0])


@router.delete("/tasks/{int:task_id}/", response={204: None}, operation_id="api_tasks_delete")
@needs(Permission.TASK_DELETE)
def delete_task(request: HttpRequest, task_id: int) -> Status[Any]:
    """Put the task into the trash."""
    who = actor(request)
    task = access.get_task(who, task_id, Permission.TASK_DELETE)
    actions.delete_tasks(project=task.project, who=who, tasks=Task.objects.filter(pk=task.pk))
    return Status(204, None)


@router.post("/tasks/{int:task_id}/restore/", operation_id="api_tasks_restore")
@needs(Permission.TRASH)
def restore_task(request: HttpRequest, task_id: int) -> Annotated[HttpResponse, shapes.TaskWritten]:
    """Bring a task back from the trash, with what was deleted together with it."""
    who = actor(request)
    restore_entry(who=who, entry=entry_of(access.get_trashed_task(who, task_id)))
    return answer(documents.task_json(reading.task_row(task_id, access.get_task(who, task_id).project)))


@router.get("/projects/{int:project_id}/tasks/", operation_id="api_projects_tasks_list")
@needs(Permission.TASK_VIEW, lent=True)
def list_project_tasks(request: HttpRequest, project_id: int) -> Annotated[HttpResponse, list[shapes.TaskWithAnswers]]:
    """List the tasks of a project, newest first, as a bare list."""
    who = actor(request)
    project = get_project(who, project_id)
    tasks = Task.objects.filter(project=project).order_by("-pk")
    start, size = slice_of(request, default_size=PROJECT_PAGE)
    rows = list(queries.task_rows(tasks)[start : start + size])
    if not rows and (start or not size):
        raise NotFound("Invalid page.")
    return answer(picked(request, _with_answers(who, rows)))


@router.post("/projects/{int:project_id}/tasks/", response={201: Any}, operation_id="api_projects_tasks_create")
@needs(Permission.TASK_CREATE)
def create_project_task(
    request: HttpRequest, project_id: int, payload: schemas.ProjectTaskIn
) -> Annotated[HttpResponse, shapes.TaskWritten]:
    """Add one task to a project."""
    who = actor(request)
    project = get_project(who, project_id, Permission.TASK_CREATE)
    task = actions.create_task(project=project, who=who, fields=payload.fields())
    return answer(documents.task_json(reading.task_row(task.pk, project)), 201)


@router.delete("/projects/{int:project_id}/tasks/", response={204: None}, operation_id="api_projects_tasks_delete")
@needs(Permission.TASK_DELETE)
def delete_project_tasks(request: HttpRequest, project_id: int) -> Status[Any]:
    """Put all tasks of a project into the trash."""
    who = actor(request)
    project = get_project(who, project_id, Permission.TASK_DELETE)
    actions.delete_tasks(project=project, who=who, tasks=Task.objects.filter(project=project))
    return Status(204, None)


def _with_answers(who: Actor, rows: list[dict[str, Any]]) -> list[shapes.TaskWithAnswers]:
    """Return tasks in the write form with their annotations and predictions, in three statements."""
    ids = [row["id"] for row in rows]
    annotations: dict[int, list[Any]] = {task_id: [] for task_id in ids}
    predictions: dict[int, list[Any]] = {task_id: [] for task_id in ids}
    for row in queries.annotation_rows(queries.visible_annotations(who).filter(task__in=ids).order_by("pk")):
        annotations[row["task_id"]].append(documents.annotation_json(row))
    for row in queries.prediction_rows(Prediction.objects.filter(task__in=ids).order_by("pk")):
        predictions[row["task_id"]].append(documents.prediction_json(row))
    return [
        {**documents.task_json(row), "annotations": annotations[row["id"]], "predictions": predictions[row["id"]]}
        for row in rows
    ]
