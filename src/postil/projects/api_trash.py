"""Routes of the trash, and of jobs as people see them."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from postil.accounts.access import actor, needs
from postil.accounts.permissions import Permission
from postil.infra.http import int_param, paginate
from postil.infra.shapes import Job, Page
from postil.projects import access, documents, jobs_seen, queries, shapes
from postil.projects.trash import restore_entry

router = Router(tags=["Trash and jobs"])


@router.get("/trash/", operation_id="api_trash_list")
@needs(Permission.TRASH)
def list_trash(
    request: HttpRequest, project: str = "", kind: str = "", page: str = "", page_size: str = ""
) -> Page[shapes.TrashEntry]:
    """List what was deleted and can be restored, newest first."""
    entries = queries.trash_entries(actor(request))
    project_id = int_param(request, "project")
    if project_id is not None:
        entries = entries.filter(project_id=project_id)
    if kind:
        entries = entries.filter(kind=kind)
    keep = settings.CONFIG.trash_days
    return paginate(request, entries, lambda rows: documents.trash_json(rows, keep), empty_past_end=True)


@router.post("/trash/{int:entry_id}/restore/", operation_id="api_trash_restore")
@needs(Permission.TRASH)
def restore(request: HttpRequest, entry_id: int) -> shapes.Restored:
    """Bring back what one act of deleting took."""
    who = actor(request)
    entry = restore_entry(who=who, entry=access.get_trash_entry(who, entry_id))
    return {"id": entry_id, "kind": entry.kind, "title": entry.title, "count": entry.count, "project": entry.project_id}


@router.get("/jobs/", operation_id="api_jobs_list")
@needs(Permission.JOB_VIEW)
def list_jobs(request: HttpRequest, project: str = "", page: str = "", page_size: str = "") -> Page[Job]:
    """List background work, newest first."""
    jobs = jobs_seen.visible_jobs(actor(request), int_param(request, "project"))
    return paginate(request, jobs, lambda rows: [jobs_seen.job_json(row) for row in rows], empty_past_end=True)


@router.get("/jobs/{uuid:job_id}/", operation_id="api_jobs_read")
@needs(Permission.JOB_VIEW)
def read_job(request: HttpRequest, job_id: UUID) -> Job:
    """Return the state of one piece of background work."""
    return jobs_seen.job_json(jobs_seen.get_job(actor(request), job_id))


@router.get("/jobs/{uuid:job_id}/errors/", operation_id="api_jobs_errors_list")
@needs(Permission.JOB_VIEW)
def list_job_errors(request: HttpRequest, job_id: UUID, page: str = "", page_size: str = "") -> Page[shapes.JobError]:
    """List the items that a job could not take."""
    errors = jobs_seen.errors_of(jobs_seen.get_job(actor(request), job_id))
    return paginate(request, errors, jobs_seen.errors_json, default_size=100, empty_past_end=True)


@router.post("/jobs/{uuid:job_id}/cancel/", operation_id="api_jobs_cancel")
@needs(Permission.JOB_VIEW)
def cancel_job(request: HttpRequest, job_id: UUID) -> Job:
    """Ask a job to stop; it ends at the next safe point."""
    return jobs_seen.job_json(jobs_seen.stop(actor(request), job_id))
