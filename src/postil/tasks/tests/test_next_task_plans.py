"""The next task of a million is found by an index of its own, not by looking at all tasks."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postil.accounts.access import actor_of
from postil.infra.db import is_postgres
from postil.tasks.next_task import reserve, sampling
from postil.tasks.tests.factories import make_project, make_task

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(is_postgres(), reason="PostgreSQL walks small tables whole, whatever indexes there are"),
]


def plan_of(act: Any) -> str:
    """Return SQLite's plan for the last statement of `act`."""
    act()  # what is made once is made
    with CaptureQueriesContext(connection) as statements:
        act()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + statements[-1]["sql"])
        return "\n".join(row[3] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("order", "walk"),
    [
        ("by id", "SEARCH tasks_task USING INDEX task_open (project_id=? AND id>?)"),
        ("begun", "SEARCH tasks_task USING INDEX task_begun (project_id=? AND id>?)"),
        ("for several", "SEARCH tasks_task USING INDEX task_for_several (project_id=? AND id>?)"),
        (sampling.GROUND_TRUTH, "SEARCH tasks_annotation USING INDEX annotation_truth (project_id=?)"),
        (sampling.BY_SCORE, "SEARCH tasks_prediction USING COVERING INDEX prediction_by_score (project_id=? AND ("),
    ],
)
@pytest.mark.parametrize("skip_queue", ["REQUEUE_FOR_ME", "REQUEUE_FOR_OTHERS", "IGNORE_SKIPPED"])
def test_each_order_walks_its_index_and_sorts_nothing(order: str, walk: str, skip_queue: str, manager: Any) -> None:
    project = make_project(manager, skip_queue=skip_queue)
    make_task(project)
    plan = plan_of(lambda: reserve.free_in_order(project, manager, order, 0))
    assert plan.startswith(walk), plan
    assert "SCAN" not in plan, plan
    assert "TEMP B-TREE" not in plan, plan
    assert "INDEX annotation_by_author (project_id=? AND completed_by_id=? AND task_id=?)" in plan, plan


def test_looking_for_the_first_open_task_and_for_the_ends_touches_no_rows(manager: Any) -> None:
    project = make_project(manager)
    make_task(project)
    who = actor_of(manager)
    assert "COVERING INDEX task_open (project_id=?)" in plan_of(lambda: sampling.random_place(project))
    plan = plan_of(lambda: reserve.first_open(project, who.user, 0))
    assert plan.startswith("SEARCH tasks_task USING COVERING INDEX task_open (project_id=? AND id>?)"), plan
