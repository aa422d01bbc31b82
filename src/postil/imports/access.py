"""The only way from a person and an id, or an address, to an uploaded file."""

from collections.abc import Collection
from uuid import UUID

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound
from postil.imports.jobs import ImportTasks
from postil.imports.models import FileUpload
from postil.infra.jobs.specs import kind_of
from postil.infra.models import Job
from postil.projects.access import get_project
from postil.projects.models import Project

NO_UPLOAD = "No FileUpload matches the given query."
NO_IMPORT = "No ProjectImport matches the given query."


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


def get_import(project: Project, import_id: str) -> Job:
    """Return an import of the project that runs, or ran, as a job."""
    try:
        wanted = UUID(import_id)
    except ValueError:
        raise NotFound(NO_IMPORT) from None
    job = Job.objects.filter(pk=wanted, kind=kind_of(ImportTasks), project_id=project.pk).first()
    if job is None:
        raise NotFound(NO_IMPORT)
    return job


def own_uploads(who: Actor, project: Project, ids: list[int] | None = None) -> list[FileUpload]:
    """Return the caller's uploads in a project: those named, or all."""
    found = FileUpload.objects.filter(project=project, user=who.user).order_by("pk")
    return list(found if ids is None else found.filter(pk__in=ids))


def upload_names(ids: Collection[int]) -> dict[int, str]:
    """Return the file names of uploads by their ids."""
    names = FileUpload.objects.filter(pk__in=ids).values_list("pk", "stored_name")
    return {upload_id: name.rsplit("/", 1)[-1] for upload_id, name in names}
