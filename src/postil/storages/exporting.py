"""Syncs of targets: every annotation that was not written since, or the whole project in one file of a format."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from postil.accounts.access import Actor
from postil.core.clock import now
from postil.core.errors import StorageFull
from postil.core.result import ItemError
from postil.exports.actions import export_now
from postil.exports.options import ExportOptions, TaskFilter
from postil.infra.jobs import Run
from postil.storages import targets
from postil.storages.models import Storage, StorageWrite
from postil.storages.sender import fulfil
from postil.storages.stores import params_of, provider_of, store_of
from postil.tasks.models import Annotation

BATCH = 200
MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024


def write_all(*, storage: Storage, asked_at: datetime, run: Run) -> int:
    """Write every annotation of the project; returns how many. Run again, it goes on behind what it has written."""
    annotations = Annotation.objects.filter(project_id=storage.project_id, task__deleted_at=None)
    written_since = StorageWrite.objects.filter(
        storage=storage, annotation_id=OuterRef("pk"), state="done", written_at__gte=asked_at
    )
    total = annotations.count()
    due = annotations.filter(~Exists(written_since)).order_by("pk")
    done, last = total - due.count(), 0
    while True:
        ids = list(due.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH])
        if not ids:
            return done
        last = ids[-1]
        done += _write(storage, ids, run)
        run.progress(done, total)


def _write(storage: Storage, ids: list[int], run: Run) -> int:
    """Write some annotations; what fails is noted and tried again by the sender."""
    targets.owe(storage, ids)
    rows = StorageWrite.objects.filter(storage=storage, annotation_id__in=ids)
    # What failed before waits for its time: a sync tries it now. What a lane writes just now is left to it.
    rows.filter(claimed_by="").update(next_at=now())
    token, mine = targets.claim(rows.filter(claimed_by="").values_list("pk", flat=True))
    try:
        errors = fulfil(storage, mine)
    except BaseException:
        targets.give_back(token)
        raise
    targets.note_done(token, [write.pk for write in mine if write.pk not in errors])
    if errors:
        targets.note_failed(token, errors)
    for write in mine:
        if write.pk in errors:
            run.item_error(ItemError(f"annotation {write.annotation_id}", errors[write.pk]))
    return len(ids) - len(errors)


def write_export(*, who: Actor, storage: Storage, run: Run) -> int:
    """Write the annotated tasks of the project as one file of the chosen format; returns how many tasks."""
    options = ExportOptions(tasks=TaskFilter(only_with_annotations=True))
    run.check_cancelled()
    made = export_now(
        who=who, project=storage.project, format_name=storage.export_format, options=options, raw_cells=False
    )
    with made.stream as stream:
        if made.size_bytes > MAX_FILE_BYTES:
            raise StorageFull("The export is larger than 2 GB. Export it from the project's page.")
        key = provider_of(storage.kind).target_key(params_of(storage), made.name)
        store_of(storage).write(key, stream, made.media_type)
    return made.report.written
