"""Reads of the task table."""

from django.db import connection
from django.db.models import Q, QuerySet

from postil.accounts.models import User
from postil.datamanager.beforehand import MOST
from postil.datamanager.column import Scope
from postil.datamanager.filters import compile_filters
from postil.datamanager.indexed_data import has_copy
from postil.datamanager.models import View
from postil.datamanager.ordering import by_entries, compile_ordering
from postil.datamanager.request import TaskQuery
from postil.infra.db import is_postgres
from postil.infra.expressions import IsAmong
from postil.infra.value_index import with_entries
from postil.projects.models import Project
from postil.tasks.models import Task

# Each version is found in the index behind the one before: there are few of them, and many predictions.
_VERSIONS = """
WITH RECURSIVE version (name) AS (
    SELECT min(model_version) FROM tasks_prediction WHERE project_id = %s
    UNION ALL
    SELECT (SELECT min(model_version) FROM tasks_prediction WHERE project_id = %s AND model_version > version.name)
    FROM version WHERE name IS NOT NULL
)
SELECT name FROM version WHERE name IS NOT NULL LIMIT %s
"""


def model_versions_of(project: Project, most: int) -> list[str]:
    """Return the versions of the project's predictions in their order, `most` at most, by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [project.pk, project.pk, most])
        return [name for (name,) in cursor.fetchall()]


def filtered_tasks(query: TaskQuery, scope: Scope) -> QuerySet[Task]:
    """Return the project's tasks that the question means, in its order."""
    return ordered(selected_tasks(query, scope), query, scope)


def ordered(found: QuerySet[Task], query: TaskQuery, scope: Scope) -> QuerySet[Task]:
    """Return tasks in the order that the question asks for."""
    order = compile_ordering(query.ordering, scope)
    indexed = by_entries(query.ordering, scope)
    if indexed is None:
        return found.order_by(*order)
    if query.is_restricted:
        # What few tasks fulfil would be looked for in all of them, in their order.
        ids = list(found.order_by().values_list("pk", flat=True)[: MOST + 1])
        if len(ids) <= MOST:
            return Task.objects.filter(IsAmong("id", ids)).order_by(*order)
    made, entries = indexed
    found = found.filter(has_copy(scope)) if is_postgres() else with_entries(found, made.pk)
    return found.order_by(*entries)


def selected_tasks(query: TaskQuery, scope: Scope) -> QuerySet[Task]:
    """Return the project's tasks that the question means, in no order."""
    found = Task.objects.filter(project_id=scope.project.pk).filter(compile_filters(query.filters, scope))
    if query.selection is not None:
        found = found.filter(query.selection.predicate())
    if query.only_annotated:
        found = found.filter(annotation_count__gt=0)
    return found.order_by()


def views_of(project: Project, user: User | None = None) -> QuerySet[View]:
    """Return the project's views in their order; for a person without the private ones of others."""
    found = View.objects.filter(project=project).order_by("order", "pk")
    return found if user is None else found.filter(seen_by(user))


def seen_by(user: User) -> Q:
    """What a view must fulfil for a person to see it."""
    return Q(is_private=False) | Q(user=user)
