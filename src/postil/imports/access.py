"""The only way from a person and an id, or an address, to an uploaded file."""

from collections.abc import Collection

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound
from postil.imports.models import FileUpload
from postil.projects.access import get_project
from postil.projects.models import Project

NO_UPLOAD = "No FileUpload matches the given query."


def get_upload(who: Actor, upload_id: int, can: Permission | None = None) -> FileUpload:
    """Return the upload if `who` may see its project; to others it does not exist."""
    return _seen(who, FileUpload.objects.filter(pk=upload_id).first(), can)


def get_stored_file(who: Actor, stored_name: str) -> FileUpload:
    """Return the upload stored under this name if `who` may see its project."""
    return _seen(who, FileUpload.objects.filter(stored_name=stored_name).first(), None)


def _seen(who: Actor, upload: FileUpload | None, can: Permission | None) -> FileUpload:
    if upload is None:
        raise NotFound(NO_UPLOAD)
    try:
        get_project(who, upload.project_id, can)
    except NotFound:
        raise NotFound(NO_UPLOAD) from None
    return upload


def own_uploads(who: Actor, project: Project, ids: list[int] | None = None) -> list[FileUpload]:
    """Return the caller's uploads in a project: those named, or all."""
    found = FileUpload.objects.filter(project=project, user=who.user).order_by("pk")
    return list(found if ids is None else found.filter(pk__in=ids))


def upload_names(ids: Collection[int]) -> dict[int, str]:
    """Return the file names of uploads by their ids."""
    names = FileUpload.objects.filter(pk__in=ids).values_list("pk", "stored_name")
    return {upload_id: name.rsplit("/", 1)[-1] for upload_id, name in names}
