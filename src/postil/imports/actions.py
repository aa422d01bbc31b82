"""Writes of imports. Reading and checking come first, outside of any transaction; then everything is stored at once."""

import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from postil.accounts.access import Actor
from postil.accounts.audit import record
from postil.core.errors import Invalid
from postil.formats.detect import IMPORTER_OF
from postil.imports.checking import Checker
from postil.imports.gathering import PROGRESS_EVERY, Gathering
from postil.imports.jobs import ImportTasks
from postil.imports.models import FileUpload, ImportOutcome
from postil.imports.sources import (
    LIST_EXTENSIONS,
    Source,
    import_context,
    source_of_body,
    source_of_file,
    source_of_upload,
)
from postil.imports.spool import TaskSpool
from postil.imports.store import check_extension, media_path, remove_files, store_upload
from postil.infra.collection import rare_collections
from postil.infra.jobs import Interrupted, NullRun, Run
from postil.labeling.config import parse_config
from postil.projects.models import Project
from postil.tasks.actions import delete_tasks
from postil.tasks.bulk import TaskWriter
from postil.tasks.models import Task

Answer = dict[str, Any]


def import_tasks(*, who: Actor, project: Project, spec: ImportTasks, run: Run) -> Answer:
    """Bring in what `spec` names, all of it or nothing; returns the import's answer.

    Safe to run again: an import that was stored already gives its first answer.
    """
    known = ImportOutcome.objects.filter(token=spec.token).first()
    if known is not None:
        return dict(known.answer)
    uploads = list(FileUpload.objects.filter(project=project, pk__in=spec.upload_ids).order_by("pk"))
    config = parse_config(project.label_config)
    sources = [source_of_upload(upload, config, files_as_tasks_list=spec.files_as_tasks_list) for upload in uploads]
    if spec.body_name:
        sources.append(source_of_body(media_path(spec.body_name), config))
    try:
        return import_sources(who=who, project=project, sources=sources, spec=spec, run=run)
    except Interrupted:
        raise
    except Exception:
        if spec.owns_uploads:
            discard_uploads(uploads)
        raise


def import_sources(*, who: Actor, project: Project, sources: list[Source], spec: ImportTasks, run: Run) -> Answer:
    """Read, check and store the tasks of some sources; raises `Invalid` with the first errors and stores nothing."""
    started_s = time.perf_counter()
    checker = Checker(who=who, project=project, preannotated_from=spec.preannotated_from) if spec.commit else None
    with rare_collections(), TaskSpool() as spool:
        gathering = Gathering(checker=checker, spool=spool, run=run, allowed_uploads=_upload_ids(project, sources))
        gathering.read(sources)
        if gathering.error_count:
            raise refused(gathering)
        if not spool.count:
            raise Invalid.items(["load_tasks: No tasks added"])
        answer = _answer(sources, spool.count)
        if checker is None:
            answer["duration"] = time.perf_counter() - started_s
            return answer
        _store(who=who, project=project, spool=spool, spec=spec, run=run, answer=answer, checker=checker)
    answer["duration"] = time.perf_counter() - started_s
    return answer


def refused(gathering: Gathering) -> Invalid:
    """Return the error that names the first bad items."""
    return Invalid.items(gathering.found())


@transaction.atomic
def _store(
    *, who: Actor, project: Project, spool: TaskSpool, spec: ImportTasks, run: Run, answer: Answer, checker: Checker
) -> None:
    """Write all tasks with all they carry, in one transaction."""
    if spec.replaces:
        delete_tasks(who=who, project=project, tasks=Task.objects.filter(file_upload_id__in=spec.upload_ids))
    with TaskWriter(project=project, who=who, expected=spool.count, wants_ids=spec.return_task_ids) as writer:
        for number, item in enumerate(spool, 1):
            writer.add(item)
            if number % PROGRESS_EVERY == 0:
                run.progress(number, spool.count)
    answer["annotation_count"] = writer.annotation_count
    answer["prediction_count"] = writer.prediction_count
    if spec.return_task_ids:
        answer["task_ids"] = list(writer.task_ids)
    if checker.last_model_version and not project.model_version:
        # LS: the first import of predictions decides which version the project shows.
        Project.objects.filter(pk=project.pk, model_version__in=["", None]).update(
            model_version=checker.last_model_version
        )
    details = {"tasks": spool.count, "annotations": writer.annotation_count, "files": len(spec.upload_ids)}
    record(who, "tasks.imported", object_type="project", object_id=project.pk, project_id=project.pk, details=details)
    if spec.token:
        ImportOutcome.objects.create(token=spec.token, project=project, answer=answer)


