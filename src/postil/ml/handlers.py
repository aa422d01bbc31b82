"""This package's answers to the ports of the packages below."""

from typing import Any

from postil.ml import documents, queries
from postil.projects.models import Project


def live_names(project: Project) -> set[str]:
    """Return the titles and versions of the project's model servers."""
    backends = queries.backends_of(project)
    return {name for backend in backends for name in (backend.title, backend.model_version) if name}


def live_titles(project: Project) -> set[str]:
    """Return the titles of the project's model servers."""
    return set(queries.backends_of(project).values_list("title", flat=True))


def live_backends(project: Project) -> list[Any]:
    """Return the model servers of a project as the API shows them."""
    return [documents.backend_json(backend) for backend in queries.backends_of(project)]
