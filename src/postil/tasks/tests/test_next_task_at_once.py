"""Several people ask for their next task at the same moment."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from postil.accounts.access import actor_of
from postil.core.errors import NotFound
from postil.tasks.annotation_actions import create_annotation
from postil.tasks.models import Task, TaskLock
from postil.tasks.next_task.hand_out import next_task
from postil.tasks.tests.factories import choice, make_project, make_task

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 20


def somebody_waits() -> bool:
    """Whether a transaction waits for another one of this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer: nothing can be crosswise there")
def test_two_who_want_each_others_task_both_get_an_answer(manager: Any, make_user: Any) -> None:
    people = [make_user("annotator") for _ in range(2)]
    project = make_project(manager, members=tuple(people))
    tasks = [make_task(project) for _ in range(2)]
    has_first = [threading.Event(), threading.Event()]

    def ask_twice(me: int) -> list[int | None]:
        other = 1 - me
        if me == 1:
            assert has_first[0].wait(PATIENCE_S)
        got: list[int | None] = []
        try:
            with transaction.atomic():
                for wanted in (tasks[me], tasks[other]):
                    try:
                        chosen = Task.objects.filter(pk=wanted.pk)
                        got.append(next_task(project, actor_of(people[me]), chosen=chosen).task_id)
                    except NotFound:
                        got.append(None)
                    has_first[me].set()
                    deadline = time.monotonic() + PATIENCE_S
                    while not (has_first[other].is_set() or somebody_waits()):
                        assert time.monotonic() < deadline, "the other neither has a task nor waits for one"
        finally:
            connection.close()
        return got

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(ask_twice, range(2))
    assert first == [tasks[0].pk, tasks[1].pk]
    assert second == [None, None]
    assert set(TaskLock.objects.values_list("user", flat=True)) == {people[0].pk}


@pytest.mark.parametrize(("overlap", "sampling"), [(1, "Sequential sampling"), (3, "Uniform sampling")])
def test_asking_and_submitting_at_once_fills_each_task_exactly(
    overlap: int, sampling: str, manager: Any, make_user: Any
) -> None:
    people = [make_user("annotator") for _ in range(6)]
    project = make_project(manager, members=tuple(people), maximum_annotations=overlap, sampling=sampling)
    tasks = [make_task(project, overlap=overlap) for _ in range(8)]

    def work(person: Any) -> list[int]:
        who, done = actor_of(person), []
        try:
            while True:
                task = Task.objects.get(pk=next_task(project, who).task_id)
                assert not create_annotation(task=task, who=who, fields={"result": choice()}).is_surplus
                done.append(task.pk)
        except NotFound:
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        done = [task for one in pool.map(work, people) for task in one]
    # A person may leave while the last places are held by others, who then fill them.
    assert sorted(done) == sorted([task.pk for task in tasks] * overlap)
    counts = Task.objects.order_by("pk").values_list("annotation_count", "is_labeled")
    assert list(counts) == [(overlap, True)] * len(tasks)
    assert TaskLock.objects.count() == 0


def test_one_person_with_two_windows_holds_one_task(manager: Any, make_user: Any) -> None:
    person = make_user("annotator")
    project = make_project(manager, members=(person,))
    first, *_others = [make_task(project) for _ in range(3)]

    def ask(_number: int) -> int:
        try:
            return next_task(project, actor_of(person)).task_id
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(8))) == [first.pk] * 8
    assert list(TaskLock.objects.values_list("task", "user")) == [(first.pk, person.pk)]
