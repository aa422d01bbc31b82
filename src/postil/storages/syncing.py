"""Brings the objects of a source in as tasks, page after page.

Each page is one transaction: its tasks and the links that say which objects they are. So a sync that was killed goes on
where it was, and the unique link makes every object count once, also when two syncs meet. An object that is not
acceptable is noted and tried again the next time; the others go in. Of an object that has grown since, only what came
behind the known tasks is taken; nothing that people may have worked on is changed.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction

from postil.accounts.access import Actor
from postil.core.clock import now
from postil.core.errors import PostilError
from postil.core.result import ItemError
from postil.formats.importer import ImportContext, TaskItem
from postil.imports.checking import Checker
from postil.imports.sources import import_context
from postil.infra.bulk import Row, insert_rows
from postil.infra.db import one_at_a_time
from postil.infra.jobs import Run
from postil.labeling.config import parse_config
from postil.projects.models import Project
from postil.storages.filters import wanted
from postil.storages.models import Storage, StorageLink
from postil.storages.provider import MAX_KEY_BYTES, Store, StoredObject, sentence
from postil.storages.queries import known_versions
from postil.storages.stores import plain_params_of, provider_of, store_of
from postil.storages.task_files import read_tasks
from postil.tasks.bulk import TaskWriter

READERS = 16
FILES_AT_ONCE = 200
BYTES_AT_ONCE = 64 * 1024 * 1024
IN_MEMORY = 256 * 1024
LINK_COLUMNS = ("storage_id", "key", "row_index", "version", "row_count", "task_id", "created_at")


@dataclass(slots=True)
class SyncCount:
    """What a sync has done so far."""

    seen: int = 0
    tasks: int = 0
    existed: int = 0


@dataclass(slots=True)
class _Read:
    """One object with its tasks, not yet stored; `known` of them are there already."""

    found: StoredObject
    items: list[TaskItem] = field(default_factory=list)
    link_id: int | None = None
    known: int = 0


def sync_source(*, who: Actor, storage: Storage, run: Run) -> SyncCount:
    """Bring in what is new; errors about single objects go to `run`. Safe to run again and beside itself."""
    store = store_of(storage)
    is_wanted = wanted(storage.regex_filter)
    count = SyncCount()
    page_of = _blobs if storage.use_blob_urls else _files
    for page in _ahead(store.pages(recursive=storage.recursive_scan)):
        objects = [found for found in page if is_wanted(found.key) and _fits(found, run)]
        page_of(who=who, storage=storage, store=store, objects=objects, run=run, count=count)
        count.seen += len(page)
        run.progress(count.seen)
    return count


def _fits(found: StoredObject, run: Run) -> bool:
    if len(found.key.encode(errors="replace")) <= MAX_KEY_BYTES and "\x00" not in found.key:
        return True
    run.item_error(ItemError(found.key[:200], f"The key is longer than {MAX_KEY_BYTES} bytes."))
    return False


def _ahead(pages: Iterator[list[StoredObject]]) -> Iterator[list[StoredObject]]:
    """Yield the pages; the next one is fetched while one is worked on."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="listing") as pool:
        coming = pool.submit(next, pages, None)
        while (page := coming.result()) is not None:
            coming = pool.submit(next, pages, None)
            yield page


def _news(storage: Storage, objects: list[StoredObject], count: SyncCount) -> list[_Read]:
    """Return the objects that are new or have changed; counts the others."""
    unique = {found.key: found for found in objects}
    known = known_versions(storage, unique)
    news = []
    for key, found in unique.items():
        link = known.get(key)
        if link is None:
            news.append(_Read(found))
        elif found.version and link[1] != found.version and not storage.use_blob_urls:
            news.append(_Read(found, link_id=link[0], known=link[2]))
        else:
            count.existed += 1
    return news


def _blobs(
    *, who: Actor, storage: Storage, store: Store, objects: list[StoredObject], run: Run, count: SyncCount
) -> None:
    """Make each new object one task that shows it."""
    news = _news(storage, objects, count)
    if not news:
        return
    provider, params = provider_of(storage.kind), plain_params_of(storage)
    data_key = _context(storage.project).data_key
    for read in news:
        uri = provider.uri(params, read.found.key)
        read.items = [TaskItem(read.found.key, 0, {data_key: uri})]
    count.tasks += _store(who=who, storage=storage, reads=news)


