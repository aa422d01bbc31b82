"""The client for asyncio. `postil_client.client` is made from this file by tools/gen_client.py."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import httpx

from postil_client import _calls
from postil_client._auth import KeyAuth
from postil_client._http import Call, Settings, checked, headers_of, params_of, pause_after, read_by, unreachable
from postil_client._items import JsonItems
from postil_client.errors import JobFailed, NotFound
from postil_client.filters import Filter, column
from postil_client.types import (
    Annotation,
    ImportResult,
    Job,
    Prediction,
    PredictionsResult,
    ProjectInfo,
    Result,
    Task,
    User,
)

T = TypeVar("T")
OnProgress = Callable[[int, int | None], object]
JOB_PAUSE_S = 0.3
PIECE_BYTES = 256 * 1024


class AsyncClient:
    """A connection to a server, for many calls. Close it, or use it with `async with`.

    Without arguments the address and the key come from POSTIL_URL and POSTIL_API_KEY (or LABEL_STUDIO_URL and
    LABEL_STUDIO_API_KEY). Calls that could not be sent, and those that a busy server refused, are tried again, up to
    `tries` times; a POST is done once even then.
    """

    def __init__(
        self,
        url: str | None = None,
        api_key: str | None = None,
        *,
        timeout_s: float = 60.0,
        tries: int = 5,
        verify: bool = True,
    ) -> None:
        self._settings = Settings.of(url, api_key, timeout_s, tries, verify)
        self._http = httpx.AsyncClient(
            base_url=self._settings.url,
            auth=KeyAuth(self._settings.api_key, f"{self._settings.url}/api/token/refresh/"),
            timeout=timeout_s,
            verify=verify,
        )

    async def __aenter__(self) -> Self:
        """Return the client."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connection."""
        await self._http.aclose()

    async def call(self, call: Call[T]) -> T:
        """Send a call and return what it reads; raises `ApiError` or `Unreachable`."""
        response = await self._send(call, is_whole=True)
        return read_by(call, response, self._settings.url)

    async def _send(self, call: Call[Any], *, is_whole: bool) -> httpx.Response:
        """Return a good answer, with its body if it is wanted whole; one that broke off is asked for again."""
        headers = headers_of(call)
        tries, attempt = self._settings.tries, 0
        while True:
            try:
                with call.files() as files:
                    request = self._http.build_request(
                        call.method, call.path, params=params_of(call), json=call.json, files=files, headers=headers
                    )
                    response = await self._http.send(request, stream=True)
                pause = pause_after(attempt, tries, response)
                if is_whole or not response.is_success:
                    await response.aread()
                if response.is_success or pause is None:
                    return checked(call, response, attempt)
            except httpx.TransportError as error:
                pause = pause_after(attempt, tries, None)
                if pause is None:
                    raise unreachable(call, self._settings.url, error) from error
            await asyncio.sleep(pause)
            attempt += 1

    @asynccontextmanager
    async def _answer(self, call: Call[Any]) -> AsyncIterator[httpx.Response]:
        """Give a good answer whose body is not read yet; raises `Unreachable` when it breaks off."""
        response = await self._send(call, is_whole=False)
        try:
            yield response
        except httpx.TransportError as error:
            raise unreachable(call, self._settings.url, error) from error
        finally:
            await response.aclose()

    async def get(self, path: str) -> Any:
        """Return the answer of any address of the API, for what has no method here."""
        return await self.call(_calls.any_call("GET", path, None))

    async def post(self, path: str, body: object = None) -> Any:
        """Post to any address of the API; done once even if it is sent again."""
        return await self.call(_calls.any_call("POST", path, body))

    async def check(self) -> User:
        """Return the person whose key this is; raises `Unauthorized` if it is not valid."""
        return await self.call(_calls.who_am_i())

    async def list_projects(self, *, title: str | None = None) -> AsyncIterator["AsyncProject"]:
        """Yield the projects, newest first; with `title` those that have it in their title."""
        page = 1
        while True:
            try:
                found = await self.call(_calls.list_projects(page, 100, title))
            except NotFound:
                return
            for info in found:
                yield AsyncProject(self, info)
            if len(found) < 100:
                return
            page += 1

    async def get_project(self, project_id: int) -> "AsyncProject":
        """Return a project."""
        return AsyncProject(self, await self.call(_calls.get_project(project_id)))

    async def create_project(self, title: str, label_config: str = "<View></View>", **fields: Any) -> "AsyncProject":
        """Make a project; `fields` as the API names them. Raises `Invalid` for a config with mistakes."""
        info = await self.call(_calls.create_project({"title": title, "label_config": label_config, **fields}))
        return AsyncProject(self, info)

    start_project = create_project

    async def get_task(self, task_id: int) -> Task:
        """Return a task with its annotations and predictions."""
        return await self.call(_calls.get_task(task_id))

    async def update_task(self, task_id: int, **fields: Any) -> Task:
        """Change fields of a task; `data` is replaced as a whole."""
        return await self.call(_calls.update_task(task_id, fields))

    async def delete_task(self, task_id: int) -> None:
        """Put a task into the trash."""
        await self.call(_calls.delete_task(task_id))

    async def create_annotation(self, task: int, result: Result, **fields: Any) -> Annotation:
        """Submit an annotation; `fields` such as `lead_time` (seconds), `ground_truth`, `was_cancelled`."""
        return await self.call(_calls.create_annotation(task, result, fields))

    async def get_annotation(self, annotation_id: int) -> Annotation:
        """Return an annotation; its `etag` is for `update_annotation`."""
        return await self.call(_calls.get_annotation(annotation_id))

    async def update_annotation(self, annotation_id: int, *, etag: str | None = None, **fields: Any) -> Annotation:
        """Change an annotation; the state before is kept as a version.

        Raises `ChangedMeanwhile` if the `etag` of an annotation is given and somebody changed it since.
        """
        return await self.call(_calls.update_annotation(annotation_id, fields, etag))

    async def delete_annotation(self, annotation_id: int) -> None:
        """Put an annotation into the trash."""
        await self.call(_calls.delete_annotation(annotation_id))

    async def create_prediction(
        self, task: int, result: Any, *, score: float | None = None, model_version: str = ""
    ) -> Prediction:
        """Add a prediction. `result` is a list of results, or a value for the first control that takes it."""
        return await self.call(_calls.create_prediction(task, result, score, model_version))

    async def delete_prediction(self, prediction_id: int) -> None:
        """Delete a prediction."""
        await self.call(_calls.delete_prediction(prediction_id))

    async def wait_for(self, job: Job, progress: OnProgress | None = None) -> Job:
        """Return a job once it has completed; raises `JobFailed` if it failed or was cancelled."""
        while True:
            if progress is not None:
                progress(job["progress"]["done"], job["progress"]["total"])
            if job["state"] == "completed":
                return job
            if job["state"] in _calls.ENDED:
                raise JobFailed(job)
            await asyncio.sleep(JOB_PAUSE_S)
            job = await self.call(_calls.get_job(job["id"]))


