"""Import requests: small ones are done at once, large ones by a job that the request waits for.

With `mode=job` nothing waits: the answer is the job.
"""

from typing import cast

import orjson
from django.db import transaction
from django.http import HttpRequest

from postil.accounts.access import Actor
from postil.core.errors import Invalid
from postil.core.ids import new_secret
from postil.imports import access, handlers, shapes
from postil.imports.jobs import ImportTasks
from postil.imports.models import FileUpload
from postil.imports.receiving import receive
from postil.infra.http import bool_param
from postil.infra.jobs import NullRun, enqueue, job_json, wait
from postil.infra.models import Job, JobState
from postil.projects.models import Project

SMALL_BYTES = 16 * 1024 * 1024
WAIT_S = 540.0
MAX_MESSAGES = 100

Answer = tuple[int, shapes.ImportCounts | shapes.ImportStarted]
EMPTY: shapes.ImportCounts = {
    "task_count": 0, "annotation_count": 0, "prediction_count": 0, "duration": 0, "file_upload_ids": [],
    "found_formats": {}, "data_columns": [],
}  # fmt: skip


def import_tasks(request: HttpRequest, who: Actor, project: Project) -> Answer:
    """Take what the request brings and import it; returns status and answer."""
    if not request.META.get("CONTENT_LENGTH") and not request.META.get("HTTP_TRANSFER_ENCODING"):
        raise Invalid.items(["load_tasks: No data found in the request. Send JSON, files, or a form with url."])
    spec, size = receive(request, who, project)
    return _carry_out(spec, who, project, is_large=not 0 <= size <= SMALL_BYTES, as_job=_asks_job(request))


def reimport(request: HttpRequest, who: Actor, project: Project, ids: list[int], files_as_tasks_list: bool) -> Answer:
    """Read uploads again; returns status and answer. No upload named changes nothing."""
    if not ids:
        return 200, {**EMPTY}
    uploads = FileUpload.objects.filter(project=project, pk__in=ids)
    missing = set(ids) - set(uploads.values_list("pk", flat=True))
    if missing:
        raise Invalid.field("file_upload_ids", f"This project has no upload {min(missing)}.")
    spec = ImportTasks(
        token=new_secret(),
        project_id=project.pk,
        organization_id=who.organization.pk,
        user_id=who.user.pk,
        upload_ids=list(dict.fromkeys(ids)),
        files_as_tasks_list=files_as_tasks_list,
        owns_uploads=False,
        replaces=True,
    )
    size = sum(uploads.values_list("size_bytes", flat=True))
    status, answer = _carry_out(spec, who, project, is_large=size > SMALL_BYTES, as_job=_asks_job(request))
    return status, cast(
        "shapes.ImportCounts", {name: value for name, value in answer.items() if name != "could_be_tasks_list"}
    )


def _asks_job(request: HttpRequest) -> bool:
    mode = request.GET.get("mode", "")
    if mode not in ("", "job"):
        raise Invalid.field("mode", 'Must be "job" or left out.')
    return mode == "job"


def _carry_out(spec: ImportTasks, who: Actor, project: Project, *, is_large: bool, as_job: bool) -> Answer:
    if not as_job and not is_large:
        return 201, cast("shapes.ImportCounts", handlers.import_tasks(spec, NullRun()))
    with transaction.atomic():
        job = enqueue(spec, who=who.user, organization_id=who.organization.pk, project_id=project.pk)
    if as_job:
        return 202, _later(spec, Job.objects.get(pk=job.pk))
    job = wait(job, WAIT_S)
    if job.state == JobState.COMPLETED:
        return 201, cast("shapes.ImportCounts", job.result)
    if job.state in (JobState.FAILED, JobState.CANCELLED):
        raise _failure(job)
    return 202, _later(spec, job)


def _later(spec: ImportTasks, job: Job) -> shapes.ImportStarted:
    """Return the answer for an import that goes on; clients that know no jobs ask for `import` until it is done."""
    shown = job_json(job)
    return {"reimport": str(job.pk), "job": shown} if spec.replaces else {"import": str(job.pk), "job": shown}


def _failure(job: Job) -> Invalid:
    rows = job.errors.all()[:MAX_MESSAGES]
    messages = [
        f"{row.where}, `{row.field}`: {row.reason}" if row.field else f"{row.where}: {row.reason}" for row in rows
    ]
    return Invalid.items(messages or [job.error or "The import was stopped. Nothing was imported."])


def asked_uploads(request: HttpRequest, who: Actor, project: Project) -> list[FileUpload]:
    """Return the caller's uploads that a list request asks for: `all`, or `ids` as JSON."""
    text = request.GET.get("ids")
    if text:
        try:
            ids = orjson.loads(text)
        except orjson.JSONDecodeError:
            ids = None
        if not isinstance(ids, list) or not all(isinstance(part, int) and not isinstance(part, bool) for part in ids):
            raise Invalid.field("ids", "A JSON list of ids is needed, such as [1,2].")
        return access.own_uploads(who, project, ids)
    if bool_param(request, "all") or project.is_draft:
        return access.own_uploads(who, project)
    return []
