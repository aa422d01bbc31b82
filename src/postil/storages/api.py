"""Routes of storages: the same for every kind, from one factory."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from postil.accounts.access import actor, needs, require
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.infra.http import absolute, bool_param, int_param
from postil.infra.jobs import wait
from postil.infra.models import Job
from postil.infra.waiting import waiting_for_others
from postil.projects.access import get_project
from postil.projects.models import Project
from postil.storages import access, actions, doctor, queries, schemas, shapes
from postil.storages.documents import storage_json, storages_json
from postil.storages.models import Storage
from postil.storages.provider import Params
from postil.storages.providers import PROVIDERS

WAIT_S = 540.0
PREVIEWED = 100
NO_PROJECT = 'query parameter "project" is required'
router = Router(tags=["Storages"])
may_change = needs(Permission.STORAGE_CHANGE)
waits = needs(Permission.STORAGE_CHANGE, waits=True)
View = Callable[..., Any]


def _add_lists(folder: str, name: str, *, is_target: bool) -> None:
    """Add what concerns all kinds of a direction."""

    def list_all(request: HttpRequest, project: str = "") -> list[shapes.Storage]:
        """List the storages of a project, of every kind."""
        project_id = int_param(request, "project")
        if project_id is None:
            return []
        who = actor(request)
        found = queries.visible_storages(who, is_target=is_target).filter(project=get_project(who, project_id))
        return storages_json(found)

    def list_types(request: HttpRequest) -> list[shapes.StorageType]:
        """List the kinds of storages; with `details`, each with the fields of its form."""
        return schemas.types_json(is_target=is_target, with_forms=bool_param(request, "details"))

    router.get(folder, operation_id=f"{name}_list")(may_change(list_all))
    router.get(f"{folder}types/", operation_id=f"{name}_types")(may_change(list_types))


def _add_collection(folder: str, name: str, kind: str, *, is_target: bool) -> None:
    """Add list, create and form of one kind."""

    def list_storages(request: HttpRequest, project: str = "") -> list[shapes.Storage]:
        """List the storages of this kind in a project."""
        project_id = int_param(request, "project")
        if project_id is None:
            raise Invalid.items([NO_PROJECT])
        who = actor(request)
        project_row = get_project(who, project_id)
        return storages_json(queries.visible_storages(who, is_target=is_target, kind=kind).filter(project=project_row))

    def create_storage(request: HttpRequest, payload: Any) -> Status[shapes.Storage]:
        """Connect a storage."""
        who = actor(request)
        project_row = get_project(who, payload.project, Permission.STORAGE_CHANGE)
        fields = schemas.given(kind, payload)
        made = actions.create_storage(who=who, project=project_row, kind=kind, is_target=is_target, fields=fields)
        return Status(201, storage_json(made))

    def show_form(request: HttpRequest) -> list[shapes.StorageFormRow]:
        """Return the rows of the form."""
        return schemas.form_json(kind, is_target=is_target)

    _takes(create_storage, schemas.create_body(kind, is_target=is_target))
    router.get(folder, operation_id=f"{name}_list")(may_change(list_storages))
    router.post(folder, response={201: Any}, operation_id=f"{name}_create")(waits(create_storage))
    router.get(f"{folder}form/", operation_id=f"{name}_form")(may_change(show_form))


def _add_checks(folder: str, name: str, kind: str, *, is_target: bool) -> None:
    """Add what is tried before a storage is saved."""

    def validate(request: HttpRequest, payload: Any) -> HttpResponse:
        """Say whether the storage can be reached: an empty answer, or 400 with the reason."""
        tried = _tried(request, payload, kind, is_target=is_target)
        with waiting_for_others():
            doctor.first_problem(*tried)
        return HttpResponse(b"", content_type="text/plain")

    def check(request: HttpRequest, payload: Any) -> shapes.Diagnosis:
        """Try everything the storage will be used for, and say what fails and what to change."""
        origin = settings.CONFIG.base_url or absolute(request, "")
        tried = _tried(request, payload, kind, is_target=is_target)
        with waiting_for_others():
            diagnosis = doctor.diagnose(*tried, origin=origin.rstrip("/"))
        return schemas.diagnosis_json(diagnosis)

    def list_files(request: HttpRequest, payload: Any) -> shapes.StoredFiles:
        """List the first objects that a sync would look at."""
        storage, params = _tried(request, payload, kind, is_target=is_target)
        with waiting_for_others():
            return schemas.files_json(*doctor.preview(storage, params, payload.limit or PREVIEWED))

    body = schemas.check_body(kind, is_target=is_target)
    for view in (validate, check, list_files):
        _takes(view, body)
    router.post(f"{folder}validate/", response={200: Any}, operation_id=f"{name}_validate")(waits(validate))
    router.post(f"{folder}check/", operation_id=f"{name}_check")(waits(check))
    if not is_target:
        router.post(f"{folder}files/", operation_id=f"{name}_files")(waits(list_files))


def _add_item(folder: str, name: str, kind: str, *, is_target: bool) -> None:
    """Add what concerns one stored storage."""
    path = f"{folder}{{int:storage_id}}/"

    def found(request: HttpRequest, storage_id: int) -> Storage:
        return access.get_storage(actor(request), storage_id, kind=kind, is_target=is_target)

    def read_storage(request: HttpRequest, storage_id: int) -> shapes.Storage:
        """Return one storage."""
        return storage_json(found(request, storage_id))

    def update_storage(request: HttpRequest, storage_id: int, payload: Any) -> shapes.Storage:
        """Change what is sent; everything else stays, empty secrets too."""
        storage, fields = found(request, storage_id), schemas.given(kind, payload)
        return storage_json(actions.update_storage(who=actor(request), storage=storage, fields=fields))

    def delete_storage(request: HttpRequest, storage_id: int) -> Status[Any]:
        """Disconnect a storage; its tasks stay."""
        actions.delete_storage(who=actor(request), storage=found(request, storage_id))
        return Status(204, None)

    def sync_storage(request: HttpRequest, storage_id: int, mode: str = "") -> shapes.Storage:
        """Sync a storage, and wait for the end unless `mode` is `job`."""
        storage = actions.request_sync(who=actor(request), storage=found(request, storage_id))
        if mode != "job":
            wait(Job.objects.get(pk=str(storage.last_sync_job)), WAIT_S)
        return storage_json(Storage.objects.get(pk=storage.pk))

    _takes(update_storage, schemas.patch_body(kind, is_target=is_target))
    router.get(path, operation_id=f"{name}_read")(may_change(read_storage))
    change = router.api_operation(["PATCH", "PUT"], path, operation_id=f"{name}_update")
    change(waits(update_storage))
    router.delete(path, response={204: None}, operation_id=f"{name}_delete")(may_change(delete_storage))
    router.post(f"{path}sync/", operation_id=f"{name}_sync")(waits(sync_storage))


def _takes(view: View, body: type[Any]) -> None:
    """Say of which type a view's body is: one that was made for this kind."""
    view.__annotations__["payload"] = body


def _tried(request: HttpRequest, payload: Any, kind: str, *, is_target: bool) -> tuple[Storage, Params]:
    """Return the storage as it would be with this body, not saved, and all its parameters."""
    who = actor(request)
    if payload.id is not None:
        storage = access.get_storage(who, payload.id, kind=kind, is_target=is_target)
    else:
        storage = Storage(kind=kind, is_target=is_target, project=_project(request, payload.project))
    return storage, actions.apply(storage, schemas.given(kind, payload))


def _project(request: HttpRequest, project_id: int | None) -> Project:
    require(actor(request), Permission.STORAGE_CHANGE)
    if project_id is None:
        raise Invalid.field("project", "This field is required.")
    return get_project(actor(request), project_id)


for _folder, _title, _is_target in (
    ("/storages/", "import_storages", False),
    ("/storages/export/", "export_storages", True),
):
    _add_lists(_folder, _title, is_target=_is_target)
    for _kind in PROVIDERS:
        for _add in (_add_collection, _add_checks, _add_item):
            _add(f"{_folder}{_kind}/", f"{_title}_{_kind}", _kind, is_target=_is_target)
