"""The only way from a person and an id to a model server."""

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound
from postil.ml import queries
from postil.ml.models import MlBackend
from postil.projects.access import get_project


def get_backend(who: Actor, backend_id: int, can: Permission | None = None) -> MlBackend:
    """Return the model server if `who` may see its project; to others it does not exist."""
    try:
        backend = queries.visible_backends(who).get(pk=backend_id)
    except MlBackend.DoesNotExist:
        raise NotFound("No MLBackend matches the given query.") from None
    if can is not None:
        get_project(who, backend.project_id, can)
    return backend