def _answer(sources: list[Source], task_count: int) -> Answer:
    files = [source for source in sources if source.upload_id is not None]
    formats: dict[str, int] = {}
    columns: dict[str, None] = {}
    for source in files:
        formats[source.extension] = formats.get(source.extension, 0) + 1
        columns.update(source.keys)
    return {
        "task_count": task_count,
        "annotation_count": None,
        "prediction_count": None,
        "duration": 0.0,
        "file_upload_ids": [source.upload_id for source in files],
        "could_be_tasks_list": any(source.extension in LIST_EXTENSIONS for source in files),
        # LS: an empty list when nothing came as a file.
        "found_formats": formats if files else [],
        "data_columns": list(columns),
    }


def _upload_ids(project: Project, sources: Iterable[Source]) -> frozenset[int]:
    """The uploads that tasks of a file may name as their origin: those of the same project."""
    if all(source.upload_id is not None for source in sources):
        return frozenset()
    return frozenset(FileUpload.objects.filter(project=project).values_list("pk", flat=True)[:100_000])


def import_file(
    *, who: Actor, project: Project, path: Path, run: Run | None = None, preannotated_from: Collection[str] = ()
) -> Answer:
    """Import one file that lies on this machine; files with tasks are read where they are, others are copied in."""
    run = run or NullRun()
    extension = check_extension(path.name)
    config = parse_config(project.label_config)
    spec = ImportTasks(
        token="", project_id=project.pk, organization_id=who.organization.pk, user_id=who.user.pk,
        preannotated_from=list(preannotated_from),
    )  # fmt: skip
    if extension in IMPORTER_OF:
        items = source_of_file(path, extension, import_context(config))
        return import_sources(who=who, project=project, sources=[Source(path.name, items)], spec=spec, run=run)
    limit = settings.CONFIG.max_upload_mb * 1024 * 1024
    with path.open("rb") as stream:
        upload = store_upload(project=project, user=who.user, name=path.name, source=stream, max_bytes=limit)
    try:
        sources = [source_of_upload(upload, config)]
        return import_sources(who=who, project=project, sources=sources, spec=spec, run=run)
    except Exception:
        discard_uploads([upload])
        raise


def discard_uploads(uploads: Iterable[FileUpload]) -> None:
    """Delete uploads that no task uses, rows and files."""
    uploads = list(uploads)
    FileUpload.objects.filter(pk__in=[upload.pk for upload in uploads]).delete()
    remove_files([upload.stored_name for upload in uploads])


@transaction.atomic
def delete_uploads(*, who: Actor, project: Project, uploads: list[FileUpload]) -> int:
    """Delete uploads with their files; tasks that came from them stay. Returns how many there were."""
    ids = [upload.pk for upload in uploads]
    Task.all_objects.filter(file_upload_id__in=ids).update(file_upload_id=None)
    FileUpload.objects.filter(pk__in=ids).delete()
    record(
        who, "uploads.deleted", object_type="project", object_id=project.pk, project_id=project.pk,
        details={"count": len(ids)},
    )  # fmt: skip
    names = [upload.stored_name for upload in uploads]
    transaction.on_commit(_remover(names))
    return len(ids)


def _remover(names: list[str]) -> Callable[[], None]:
    return lambda: remove_files(names)
