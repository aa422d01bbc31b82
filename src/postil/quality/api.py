"""Routes of state histories, of agreement, and of the dashboard."""

from django.http import HttpRequest
from ninja import Router

from postil.accounts.access import Actor, actor, needs
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound
from postil.infra.shapes import Page
from postil.projects.access import get_project
from postil.quality import actions, dashboard, queries, schemas, shapes
from postil.quality.actions import Subject
from postil.quality.enums import Kind
from postil.quality.queries import Step
from postil.tasks.access import get_annotation, get_task

router = Router(tags=["States"])


@router.get("/projects/{int:project_id}/dashboard/", operation_id="api_projects_dashboard_read", tags=["Projects"])
@needs(Permission.PROJECT_VIEW)
def read_dashboard(request: HttpRequest, project_id: int, days: int = 30, time_zone: str = "UTC") -> shapes.Dashboard:
    """Return progress, people, activity, labels in use, and when the work will be done."""
    who = actor(request)
    return dashboard.dashboard_json(who, get_project(who, project_id), days=days, time_zone=time_zone)


@router.get("/tasks/{int:task_id}/agreement/", operation_id="api_tasks_agreement_read", tags=["Tasks"])
@needs(Permission.ANNOTATION_VIEW_ALL)
def read_agreement(request: HttpRequest, task_id: int) -> shapes.Agreement:
    """Return how the answers of different people to one task are spread."""
    return schemas.distributions_json(queries.results_on(get_task(actor(request), task_id)))


@router.get("/fsm/entities/{str:kind}/{int:object_id}/history/", operation_id="fsm_entities_history")
@needs(Permission.TASK_VIEW)
def read_history(request: HttpRequest, kind: str, object_id: int) -> Page[shapes.StateRecord]:
    """Return the states that a project, task or annotation went through, newest first."""
    _, steps = _look(actor(request), kind, object_id)
    shown = schemas.asked_for(steps, request)
    return {"count": len(shown), "next": None, "previous": None, "results": [schemas.step_json(step) for step in shown]}


@router.post("/fsm/entities/{str:kind}/{int:object_id}/transition/", operation_id="fsm_entities_transition")
@needs(Permission.TASK_CHANGE)
def declare(request: HttpRequest, kind: str, object_id: int, payload: schemas.TransitionIn) -> shapes.Transition:
    """Declare a project or task to be in another state."""
    who = actor(request)
    subject, _ = _look(who, kind, object_id)
    row = actions.declare_state(
        who=who, subject=subject, name=payload.transition_name, data=payload.transition_data or {}
    )
    record = schemas.step_json(queries.declared_step(row))
    return {"success": True, "new_state": row.state, "state_record": record}


def _look(who: Actor, kind: str, object_id: int) -> tuple[Subject, list[Step]]:
    """Return the object with its history; raises `NotFound` for what one may not see."""
    if kind == Kind.PROJECT:
        project = get_project(who, object_id)
        steps = queries.project_history(project)
    elif kind == Kind.TASK:
        task = get_task(who, object_id)
        project, steps = task.project, queries.task_history(task)
    elif kind == Kind.ANNOTATION:
        annotation = get_annotation(who, object_id)
        project, steps = annotation.project, queries.annotation_history(annotation)
    else:
        raise NotFound(f"There are no states of {kind[:50]!r}. Known are: {', '.join(Kind)}.")
    return Subject(Kind(kind), object_id, project, steps[0].state), steps
