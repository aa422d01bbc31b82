"""The fast path for imports: many batches, one after the other, or nothing."""

import pytest
from django.db import IntegrityError, connection, transaction

from postil.accounts.access import actor_of
from postil.accounts.models import User
from postil.formats.importer import TaskItem
from postil.infra.bulk import RowPipe
from postil.projects.models import Project
from postil.tasks import bulk
from postil.tasks.bulk import TaskWriter
from postil.tasks.bulk_rows import TASK_NAMES, RowMaker
from postil.tasks.counts import Tally
from postil.tasks.models import Annotation, Task
from postil.tasks.tests.factories import choice, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(owner: User, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(bulk, "BATCH", 3)
    monkeypatch.setattr(bulk, "NUMBERS_AT_ONCE", 7)
    return make_project(owner)


def items(count: int, **fields: object) -> list[TaskItem]:
    return [TaskItem(f"item {at}", at, {"text": f"text {at}"}, **fields) for at in range(count)]  # type: ignore[arg-type]


def write(project: Project, owner: User, brought: list[TaskItem]) -> list[int]:
    with (
        transaction.atomic(),
        TaskWriter(project=project, who=actor_of(owner), expected=len(brought), wants_ids=True) as writer,
    ):
        for item in brought:
            writer.add(item)
    return list(writer.task_ids)


@pytest.mark.parametrize("count", [1, 3, 7, 8, 20])
def test_numbers_go_on_without_gaps_over_batches(project: Project, owner: User, count: int) -> None:
    ids = write(project, owner, items(count)) + write(project, owner, items(count))
    stored = list(Task.objects.order_by("pk").values_list("pk", "inner_id", "data"))
    assert [row[0] for row in stored] == ids
    assert [row[1] for row in stored] == list(range(1, 2 * count + 1))
    assert [row[2]["text"] for row in stored] == [f"text {at}" for at in range(count)] * 2
    project.refresh_from_db()
    assert project.task_count == 2 * count
    assert ids[:count] == list(range(ids[0], ids[0] + count))


def test_annotations_of_all_batches_are_on_their_tasks(project: Project, owner: User) -> None:
    ids = write(project, owner, items(8, annotations=[{"result": choice("bad")}]))
    assert list(Annotation.objects.order_by("pk").values_list("task_id", flat=True)) == ids
    project.refresh_from_db()
    assert (project.task_count, project.annotation_count) == (8, 8)


def breaks_off(project: Project, owner: User) -> None:
    with transaction.atomic(), TaskWriter(project=project, who=actor_of(owner), expected=9) as writer:
        for item in items(7):
            writer.add(item)
        raise RuntimeError("stop")


def test_an_error_between_batches_leaves_nothing_and_a_usable_connection(project: Project, owner: User) -> None:
    with pytest.raises(RuntimeError, match="stop"):
        breaks_off(project, owner)
    assert Task.all_objects.count() == 0
    assert len(write(project, owner, items(2))) == 2


@transaction.atomic
def sends_a_bad_row(project: Project, owner: User) -> None:
    task = RowMaker(project=project, user_id=owner.pk, moment=project.created_at).task(1, 1, items(1)[0], Tally())
    RowPipe(Task, TASK_NAMES).send([(*task[:2], None, *task[3:])])
    Task.objects.count()


def test_the_next_statement_raises_what_the_database_refuses(project: Project, owner: User) -> None:
    with pytest.raises(IntegrityError):
        sends_a_bad_row(project, owner)
    assert Task.all_objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
