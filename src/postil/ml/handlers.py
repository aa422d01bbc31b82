"""This package's answers to the ports of the packages below."""

from typing import Any

from django.db.models import QuerySet

from postil.ml import documents, predicting, queries
from postil.projects.models import Project
from postil.tasks.models import Task


def live_names(project: Project) -> set[str]:
    """Return the titles and versions of the project's model servers."""
    backends = queries.backends_of(project)
    return {name for backend in backends for name in (backend.title, backend.model_version) if name}


def live_titles(project: Project) -> set[str]:
    """Return the titles of the project's model servers."""
    return set(queries.backends_of(project).values_list("title", flat=True))


def live_backends(project: Project) -> list[dict[str, Any]]:
    """Return the model servers of a project as the API shows them."""
    return [documents.backend_json(backend) for backend in queries.backends_of(project)]


def predict_chosen(project: Project, tasks: QuerySet[Task]) -> int:
    """Ask every model server of a project about chosen tasks; returns how many predictions' tasks were served."""
    return sum(predicting.predict_tasks(backend, tasks) for backend in queries.backends_of(project))
