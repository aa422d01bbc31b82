"""PostgreSQL keeps the plans of statements that every request runs, and of no others."""

import dataclasses

import pytest
from django.db import DataError, connection, transaction

from postil.accounts.tests.factories import make_organization, make_user
from postil.infra.db import is_postgres, statement_cursor
from postil.infra.prepared import PreparedRows, PreparedUpdate, Slot
from postil.tasks.models import Task
from postil.tasks.tests.factories import make_project, make_task

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not is_postgres(), reason="SQLite's driver keeps statements by itself"),
]


@pytest.fixture
def task():
    return make_task(make_project(make_user(organization=make_organization(), role="owner")), "a")


def kept():
    """Return the statements that PostgreSQL keeps for this connection, with how often each was run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements")
        return dict(cursor.fetchall())


def test_a_statement_is_planned_once_for_all_values(task):
    overlap = PreparedRows(lambda: Task.objects.filter(pk=Slot("task")).values_list("overlap", flat=False))
    before = kept()
    assert [overlap.first(task=number) for number in (task.pk, task.pk + 1, task.pk)] == [(1,), None, (1,)]
    new = {text: runs for text, runs in kept().items() if text not in before}
    assert list(new.values()) == [3]
    assert "$1" in next(iter(new))


def test_it_is_written_with_kept_plans_too(task):
    more = PreparedUpdate(lambda: (Task.objects.filter(pk=Slot("task")), {"overlap": Slot("overlap")}))
    assert (more.run(task=task.pk, overlap=3), more.run(task=task.pk, overlap=4)) == (1, 1)
    task.refresh_from_db()
    assert task.overlap == 4
    assert 2 in [runs for text, runs in kept().items() if text.startswith('UPDATE "tasks_task" SET "overlap"')]


def test_a_mistake_leaves_the_connection_as_it_was(task):
    with pytest.raises(DataError), transaction.atomic(), statement_cursor() as cursor:
        cursor.execute("SELECT 1 / %s", [0])
    with statement_cursor() as cursor:
        cursor.execute("SELECT 1 / %s", [1])
        assert cursor.fetchone() == (1,)
    before = kept()
    assert Task.objects.filter(pk=task.pk, overlap=task.overlap).exists()
    assert kept() == before


def test_a_setting_keeps_no_plans(task, settings):
    settings.CONFIG = dataclasses.replace(settings.CONFIG, postgresql_prepare=False)
    before = kept()
    found = PreparedRows(lambda: Task.objects.filter(pk=Slot("task"), overlap__lt=7).values_list("pk", flat=False))
    assert found.first(task=task.pk) == (task.pk,)
    assert kept() == before
