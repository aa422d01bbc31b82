"""Export requests: small ones are done at once, large ones by a job that the request waits for.

With `mode=job` nothing waits: the answer names the job.
"""

import re
from typing import BinaryIO

from django.db import transaction
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

from postil.accounts.access import Actor
from postil.core.errors import Invalid, NotFound, Unprocessable
from postil.core.result import Report
from postil.exports import actions, handlers, schemas, shapes, writing
from postil.exports.actions import ExportFile
from postil.exports.jobs import ConvertExport, MakeExport
from postil.exports.models import ConvertedFormat, Export, ExportState
from postil.exports.options import ExportOptions, TaskFilter, read_ids
from postil.infra.http import bool_param
from postil.infra.jobs import NullRun, enqueue, wait
from postil.infra.ranges import answer_with_file
from postil.projects.models import Project

SMALL_TASKS = 20_000
WAIT_S = 540.0
BLOCK_BYTES = 256 * 1024
DEFAULT_FORMAT = "JSON"
FILE_ADDRESS = re.compile(r"/export/(\d{1,18})-")


def format_of(request: HttpRequest) -> str:
    """Return the format that a request names, under either of its names."""
    return request.GET.get("exportType") or request.GET.get("export_type") or DEFAULT_FORMAT


def direct(request: HttpRequest, who: Actor, project: Project) -> HttpResponseBase:
    """Answer with an export file. Without `download_all_tasks` it holds the tasks that have annotations."""
    wants_all = bool_param(request, "download_all_tasks")
    ids = read_ids([*request.GET.getlist("ids"), *request.GET.getlist("ids[]")])
    actions.check_frames(project, bool_param(request, "interpolate_key_frames"))
    file = actions.export_now(
        who=who,
        project=project,
        format_name=format_of(request),
        options=ExportOptions(tasks=TaskFilter(ids=ids, has_any_annotation=not wants_all)),
        raw_cells=bool_param(request, "raw"),
        with_media=bool_param(request, "download_resources", default=True),
    )
    return sent(file)


def project_of_file(request: HttpRequest) -> int:
    """Return the project of the export file whose address a web server in front passes on."""
    found = FILE_ADDRESS.search(request.headers.get("X-Original-URI", ""))
    if found is None:
        raise Unprocessable("X-Original-URI must name an export file: /export/<project>-<name>.")
    return int(found.group(1))


def sent(file: ExportFile) -> FileResponse:
    """Return a file as a download with the headers that clients read."""
    response = FileResponse(file.stream, content_type=file.media_type)
    response.block_size = BLOCK_BYTES
    response["Content-Length"] = str(file.size_bytes)
    _name(response, file)
    return response


def _resumable(request: HttpRequest, file: ExportFile, opened: BinaryIO) -> HttpResponseBase:
    """Return a stored file as a download that can go on where it was broken off."""
    response = answer_with_file(request, opened)
    response["Content-Type"] = file.media_type
    _name(response, file)
    return response


def _name(response: HttpResponseBase, file: ExportFile) -> None:
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["filename"] = file.name
    response["Access-Control-Expose-Headers"] = "filename"
    if file.report.error_count:
        response["X-Postil-Errors"] = str(file.report.error_count)


def create(who: Actor, project: Project, payload: schemas.ExportIn) -> shapes.NewExport:
    """Make a snapshot, now or by a job; returns the answer."""
    if payload.mode not in (None, "", "job"):
        raise Invalid.field("mode", 'Must be "job" or left out.')
    if payload.export_type:
        writing.find_exporter(payload.export_type)
    options = payload.dict(include={"task_filter_options", "annotation_filter_options", "serialization_options"})
    as_job = payload.mode == "job"
    is_small = project.task_count <= SMALL_TASKS
    with transaction.atomic():
        export = actions.create_export(who=who, project=project, title=payload.title or "", options=options)
        spec = MakeExport(export.pk, who.organization.pk, who.user.pk, payload.export_type or "")
        if as_job or not is_small:
            job = enqueue(spec, who=who.user, organization_id=who.organization.pk, project_id=project.pk)
            Export.objects.filter(pk=export.pk).update(job_id=job.pk)
    if not as_job and is_small:
        handlers.make_export(spec, NullRun())
    elif not as_job:
        wait(job, WAIT_S)
    return schemas.created_json(Export.objects.select_related("created_by").get(pk=export.pk))


def convert(who: Actor, export: Export, payload: schemas.ConvertIn) -> shapes.Conversion:
    """Convert a snapshot, now or by a job; returns the answer."""
    as_job = payload.mode == "job"
    is_small = int(export.counters.get("task_number", 0)) <= SMALL_TASKS
    with transaction.atomic():
        converted = actions.create_conversion(export=export, format_name=payload.export_type)
        spec = ConvertExport(converted.pk, who.organization.pk, who.user.pk)
        if as_job or not is_small:
            job = enqueue(spec, who=who.user, organization_id=who.organization.pk, project_id=export.project_id)
            ConvertedFormat.objects.filter(pk=converted.pk).update(job_id=job.pk)
    if not as_job and is_small:
        handlers.convert_export(spec, NullRun())
    elif not as_job:
        wait(job, WAIT_S)
    return {"export_type": payload.export_type, "converted_format": converted.pk}


def download(request: HttpRequest, export: Export) -> HttpResponseBase:
    """Answer with a snapshot, or with it in another format, converted on the way if that was not done before."""
    actions.check_frames(export.project, bool_param(request, "interpolate_key_frames"))
    if export.status != ExportState.COMPLETED:
        raise NotFound("The export is not ready." if export.status != ExportState.FAILED else export.error)
    name = format_of(request)
    exporter = writing.find_exporter(name)
    if name == "JSON":
        stored = export.file_name
    else:
        done = ConvertedFormat.objects.filter(export=export, export_type=name, status=ExportState.COMPLETED).first()
        stored = done.file_name if done is not None else ""
    if not stored or (bool_param(request, "raw") and name != "JSON"):
        return sent(actions.converted_now(export, name, raw_cells=bool_param(request, "raw")))
    path = actions.file_of(stored)
    shown = writing.download_name(export.project_id, export.md5, exporter.extension)
    opened = path.open("rb")
    file = ExportFile(opened, shown, exporter.media_type, path.stat().st_size, Report())
    return _resumable(request, file, opened)
