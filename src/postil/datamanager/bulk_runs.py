"""Carries out bulk actions step by step, and takes them back.

planned -> step -> step -> … -> answered. Each step is one transaction that also notes how far the run is, so a run that
was stopped or lost its process goes on behind its last step, and what it did until then can be undone.
"""

from array import array
from datetime import timedelta
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction

from postil.accounts.access import Actor, require
from postil.accounts.audit import record
from postil.core.clock import now
from postil.core.errors import Conflict, NotFound
from postil.datamanager.access import author_of, get_view, scope_of
from postil.datamanager.bulk_action import BulkAction, Call
from postil.datamanager.bulk_actions import ACTIONS
from postil.datamanager.models import BulkRun, BulkStep
from postil.datamanager.queries import ordered, selected_tasks
from postil.datamanager.request import TaskQuery, read_query
from postil.datamanager.rewriting import packed, write_back
from postil.infra.db import RawJson, let_others_write
from postil.infra.expressions import IsAmong
from postil.infra.jobs import Run
from postil.projects.access import get_project
from postil.projects.models import Project, TrashEntry
from postil.projects.trash import is_restored_in_steps, open_entry, restore_entry
from postil.tasks.enums import VersionAction
from postil.tasks.many import Change, change_many, stored, trash_named
from postil.tasks.models import Annotation, AnnotationVersion

# So many ids a step gets at most.
BATCH = 1_000


def call_of(run: BulkRun) -> tuple[BulkAction, Call]:
    """Return the action of a run and its call; raises `Forbidden` if its author has lost the right."""
    who = author_of(run.user_id, run.organization_id)
    action = ACTIONS.get(run.action)
    for permission in action.permissions:
        require(who, permission)
    call = call_for(who, get_project(who, run.project_id), view_id=run.view_id, question=run.question)
    call.traces.trash.extend(run.trash_ids)
    return action, call


def call_for(who: Actor, project: Project, *, view_id: int | None, question: dict[str, Any]) -> Call:
    """Return the call that a question means; with a view, what the view has saved counts where nothing else is said."""
    query = question_of(who, view_id, question)
    scope = scope_of(who, project, query.display_types)
    is_everything = not query.is_restricted or is_all(query)
    tasks = selected_tasks(query, scope)
    return Call(
        who, project, tasks, question, is_everything=is_everything, in_order=lambda: ordered(tasks, query, scope)
    )


def question_of(who: Actor, view_id: int | None, body: dict[str, Any]) -> TaskQuery:
    """Return which tasks are meant."""
    if view_id is None:
        return read_query(body)
    data = get_view(who, view_id).data
    stored = data if isinstance(data, dict) else {}
    said = {key: body[key] for key in ("filters", "ordering", "selectedItems") if body.get(key) is not None}
    # What the page shows right now counts more than what the view has saved.
    return read_query({**stored, "selectedItems": None, **said})


def is_all(query: TaskQuery) -> bool:
    """Whether a selection of everything was named and nothing else."""
    has_filters = isinstance(query.filters, dict) and bool(query.filters.get("items"))
    return not has_filters and query.selection is not None and query.selection.is_all and not query.selection.ids


