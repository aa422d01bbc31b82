"""Rows of model servers as Label Studio's JSON."""

from postil.core.clock import iso
from postil.ml import shapes
from postil.ml.models import BackendState, MlBackend


def backend_json(backend: MlBackend) -> shapes.MlBackend:
    """Return a model server as the API shows it; of the password only whether it is set."""
    return {
        "id": backend.pk,
        "state": backend.state,
        "readable_state": BackendState(backend.state).label,
        "is_interactive": backend.is_interactive,
        "url": backend.url,
        "error_message": backend.error_message,
        "checked_at": iso(backend.checked_at) if backend.checked_at else None,
        "title": backend.title,
        "auth_method": backend.auth_method,
        "basic_auth_user": backend.basic_auth_user,
        "basic_auth_pass_is_set": bool(backend.basic_auth_password),
        "description": backend.description,
        "extra_params": backend.extra_params,
        "model_version": backend.model_version,
        "timeout": backend.timeout_s,
        "created_at": iso(backend.created_at),
        "updated_at": iso(backend.updated_at),
        "auto_update": backend.auto_update,
        "project": backend.project_id,
    }
