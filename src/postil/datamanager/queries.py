"""Reads of the task table."""

from django.db.models import Q, QuerySet

from postil.accounts.models import User
from postil.datamanager.column import Scope
from postil.datamanager.data_column import by_index
from postil.datamanager.filters import compile_filters
from postil.datamanager.models import View
from postil.datamanager.ordering import compile_ordering, first_key_is_indexed
from postil.datamanager.request import TaskQuery
from postil.projects.models import Project
from postil.tasks.models import Task


def filtered_tasks(query: TaskQuery, scope: Scope) -> QuerySet[Task]:
    """Return the project's tasks that the question means, in its order."""
    return ordered(selected_tasks(query, scope), query, scope)


def ordered(found: QuerySet[Task], query: TaskQuery, scope: Scope) -> QuerySet[Task]:
    """Return tasks in the order that the question asks for."""
    order = compile_ordering(query.ordering, scope)
    if first_key_is_indexed(query.ordering, scope):
        found = found.filter(by_index(scope))
    return found.order_by(*order)


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