class AsyncProject:
    """A project. `info` is what the server said of it when it was fetched; `refresh` asks again."""

    def __init__(self, client: AsyncClient, info: ProjectInfo) -> None:
        self.client = client
        self.info = info

    def __repr__(self) -> str:
        """Name the project."""
        return f"<{type(self).__name__} {self.id}: {self.title}>"

    @property
    def id(self) -> int:
        """The id."""
        return self.info["id"]

    @property
    def title(self) -> str:
        """The title."""
        return self.info["title"]

    async def refresh(self) -> Self:
        """Fetch the project with its counters anew."""
        self.info = await self.client.call(_calls.get_project(self.id))
        return self

    async def update(self, **fields: Any) -> Self:
        """Change fields of the project."""
        self.info = await self.client.call(_calls.update_project(self.id, fields))
        return self

    async def delete(self) -> None:
        """Put the project into the trash."""
        await self.client.call(_calls.delete_project(self.id))

    async def import_tasks(
        self,
        tasks: Iterable[Any] | str | PathLike[str],
        *,
        batch: int = 1000,
        preannotated_from_fields: Sequence[str] = (),
        progress: OnProgress | None = None,
    ) -> ImportResult:
        """Import tasks: dictionaries (data, or tasks with `data`, `annotations`, `predictions`), or a file by its path.

        A file is stored as a whole or not at all, without being read into memory. Dictionaries go in batches, each
        stored as a whole; `progress(done, total)` is called after each.
        """
        fields = ",".join(preannotated_from_fields) or None
        if isinstance(tasks, str | PathLike):
            job = await self.client.call(_calls.import_file(self.id, _calls.opened(Path(tasks)), fields))
            job = await self.client.wait_for(job, progress)
            return cast(ImportResult, job["result"])
        total = len(tasks) if isinstance(tasks, Sequence) else None
        sum_of = ImportResult(task_count=0, annotation_count=0, prediction_count=0, task_ids=[])
        left = iter(tasks)
        while part := list(islice(left, batch)):
            found = await self.client.call(_calls.import_tasks(self.id, part, fields))
            sum_of["task_count"] += found["task_count"]
            sum_of["annotation_count"] += found["annotation_count"]
            sum_of["prediction_count"] += found["prediction_count"]
            sum_of["task_ids"] += found["task_ids"]
            if progress is not None:
                progress(sum_of["task_count"], total)
        return sum_of

    async def get_tasks(
        self,
        where: Filter | None = None,
        *,
        order: Sequence[str] = (),
        only: Sequence[str] = (),
        page_size: int = 500,
    ) -> AsyncIterator[Task]:
        """Yield tasks with their annotations and predictions, a page at a time.

        `order` names columns, with `-` for falling; `only` the keys that are wanted.
        """
        page = 1
        while True:
            try:
                found = await self.client.call(
                    _calls.list_tasks(self.id, page, page_size, where=where, order=order, only=only)
                )
            except NotFound:
                return
            for task in found:
                yield task
            if len(found) < page_size:
                return
            page += 1

    async def get_labeled_tasks(self) -> AsyncIterator[Task]:
        """Yield the tasks that are done: with as many annotations as their overlap asks for."""
        async for task in self.get_tasks(column("completed_at").is_empty(False)):
            yield task

    async def get_unlabeled_tasks(self) -> AsyncIterator[Task]:
        """Yield the tasks that are not done."""
        async for task in self.get_tasks(column("completed_at").is_empty()):
            yield task

    async def export_tasks(
        self, *, ids: Iterable[int] | None = None, only_annotated: bool = True
    ) -> AsyncIterator[Task]:
        """Yield tasks as a JSON export has them, while the answer arrives: memory does not grow with the project."""
        items = JsonItems()
        async with self.client._answer(_calls.export_file(self.id, "JSON", ids, only_annotated)) as response:
            async for piece in response.aiter_bytes(PIECE_BYTES):
                for item in items.feed(piece):
                    yield cast(Task, item)
        for item in items.close():
            yield cast(Task, item)

    async def export_file(
        self,
        path: str | PathLike[str],
        export_type: str = "JSON",
        *,
        ids: Iterable[int] | None = None,
        only_annotated: bool = True,
        progress: OnProgress | None = None,
    ) -> Path:
        """Write an export to a file, which stands there only when it is whole; `progress(bytes, total)`."""
        target = Path(path)
        part = target.with_name(f".{target.name}.part")
        try:
            async with self.client._answer(_calls.export_file(self.id, export_type, ids, only_annotated)) as response:
                total = int(response.headers.get("Content-Length", 0)) or None
                with part.open("wb") as file:
                    async for piece in response.aiter_bytes(PIECE_BYTES):
                        file.write(piece)
                        if progress is not None:
                            progress(file.tell(), total)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return target

    async def import_predictions(
        self, predictions: Iterable[Mapping[str, Any]], *, batch: int = 1000, progress: OnProgress | None = None
    ) -> PredictionsResult:
        """Add many predictions: `{"task", "result", "score", "model_version"}` each.

        `errors` in the answer lists those that do not fit the label config.
        """
        total = len(predictions) if isinstance(predictions, Sequence) else None
        sum_of = PredictionsResult(created=0, errors=[])
        left, done = iter(predictions), 0
        while part := list(islice(left, batch)):
            found = await self.client.call(_calls.import_predictions(self.id, part))
            sum_of["created"] += found["created"]
            sum_of["errors"] += found.get("errors", [])
            done += len(part)
            if progress is not None:
                progress(done, total)
        return sum_of

    async def delete_tasks(self, ids: Iterable[int]) -> None:
        """Put tasks into the trash; none named deletes none."""
        chosen = list(ids)
        if chosen:
            await self.client.call(_calls.delete_tasks(self.id, chosen))

    async def get_model_versions(self) -> dict[str, int]:
        """Return how many predictions each model version made."""
        return await self.client.call(_calls.model_versions(self.id))
