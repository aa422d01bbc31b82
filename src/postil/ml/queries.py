"""Reads of model servers."""

from collections.abc import Iterable

from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.infra.prepared import PreparedRows, Slot
from postil.ml.models import MlBackend
from postil.projects.models import Project
from postil.projects.queries import visible_projects

_OF_PROJECT = PreparedRows[MlBackend](lambda: backends_of(Slot("project")))


def visible_backends(who: Actor) -> QuerySet[MlBackend]:
    """Return the model servers of projects that `who` may see."""
    return MlBackend.objects.filter(project__in=visible_projects(who)).select_related("project").order_by("pk")


def backends_of(project: Project | Slot) -> QuerySet[MlBackend]:
    """Return the model servers of a project, oldest first."""
    return MlBackend.objects.filter(project=project).select_related("project").order_by("pk")


def backends_by_id(ids: Iterable[int]) -> dict[int, MlBackend]:
    """Return those of these model servers that there are, as they are stored now."""
    return {backend.pk: backend for backend in MlBackend.objects.filter(pk__in=list(ids)).select_related("project")}


def backends_to_ask(project: Project) -> list[MlBackend]:
    """Return the same at the price that every opened task may pay."""
    return _OF_PROJECT.all(project=project.pk)
