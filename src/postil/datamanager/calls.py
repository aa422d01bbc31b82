"""Runs bulk actions: finds the action, checks the rights and the selection, then does it now or lets a job do it."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from postil.accounts.access import Actor, require
from postil.core.errors import Conflict, Invalid, NotFound, Unprocessable
from postil.datamanager import bulk_runs, shapes
from postil.datamanager.access import get_view
from postil.datamanager.bulk_action import BulkAction, Call, action_json
from postil.datamanager.bulk_actions import ACTIONS
from postil.datamanager.jobs import RunBulkAction, UndoBulkAction
from postil.datamanager.models import BulkRun
from postil.infra.jobs import NullRun, enqueue, job_json, wait
from postil.infra.models import Job, JobState
from postil.projects.access import get_project
from postil.projects.models import Project
from postil.tasks.models import Annotation, Prediction

NO_SELECTION = 'Say which tasks are meant: send selectedItems ({"all": true} means every task), filters or a view.'
# So many tasks are done inside the request, all or nothing; more are the work of a job.
SMALL = 2_000
WAIT_S = 540.0
MODES = ("", "job", "preview")

Answer = tuple[int, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says about an action."""

    project_id: int | None
    view_id: int | None
    body: dict[str, Any]
    mode: str = ""


def find_action(action_id: str | None) -> BulkAction:
    """Return the action; raises `Unprocessable` without an id and `NotFound` for an unknown one."""
    if not action_id:
        raise Unprocessable("Say which action is meant: ?id=<action>.")
    if action_id not in ACTIONS:
        raise NotFound(f"There is no action {action_id!r}.")
    return ACTIONS.get(action_id)


def listed_actions(who: Actor) -> list[shapes.Action]:
    """Return the actions that this person may use, in their order."""
    actions = [action for _, action in ACTIONS.items() if action.is_listed]
    allowed = [action for action in actions if all(who.may(permission) for permission in action.permissions)]
    return [action_json(action) for action in sorted(allowed, key=lambda action: action.order)]


def action_form(who: Actor, action: BulkAction, project: Project) -> list[Any]:
    """Return the fields that the page asks before it runs the action."""
    for permission in action.permissions:
        require(who, permission)
    return action.form(who, project) if action.form is not None else []


def run_action(who: Actor, action: BulkAction, asked: Asked) -> Answer:
    """Run an action on the tasks that the body and the view mean; returns status and answer."""
    for permission in action.permissions:
        require(who, permission)
    if asked.mode not in MODES:
        raise Invalid.field("mode", 'Must be "job", "preview" or left out.')
    project, is_named = _project(who, asked)
    if action.is_destructive and not is_named:
        raise Invalid.field("selectedItems", NO_SELECTION)
    call = bulk_runs.call_for(who, project, view_id=asked.view_id, question=asked.body)
    if asked.mode == "preview":
        return 200, preview(action, call)
    if action.run is not None:
        return 200, action.run(call)
    action.check(call)
    return _carry_out(action, call, asked)


def preview(action: BulkAction, call: Call) -> dict[str, Any]:
    """Return how much an action would touch; changes nothing."""
    tasks = call.tasks.order_by()
    count = items = tasks.count()
    known = _known_count(action, call)
    if known is not None:
        items = known
    elif action.counts == "annotations":
        items = Annotation.objects.filter(task__in=tasks.values("pk")).count()
    elif action.counts == "predictions":
        items = Prediction.objects.filter(task__in=tasks.values("pk")).count()
    return {"tasks": count, "items": items, "unit": action.counts}


def _known_count(action: BulkAction, call: Call) -> int | None:
    """Return what the action says it would touch; None as long as its form is not filled in."""
    try:
        action.check(call)
    except Invalid:
        return None
    return action.count(call)


def _carry_out(action: BulkAction, call: Call, asked: Asked) -> Answer:
    is_small = not action.calls_others and call.tasks.order_by()[: SMALL + 1].count() <= SMALL
    row = BulkRun(
        action=action.id,
        project=call.project,
        organization_id=call.who.organization.pk,
        user=call.who.user,
        view_id=asked.view_id,
        question=asked.body,
    )
    if is_small and asked.mode != "job":
        with transaction.atomic():
            row.save()
            return 200, bulk_runs.go_on(row, NullRun())
    with transaction.atomic():
        row.save()
        job = _enqueue(RunBulkAction(run_id=row.pk, title=action.title), call.who, call.project)
        BulkRun.objects.filter(pk=row.pk).update(job_id=job.pk)
    return _job_answer(job, now=asked.mode != "job")


def undo(who: Actor, project: Project, job_id: str) -> Answer:
    """Take back what the action with this job did; returns status and answer."""
    row = bulk_runs.run_of_job(project, job_id)
    for permission in ACTIONS.get(row.action).permissions:
        require(who, permission)
    if row.job_id and not Job.objects.filter(pk=row.job_id, state__in=_ENDED).exists():
        raise Conflict("This action still runs. Stop it first, or wait for its end.")
    with transaction.atomic():
        job = _enqueue(UndoBulkAction(run_id=row.pk), who, project)
    return _job_answer(job, now=row.items <= SMALL)


_ENDED = (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)


def _enqueue(spec: object, who: Actor, project: Project) -> Job:
    return enqueue(spec, who=who.user, organization_id=who.organization.pk, project_id=project.pk, unit="tasks")


def _job_answer(job: Job, *, now: bool) -> Answer:
    """Return the answer of a job that is waited for, or the job itself."""
    if now:
        job = wait(job, WAIT_S)
        if job.state == JobState.COMPLETED:
            return 200, {key: value for key, value in job.result.items() if key != "undo"}
        if job.state in _ENDED:
            raise Invalid.items([job.error or "The action was stopped."])
    return 202, {"job": job_json(Job.objects.get(pk=job.pk))}


def _project(who: Actor, asked: Asked) -> tuple[Project, bool]:
    """Return the project, and whether anybody said which tasks are meant."""
    if asked.view_id is None:
        if asked.project_id is None:
            raise Invalid.field("project", "This field is required.")
        project = get_project(who, asked.project_id)
        return project, bulk_runs.question_of(who, None, asked.body).is_restricted
    view = get_view(who, asked.view_id)
    if asked.project_id is not None and asked.project_id != view.project_id:
        raise Invalid.field("view", f"View {asked.view_id} does not belong to project {asked.project_id}.")
    return view.project, True
