"""What the routes of imports and uploads take and give."""

from typing import cast

from postil.core.clock import iso
from postil.imports import shapes
from postil.imports.models import FileUpload
from postil.infra.bodies import Body
from postil.infra.models import Job, JobState

IMPORT_STATUS = {
    JobState.QUEUED: "created",
    JobState.RUNNING: "in_progress",
    JobState.COMPLETED: "completed",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "failed",
}


class UploadIds(Body):
    """Which uploads are meant; none named means all of the caller's."""

    file_upload_ids: list[int] | None = None


class ReimportIn(Body):
    """Which uploads to read again."""

    file_upload_ids: list[int]
    files_as_tasks_list: bool = True


def import_json(job: Job) -> shapes.ImportState:
    """Return an import that runs as a job as clients that wait for it know it."""
    shown = {
        **dict.fromkeys(("task_count", "annotation_count", "prediction_count", "duration"), 0),
        "task_ids": [],
        **job.result,
        "id": str(job.pk),
        "project": job.project_id,
        "status": IMPORT_STATUS[JobState(job.state)],
        "error": job.error or None,
        "created_at": iso(job.created_at),
        "finished_at": iso(job.finished_at) if job.finished_at else None,
    }
    return cast("shapes.ImportState", shown)


def upload_json(upload: FileUpload) -> shapes.FileUpload:
    """Return an upload as clients know it."""
    return {"id": upload.pk, "file": upload.stored_name, "size": upload.size_bytes}
