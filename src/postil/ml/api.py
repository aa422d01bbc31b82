"""Routes of model servers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from postil.accounts.access import actor, needs
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound, PostilError
from postil.infra.http import bool_param, int_param
from postil.ml import access, actions, checking, documents, predicting, protocol, queries, schemas, shapes, trying
from postil.projects.access import get_project
from postil.tasks.access import get_task

router = Router(tags=["Machine learning"])


@router.get("/ml/", operation_id="ml_list")
@needs(Permission.PROJECT_VIEW)
def list_backends(request: HttpRequest, project: str = "") -> list[shapes.MlBackend]:
    """List the model servers of a project as they are known to be; each is asked again in the background."""
    project_id = int_param(request, "project")
    if project_id is None:
        raise NotFound("No Project matches the given query.")
    backends = queries.backends_of(get_project(actor(request), project_id))
    if "is_interactive" in request.GET:
        backends = backends.filter(is_interactive=bool_param(request, "is_interactive"))
    return [documents.backend_json(backend) for backend in checking.looked_at(list(backends))]


@router.post("/ml/", response={201: Any}, operation_id="ml_create")
@needs(Permission.MODEL_CHANGE, waits=True)
def create_backend(request: HttpRequest, payload: schemas.MlBackendIn) -> Status[shapes.MlBackend]:
    """Connect a model server."""
    who = actor(request)
    project = get_project(who, payload.project, Permission.MODEL_CHANGE)
    backend = actions.create_backend(who=who, project=project, fields=schemas.given(payload))
    # LS: asks a server once more when it was added, and scripts that play one count on that.
    [shown] = checking.looked_at([backend])
    return Status(201, documents.backend_json(shown))


@router.get("/ml/{int:backend_id}/", operation_id="ml_read")
@needs(Permission.PROJECT_VIEW)
def read_backend(request: HttpRequest, backend_id: int) -> shapes.MlBackend:
    """Return one model server as it is known to be; it is asked again in the background."""
    [backend] = checking.looked_at([access.get_backend(actor(request), backend_id)])
    return documents.backend_json(backend)


@router.api_operation(["PATCH", "PUT"], "/ml/{int:backend_id}/", operation_id="ml_update")
@needs(Permission.MODEL_CHANGE)
def update_backend(request: HttpRequest, backend_id: int, payload: schemas.MlBackendPatch) -> shapes.MlBackend:
    """Change what is sent; everything else stays."""
    who = actor(request)
    backend = access.get_backend(who, backend_id, Permission.MODEL_CHANGE)
    return documents.backend_json(actions.update_backend(who=who, backend=backend, fields=schemas.given(payload)))


@router.delete("/ml/{int:backend_id}/", response={204: None}, operation_id="ml_delete")
@needs(Permission.MODEL_CHANGE)
def delete_backend(request: HttpRequest, backend_id: int) -> Status[Any]:
    """Disconnect a model server."""
    who = actor(request)
    actions.delete_backend(who=who, backend=access.get_backend(who, backend_id, Permission.MODEL_CHANGE))
    return Status(204, None)


@router.post("/ml/{int:backend_id}/train/", response={200: None}, operation_id="ml_train")
@needs(Permission.MODEL_CHANGE, waits=True)
def train(request: HttpRequest, backend_id: int) -> HttpResponse:
    """Ask a model server to train."""
    who = actor(request)
    actions.train(who=who, backend=access.get_backend(who, backend_id, Permission.MODEL_CHANGE))
    return HttpResponse(b"", content_type="text/plain")


@router.get("/ml/{int:backend_id}/versions/", operation_id="ml_versions")
@needs(Permission.PROJECT_VIEW)
def list_versions(request: HttpRequest, backend_id: int) -> shapes.Versions:
    """List the model versions that a server offers."""
    backend = access.get_backend(actor(request), backend_id)
    try:
        return {"versions": protocol.versions(backend)}
    except protocol.BackendFailed as problem:
        if problem.answered in (404, 405):
            return {"versions": [backend.model_version], "message": "This ML backend does not list its versions."}
        return {"error": problem.detail}
    except PostilError as problem:
        return {"error": problem.detail}


@router.post("/ml/{int:backend_id}/interactive-annotating/", operation_id="ml_interactive_annotating")
@needs(Permission.ANNOTATION_CREATE, waits=True)
def interact(request: HttpRequest, backend_id: int, payload: schemas.InteractiveIn) -> shapes.Interactive:
    """Ask a model server about what is being drawn."""
    who = actor(request)
    backend = access.get_backend(who, backend_id)
    task = get_task(who, payload.task)
    if task.project_id != backend.project_id:
        raise NotFound("No Task matches the given query.")
    return predicting.interact(backend, task, who.user, payload.context)


@router.post("/ml/{int:backend_id}/predict/test/", operation_id="ml_predict_test")
@needs(Permission.MODEL_CHANGE, waits=True)
def try_out(request: HttpRequest, backend_id: int) -> shapes.Trial:
    """Ask a model server about one task and show request, answer, and what of it does not fit the project."""
    backend = access.get_backend(actor(request), backend_id, Permission.MODEL_CHANGE)
    if not bool_param(request, "random"):
        raise trying.NeedsRandom
    return trying.try_out(backend, int_param(request, "task"))
