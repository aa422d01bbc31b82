"""Routes of the label stream: next task, history; and of the project's summary."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router

from postil.accounts.access import actor, needs
from postil.accounts.documents import user_simple
from postil.accounts.models import User
from postil.accounts.permissions import Permission
from postil.accounts.shapes import UserSimple
from postil.infra.http import read_body
from postil.projects.access import get_project
from postil.tasks import queries, reading, shapes, summary
from postil.tasks.answering import answer
from postil.tasks.next_task.hand_out import history, next_task
from postil.tasks.ports import PORTS

router = Router(tags=["Label stream"])
QUESTION_KEYS = ("filters", "ordering", "selectedItems")


@router.get("/projects/{int:project_id}/next/", operation_id="api_projects_next_read")
@needs(Permission.ANNOTATION_CREATE)
def read_next(
    request: HttpRequest, project_id: int, after: int | None = None
) -> Annotated[HttpResponse, shapes.NextTask]:
    """Hand out the next task, reserved for the caller; `after`: the task they are at, to fetch the one that follows.

    A body with `filters`, `ordering` or `selectedItems` leaves only the tasks that they mean, in their order.
    """
    who = actor(request)
    project = get_project(who, project_id)
    question = read_body(request)
    is_choice = isinstance(question, dict) and any(question.get(key) for key in QUESTION_KEYS)
    chosen = PORTS.asked_tasks(who, project, question) if is_choice else None
    return answer(reading.handed_out_json(who, project, next_task(project, who, chosen=chosen, after=after)))


@router.get("/projects/{int:project_id}/label-stream-history/", operation_id="api_projects_label_stream_history_list")
@needs(Permission.ANNOTATION_CREATE)
def list_history(request: HttpRequest, project_id: int) -> list[shapes.HistoryItem]:
    """List the tasks that the caller was handed, oldest first."""
    who = actor(request)
    return history(get_project(who, project_id), who.user)


@router.get("/projects/{int:project_id}/annotators/", operation_id="api_projects_annotators_list")
@needs(Permission.PROJECT_VIEW)
def list_annotators(request: HttpRequest, project_id: int) -> list[UserSimple]:
    """List who has annotated in the project."""
    ids = queries.annotators_of(get_project(actor(request), project_id))
    return [user_simple(user) for user in User.objects.filter(pk__in=ids).order_by("pk")]


@router.get("/projects/{int:project_id}/summary/", operation_id="api_projects_summary_read")
@needs(Permission.PROJECT_VIEW)
def read_summary(request: HttpRequest, project_id: int) -> shapes.Summary:
    """Return which data keys, controls and labels are in use, and how often."""
    return summary.summary_json(get_project(actor(request), project_id))


@router.post(
    "/projects/{int:project_id}/summary/reset/", response={200: None}, operation_id="api_projects_summary_reset_create"
)
@needs(Permission.PROJECT_CHANGE)
def reset_summary(request: HttpRequest, project_id: int) -> HttpResponse:
    """Count everything anew. Counts are never off here; the address stays for scripts that call it."""
    get_project(actor(request), project_id, Permission.PROJECT_CHANGE)
    return HttpResponse(b"", content_type="text/plain")
