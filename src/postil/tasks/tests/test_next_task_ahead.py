"""The task after the one that a person is at: found by the same rules, reserved, and what comes then."""

from datetime import timedelta
from typing import Any

import pytest

from postil.accounts.access import actor_of
from postil.core.clock import now
from postil.core.errors import NotFound
from postil.tasks.models import Task, TaskLock
from postil.tasks.next_task.hand_out import next_task
from postil.tasks.tests.factories import choice, make_project, make_task
from postil.tasks.tests.test_next_task import handed, submit


@pytest.fixture
def members(annotator: Any, make_user: Any) -> tuple[Any, Any]:
    return annotator, make_user("annotator", email="colleague@example.com")


def ahead(client: Any, project: Any, task: Any) -> tuple[int | None, str]:
    answer = client.get(f"/api/projects/{project.pk}/next/?after={task.pk}")
    return (answer.json["id"], answer.json["queue"]) if answer.status == 200 else (None, answer.json["detail"])


@pytest.mark.parametrize("sampling", ["Sequential sampling", "Uniform sampling", "Uncertainty sampling"])
@pytest.mark.parametrize("overlap", [1, 2])
def test_what_comes_after_a_task_is_reserved_and_is_what_comes(
    sampling: str, overlap: int, client_for: Any, manager: Any, members: Any
) -> None:
    project = make_project(manager, members=members, sampling=sampling, maximum_annotations=overlap)
    tasks = [make_task(project, overlap=overlap) for _ in range(3)]
    for task in tasks:
        for number in range(3):
            task.predictions.create(project=project, result=[], score=number / 10)
    mine = client_for(members[0])
    seen = []
    for _ in range(3):
        shown, _queue = handed(mine, project)
        current = next(task for task in tasks if task.pk == shown)
        coming, _queue = ahead(mine, project, current)
        assert ahead(mine, project, current)[0] == coming
        assert coming != shown
        submit(mine, current.pk)
        seen.append(shown)
        if coming is not None:
            assert handed(mine, project)[0] == coming
    assert sorted(seen) == [task.pk for task in tasks]


def test_a_task_fetched_beforehand_is_held_for_an_hour_and_then_as_long_as_any(
    client_for: Any, manager: Any, members: Any
) -> None:
    project = make_project(manager, members=members)
    first, second, third = make_task(project), make_task(project), make_task(project)
    mine, other = (client_for(member) for member in members)
    assert handed(mine, project)[0] == first.pk
    assert ahead(mine, project, first) == (second.pk, "Sequence queue")
    assert handed(other, project)[0] == third.pk
    lives = {lock.task_id: lock.expires_at - now() for lock in TaskLock.objects.filter(user=members[0])}
    assert timedelta(minutes=59) < lives[second.pk] <= timedelta(hours=1) < timedelta(hours=23) < lives[first.pk]
    submit(mine, first.pk)
    assert ahead(mine, project, second) == (None, "There are no tasks for annotator@example.com")
    assert TaskLock.objects.get(user=members[0]).expires_at - now() > timedelta(hours=23)


def test_after_a_task_come_postponed_and_then_skipped_ones(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members, skip_queue="REQUEUE_FOR_ME")
    skipped, postponed, current = make_task(project), make_task(project), make_task(project)
    mine = client_for(members[0])
    submit(mine, skipped.pk, was_cancelled=True)
    mine.post(f"/api/tasks/{postponed.pk}/drafts/", {"result": choice(), "was_postponed": True})
    assert handed(mine, project)[0] == current.pk
    assert ahead(mine, project, current) == (postponed.pk, "Postponed draft queue")
    TaskLock.objects.filter(task=postponed).delete()
    submit(mine, postponed.pk)
    assert ahead(mine, project, current) == (skipped.pk, "Skipped queue")


def test_after_a_task_of_a_list_comes_another_one_of_it(manager: Any) -> None:
    project = make_project(manager)
    first, _other, third = make_task(project), make_task(project), make_task(project)
    chosen = Task.objects.filter(pk__in=[first.pk, third.pk]).order_by("pk")
    who = actor_of(manager)
    assert next_task(project, who, chosen=chosen).task_id == first.pk
    assert next_task(project, who, chosen=chosen, after=first.pk).task_id == third.pk
    with pytest.raises(NotFound):
        next_task(project, who, chosen=chosen.filter(pk=first.pk), after=first.pk)
