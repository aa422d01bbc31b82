"""Background work as people see it: managers all of their organization, others what they started."""

from uuid import UUID

from django.db.models import QuerySet

from postil.accounts.access import Actor
from postil.accounts.enums import Role
from postil.core.errors import Forbidden, NotFound
from postil.infra.jobs import cancel, job_json
from postil.infra.models import Job, JobError
from postil.projects import shapes
from postil.projects.access import get_project

__all__ = ["errors_json", "errors_of", "get_job", "job_json", "stop", "visible_jobs"]


def visible_jobs(who: Actor, project_id: int | None = None) -> QuerySet[Job]:
    """Return the jobs that `who` may see, newest first."""
    jobs = Job.objects.filter(organization_id=who.organization.pk).order_by("-created_at", "pk")
    if not who.role.covers(Role.MANAGER):
        jobs = jobs.filter(created_by=who.user)
    return jobs if project_id is None else jobs.filter(project_id=get_project(who, project_id).pk)


def get_job(who: Actor, job_id: UUID) -> Job:
    """Return a job that `who` may see; to others it does not exist."""
    try:
        return visible_jobs(who).get(pk=job_id)
    except Job.DoesNotExist:
        raise NotFound("No Job matches the given query.") from None


def errors_of(job: Job) -> QuerySet[JobError]:
    """Return the items that the job could not take, in their order."""
    return JobError.objects.filter(job=job).order_by("pk")


def errors_json(rows: list[JobError]) -> list[shapes.JobError]:
    """Return bad items as the API shows them."""
    return [{"where": row.where, "field": row.field, "reason": row.reason} for row in rows]


def stop(who: Actor, job_id: UUID) -> Job:
    """Ask a job to stop; its starter and managers may."""
    job = get_job(who, job_id)
    if job.created_by_id != who.user.pk and not who.role.covers(Role.MANAGER):
        raise Forbidden
    return cancel(job.pk)
