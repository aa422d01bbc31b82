"""The calls of the API as data: paths, bodies, and what is read from the answers. Nothing is sent here."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, cast

import httpx

from postil_client._http import Call, Params
from postil_client.filters import Filter
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

ENDED = frozenset({"completed", "failed", "cancelled"})
JsonDict = dict[str, Any]
OpenFile = Callable[[], AbstractContextManager[dict[str, Any]]]


def _json(response: httpx.Response) -> Any:
    return response.json()


def _nothing(_response: httpx.Response) -> None:
    return None


def any_call(method: str, path: str, body: object) -> Call[Any]:
    """Whatever the address gives."""
    return Call(method, path, lambda response: response.json() if response.content else None, json=body)


def who_am_i() -> Call[User]:
    """The person of the key."""
    return Call("GET", "/api/current-user/whoami", _json)


def list_projects(page: int, size: int, title: str | None) -> Call[list[ProjectInfo]]:
    """One page of projects; past the last one there is none."""
    return Call("GET", "/api/projects/", _results, {"page": page, "page_size": size, "title": title})


def _results(response: httpx.Response) -> Any:
    return response.json()["results"]


def create_project(fields: Mapping[str, Any]) -> Call[ProjectInfo]:
    """A new project."""
    return Call("POST", "/api/projects/", _json, json=dict(fields))


def get_project(project: int) -> Call[ProjectInfo]:
    """A project with its counters."""
    return Call("GET", f"/api/projects/{project}/", _json)


def update_project(project: int, fields: Mapping[str, Any]) -> Call[ProjectInfo]:
    """A project with some fields changed."""
    return Call("PATCH", f"/api/projects/{project}/", _json, json=dict(fields))


def delete_project(project: int) -> Call[None]:
    """A project put into the trash."""
    return Call("DELETE", f"/api/projects/{project}/", _nothing)


def import_tasks(project: int, tasks: list[Any], preannotated_from: str | None) -> Call[ImportResult]:
    """Tasks stored, all of them or none."""
    params: Params = {"return_task_ids": True, "preannotated_from_fields": preannotated_from}
    return Call("POST", f"/api/projects/{project}/import", _json, params, tasks)


def import_file(project: int, file: OpenFile, preannotated_from: str | None) -> Call[Job]:
    """The job that imports a file."""
    params: Params = {"mode": "job", "preannotated_from_fields": preannotated_from}
    return Call("POST", f"/api/projects/{project}/import", _job, params, files=file)


def _job(response: httpx.Response) -> Job:
    return cast(Job, response.json()["job"])


def opened(path: Path) -> OpenFile:
    """Return what opens a file for one try of an upload."""

    @contextmanager
    def one_try() -> Iterator[dict[str, Any]]:
        with path.open("rb") as file:
            yield {"file": (path.name, file, "application/octet-stream")}

    return one_try


def get_job(job: str) -> Call[Job]:
    """A job as it stands."""
    return Call("GET", f"/api/jobs/{job}/", _json)


def list_tasks(
    project: int, page: int, size: int, *, where: Filter | None, order: Iterable[str], only: Iterable[str]
) -> Call[list[Task]]:
    """One page of tasks with everything on them; past the last page there is none."""
    query: JsonDict = {"ordering": [_ordered(name) for name in order]}
    if where is not None:
        query["filters"] = where.as_json()
    params: Params = {
        "project": project,
        "page": page,
        "page_size": size,
        "fields": "all",
        "include": ",".join(only) or None,
        "query": json.dumps(query),
    }
    return Call("GET", "/api/tasks/", lambda response: cast(list[Task], response.json()["tasks"]), params)


def _ordered(name: str) -> str:
    return f"-tasks:{name[1:]}" if name.startswith("-") else f"tasks:{name}"


def get_task(task: int) -> Call[Task]:
    """A task with everything on it."""
    return Call("GET", f"/api/tasks/{task}/", _json)


def update_task(task: int, fields: Mapping[str, Any]) -> Call[Task]:
    """A task with some fields changed; `data` is replaced."""
    return Call("PATCH", f"/api/tasks/{task}/", _json, json=dict(fields))


def delete_task(task: int) -> Call[None]:
    """A task put into the trash."""
    return Call("DELETE", f"/api/tasks/{task}/", _nothing)


def delete_tasks(project: int, ids: list[int]) -> Call[JsonDict]:
    """Several tasks put into the trash."""
    params: Params = {"id": "delete_tasks", "project": project}
    return Call("POST", "/api/dm/actions/", _json, params, {"selectedItems": {"all": False, "included": ids}})


def get_annotation(annotation: int) -> Call[Annotation]:
    """An annotation as it stands."""
    return Call("GET", f"/api/annotations/{annotation}/", _annotation)


def _annotation(response: httpx.Response) -> Annotation:
    return cast(Annotation, {**response.json(), "etag": response.headers.get("ETag")})


def create_annotation(task: int, result: Result, fields: Mapping[str, Any]) -> Call[Annotation]:
    """A new annotation."""
    return Call("POST", f"/api/tasks/{task}/annotations/", _annotation, json={"result": result, **fields})


def update_annotation(annotation: int, fields: Mapping[str, Any], etag: str | None) -> Call[Annotation]:
    """An annotation with some fields changed; with `etag` only if nobody changed it since."""
    headers = {"If-Match": etag} if etag else {}
    return Call("PATCH", f"/api/annotations/{annotation}/", _annotation, json=dict(fields), headers=headers)


def delete_annotation(annotation: int) -> Call[None]:
    """An annotation put into the trash."""
    return Call("DELETE", f"/api/annotations/{annotation}/", _nothing)


def create_prediction(task: int, result: Any, score: float | None, model_version: str) -> Call[Prediction]:
    """A new prediction; `result` may be the short form of a single value."""
    body = {"task": task, "result": result, "score": score, "model_version": model_version}
    return Call("POST", "/api/predictions/", _json, json=body)


def delete_prediction(prediction: int) -> Call[None]:
    """A prediction deleted."""
    return Call("DELETE", f"/api/predictions/{prediction}/", _nothing)


def import_predictions(project: int, predictions: list[Any]) -> Call[PredictionsResult]:
    """Many predictions, those that fit the label config."""
    return Call("POST", f"/api/projects/{project}/import/predictions", _json, json=predictions)


def model_versions(project: int) -> Call[dict[str, int]]:
    """How many predictions each model version made."""
    return Call("GET", f"/api/projects/{project}/model-versions/", _json)


def export_file(project: int, export_type: str, ids: Iterable[int] | None, only_annotated: bool) -> Call[None]:
    """An export, to be read as it comes."""
    params: Params = {
        "exportType": export_type,
        "download_all_tasks": not only_annotated,
        "ids": ",".join(map(str, ids)) if ids is not None else None,
    }
    return Call("GET", f"/api/projects/{project}/export", _nothing, params)