def go_on(row: BulkRun, job: Run) -> dict[str, Any]:
    """Do what is left of a run, and return the answer of its action."""
    action, call = call_of(row)
    if action.step is None or action.answer is None:
        raise TypeError(f"{action.id} is not done in steps.")
    if row.plan is None:
        action.check(call)
        row.plan = array("q", action.plan(call)).tobytes()
        row.save(update_fields=["plan"])
    ids = _numbers(row.plan)
    size = min(BATCH, action.batch)
    size -= size % action.width
    while row.done < len(ids):
        job.progress(row.done // action.width, len(ids) // action.width)
        _step(action, call, row, ids[row.done : row.done + size])
        for problem in call.problems:
            job.item_error(problem)
        let_others_write()
    job.progress(len(ids) // action.width, len(ids) // action.width)
    with transaction.atomic():
        answer = action.answer(call, row.items)
        if row.trash_ids != call.traces.trash:
            row.trash_ids = call.traces.trash
            row.save(update_fields=["trash_ids"])
        if action.audited_as:
            record(
                call.who, action.audited_as, object_type="project", object_id=row.project_id,
                project_id=row.project_id, details={"count": row.items},
            )  # fmt: skip
    return answer


def _step(action: BulkAction, call: Call, row: BulkRun, ids: list[int]) -> None:
    assert action.step is not None
    for noted in (call.traces.made, call.traces.changed, call.traces.rewritten, call.problems):
        noted.clear()
    done = action.step(call, ids) if action.calls_others else None
    with transaction.atomic():
        _note(call, row, action.step(call, ids) if done is None else done, len(ids))


def _note(call: Call, row: BulkRun, items: int, count: int) -> None:
    """Note how far the run is, and what its last step left."""
    row.items += items
    row.done += count
    row.trash_ids = list(call.traces.trash)
    row.save(update_fields=["items", "done", "trash_ids"])
    if call.traces.made or call.traces.changed or call.traces.rewritten:
        pairs = [number for pair in call.traces.changed for number in pair]
        BulkStep.objects.create(
            run=row,
            made=array("q", call.traces.made).tobytes(),
            changed=array("q", pairs).tobytes(),
            rewritten=packed(call.traces.rewritten),
        )


def can_be_undone(row: BulkRun) -> bool:
    """Whether the run left something that can be taken back."""
    has_left = bool(row.trash_ids) or ACTIONS.get(row.action).take_back is not None or row.steps.exists()
    return row.undone_at is None and has_left


def undo(row: BulkRun, job: Run) -> dict[str, Any]:
    """Take back what a run did: restore what it deleted, delete what it made, give back what it changed.

    What somebody changed afterwards stays as it is and is counted as passed over.
    """
    action, call = call_of(row)
    restored = passed = 0
    if action.take_back is not None:
        action.take_back(call)
    for entry in TrashEntry.objects.filter(pk__in=row.trash_ids).order_by("pk"):
        restored += _restored(call, entry, restored, job)
    for step in list(row.steps.order_by("-pk")):
        job.progress(restored)
        with transaction.atomic():
            changed = _numbers(step.changed)
            given, left = _give_back(call, dict(zip(changed[::2], changed[1::2], strict=True)))
            restored, passed = restored + given + _delete_made(call, _numbers(step.made)), passed + left
            given, left = write_back(bytes(step.rewritten))
            restored, passed = restored + given, passed + left
            step.delete()
    BulkRun.objects.filter(pk=row.pk).update(undone_at=now(), trash_ids=[])
    with transaction.atomic():
        record(
            call.who, "bulk.undone", object_type="project", object_id=row.project_id, project_id=row.project_id,
            details={"action": action.id, "count": restored},
        )  # fmt: skip
    return {"restored": restored, "passed_over": passed}


def _restored(call: Call, entry: TrashEntry, before: int, job: Run) -> int:
    """Bring back what one act of deleting took; returns how many there were."""
    counts: list[int] = []

    def note(count: int) -> None:
        counts.append(count)
        job.progress(before + sum(counts))

    whole = restore_entry(who=call.who, entry=entry, after_step=note)
    return sum(counts) if is_restored_in_steps(entry) else whole.count


def _give_back(call: Call, revisions: dict[int, int]) -> tuple[int, int]:
    """Give annotations that are still as the run left them their result of before."""
    found = Annotation.objects.select_for_update(of=("self",)).filter(
        IsAmong("id", list(revisions)), task__deleted_at=None
    )
    same = {row.pk: row for row in stored(found.order_by("pk")) if row.revision == revisions[row.pk]}
    versions = AnnotationVersion.objects.filter(IsAmong("annotation_id", list(same))).annotate(raw=RawJson("result"))
    changes = []
    for pk, number, is_truth, text in versions.values_list("annotation_id", "number", "ground_truth", "raw"):
        row = same[pk]
        if number == row.revision - 1:
            result = None if text in (row.text, None) else orjson.loads(text)
            changes.append(Change(row, result=result, ground_truth=is_truth))
    if changes:
        change_many(call.project, call.who.user.pk, changes, VersionAction.RESTORED)
    return len(changes), len(revisions) - len(changes)


def _delete_made(call: Call, ids: list[int]) -> int:
    if not ids:
        return 0
    entry = open_entry(
        who=call.who, project=call.project, kind="annotation", object_id=None,
        title=f"{len(ids)} annotations of an action that was undone", count=len(ids),
    )  # fmt: skip
    return trash_named(call.project, ids, entry, editor_id=call.who.user.pk)


def run_of_job(project: Project, job_id: str) -> BulkRun:
    """Return the run of a job that can be undone; raises `NotFound` or `Conflict` with the reason."""
    row = BulkRun.objects.filter(project=project, job_id=job_id).first()
    if row is None:
        raise NotFound("This project has no bulk action with this job.")
    if row.undone_at is not None:
        raise Conflict("This action was undone already.")
    if not can_be_undone(row):
        raise Conflict("This action left nothing that can be undone.")
    return row


def clear_old_runs() -> int:
    """Forget runs when the trash that they would need is emptied; returns how many rows went."""
    old = BulkRun.objects.filter(created_at__lt=now() - timedelta(days=settings.CONFIG.trash_days))
    return old.delete()[0]


def _numbers(stored: Any) -> list[int]:
    found = array("q")
    found.frombytes(bytes(stored))
    return list(found)