def _files(
    *, who: Actor, storage: Storage, store: Store, objects: list[StoredObject], run: Run, count: SyncCount
) -> None:
    """Read the tasks of each new or changed object, several objects at a time."""
    news = _news(storage, objects, count)
    checker = Checker(who=who, project=storage.project, checks_data=False)
    context = _context(storage.project)
    with ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="reading") as pool:
        for batch in _batches(news):
            files = pool.map(lambda read: _fetch(store, read.found), batch)
            try:
                good = [read for read in batch if _is_good(read, files, context, checker, run)]
            finally:
                for left in files:  # what a stop leaves
                    if not isinstance(left, ItemError):
                        left.close()
            count.tasks += _store(who=who, storage=storage, reads=good)


def _is_good(
    read: _Read, files: Iterator[BinaryIO | ItemError], context: ImportContext, checker: Checker, run: Run
) -> bool:
    """Read the next file; notes what is wrong with it."""
    run.check_cancelled()
    file = next(files)
    problem = file if isinstance(file, ItemError) else _read(read, file, context, checker)
    if problem is not None:
        run.item_error(problem)
    return problem is None


def _batches(news: list[_Read]) -> Iterator[list[_Read]]:
    """Yield a few objects at a time: so many, or so large, that reading them side by side pays."""
    batch: list[_Read] = []
    size = 0
    for read in news:
        batch.append(read)
        size += read.found.size or 0
        if len(batch) >= FILES_AT_ONCE or size >= BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _fetch(store: Store, found: StoredObject) -> BinaryIO | ItemError:
    """Return an object's bytes as a file."""
    limit = settings.CONFIG.max_upload_mb * 1024 * 1024
    if found.size is not None and found.size > limit:
        return ItemError(found.key, f"The object is larger than {settings.CONFIG.max_upload_mb} MB.")
    file = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY, prefix="postil-object-"))  # noqa: SIM115 -- `_read` closes it
    try:
        received = 0
        for chunk in store.read(found.key).chunks:
            received += len(chunk)
            if received > limit:
                file.close()
                return ItemError(found.key, f"The object is larger than {settings.CONFIG.max_upload_mb} MB.")
            file.write(chunk)
    except PostilError as error:
        file.close()
        return ItemError(found.key, sentence(error))
    file.seek(0)
    return file


def _read(read: _Read, file: BinaryIO, context: ImportContext, checker: Checker) -> ItemError | None:
    """Fill in the tasks of an object, or return why it cannot be taken."""
    key = read.found.key
    with file:
        for item in read_tasks(key, file, context):
            if isinstance(item, ItemError):
                place = key if item.where == "file" else f"{key}, {item.where}"
                return ItemError(place, item.reason, item.field)
            problems = checker.prepare(item)
            if problems:
                return ItemError(f"{key}, {item.where}", problems[0].reason, problems[0].field)
            read.items.append(item)
    return None


@transaction.atomic
def _store(*, who: Actor, storage: Storage, reads: list[_Read]) -> int:
    """Store tasks and links together; returns how many tasks there were. What another sync stored is left out."""
    if not reads:
        return 0
    one_at_a_time(f"storage-{storage.pk}")
    known = known_versions(storage, [read.found.key for read in reads])
    due = []
    for read in reads:
        link = known.get(read.found.key)
        if link is not None:
            read.link_id = link[0]
        if link is None or link[2] == read.known:
            due.append((read, read.items[read.known :]))
    expected = sum(len(items) for _, items in due)
    with TaskWriter(project=storage.project, who=who, expected=expected, wants_ids=True) as writer:
        for _, items in due:
            for item in items:
                writer.add(item)
    ids = iter(writer.task_ids)
    rows: list[Row] = []
    for read, items in due:
        rows += _links(storage, read, [next(ids) for _ in items])
    insert_rows(StorageLink, LINK_COLUMNS, rows)
    return expected


def _links(storage: Storage, read: _Read, task_ids: list[int]) -> list[Row]:
    """Return the new links of an object; the first one, which says in which version it was read, may be there."""
    key, version, total = read.found.key, read.found.version[:100], max(len(read.items), read.known)
    fresh: list[int | None] = list(task_ids)
    first = read.known
    if read.link_id is not None:
        head: dict[str, object] = {"version": version, "row_count": total}
        if fresh and not first:
            head["task_id"] = fresh.pop(0)
            first = 1
        StorageLink.objects.filter(pk=read.link_id).update(**head)
    elif not fresh:
        fresh = [None]
    moment = now()
    return [
        (storage.pk, key, index, version if index == 0 else "", total if index == 0 else 0, task_id, moment)
        for index, task_id in enumerate(fresh, first)
    ]


def _context(project: Project) -> ImportContext:
    return import_context(parse_config(project.label_config))
