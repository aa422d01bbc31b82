"""The protocol between a labeling server and a model server; this side asks.

    GET  /health     is it there
    POST /setup      {project, schema, hostname, access_token, extra_params} -> {model_version}
    POST /predict    {tasks, project, label_config, params} -> {results: [one per task]}
    GET  /versions   -> {versions: [...]}
    POST /webhook    events, and {action: "START_TRAINING", project} to train

Source: the published protocol of label-studio-ml servers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from postil import __version__
from postil.core.errors import PostilError
from postil.infra.outgoing import send
from postil.infra.secrets import decrypt
from postil.ml.models import AuthMethod, MlBackend

HEALTH_TIMEOUT_S = 3.0
SETUP_TIMEOUT_S = 10.0
QUICK_TIMEOUT_S = 10.0
REASON_KEYS = ("error", "detail", "message", "msg", "description")
MAX_REASON, MAX_REASON_BYTES = 300, 2_000


class BackendFailed(PostilError):
    """The model server did not answer as agreed at `path`; `answered` is the status of its answer, if there was one."""

    status = 400
    code = "ml_backend_failed"

    def __init__(self, detail: str, *, path: str = "", answered: int | None = None) -> None:
        super().__init__(detail)
        self.path = path
        self.answered = answered


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What a model server is told of a project."""

    id: int
    created_at_s: int
    label_config: str
    task_login: str | None = None
    task_password: str | None = None

    @property
    def key(self) -> str:
        """The name under which model servers keep what they know: `<id>.<created at, unix seconds>`."""
        return f"{self.id}.{self.created_at_s}"


def check_health(backend: MlBackend) -> None:
    """Raise `BackendFailed` if the server does not answer."""
    _ask(backend, "GET", "/health", timeout_s=HEALTH_TIMEOUT_S)


def set_up(backend: MlBackend, project: ProjectFacts, *, hostname: str, access_token: str) -> str | None:
    """Introduce the project to the server; returns its model version."""
    body = {
        "project": project.key,
        "schema": project.label_config,
        "hostname": hostname,
        "access_token": access_token,
        "extra_params": backend.extra_params,
    }
    answer = _ask(backend, "POST", "/setup", body, timeout_s=SETUP_TIMEOUT_S)
    version = answer.get("model_version") if isinstance(answer, dict) else None
    return str(version) if version is not None else None


def predict_body(
    tasks: Sequence[dict[str, Any]], project: ProjectFacts, context: dict[str, Any] | None
) -> dict[str, Any]:
    """Return what is posted to `/predict`."""
    return {
        "tasks": list(tasks),
        "project": project.key,
        "label_config": project.label_config,
        "params": {"login": project.task_login, "password": project.task_password, "context": context},
    }


def predict(
    backend: MlBackend,
    tasks: Sequence[dict[str, Any]],
    project: ProjectFacts,
    *,
    context: dict[str, Any] | None = None,
) -> list[list[dict[str, Any]]]:
    """Return the predictions of each task: `{result, score?, model_version?}`, several where the model gives several.

    Raises `BackendFailed` if the server fails or does not answer one entry for each task.
    """
    return predictions_of(ask_predict(backend, predict_body(tasks, project, context)), len(tasks))


def ask_predict(backend: MlBackend, body: dict[str, Any]) -> Any:
    """Return whatever the server answers to a request for predictions; raises `BackendFailed` if it answers none."""
    return _ask(backend, "POST", "/predict", body, timeout_s=backend.timeout_s)


def predictions_of(answer: Any, count: int) -> list[list[dict[str, Any]]]:
    """Return the predictions in an answer for `count` tasks; raises `BackendFailed` if it is not as agreed."""
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list):
        own = reason_in(orjson.dumps(answer)) if isinstance(answer, dict) else ""
        raise BackendFailed(
            "Incorrect response from ML service: `results` must be a list." + (f" It says: {own}" if own else "")
        )
    if len(results) != count:
        raise BackendFailed(f"The ML backend answered {len(results)} results for {count} tasks.")
    return [_entries(entry) for entry in results]


def versions(backend: MlBackend) -> list[str]:
    """Return the model versions that the server offers."""
    answer = _ask(backend, "GET", "/versions", timeout_s=QUICK_TIMEOUT_S)
    listed = answer.get("versions") if isinstance(answer, dict) else None
    if not isinstance(listed, list):
        raise BackendFailed("Incorrect response from ML service: `versions` must be a list.")
    return [str(version) for version in listed]


def start_training(backend: MlBackend, project: dict[str, Any]) -> str:
    """Ask the server to train; returns the name of its job, or an empty string."""
    body = {"action": "START_TRAINING", "project": project}
    answer = _ask(backend, "POST", "/webhook", body, timeout_s=QUICK_TIMEOUT_S)
    return str(answer.get("job") or "") if isinstance(answer, dict) else ""


def reason_in(content: bytes) -> str:
    """Return why a server failed, in its own words: one short line, or nothing where there are no such words.

    JSON servers name a reason under one of a few keys, others say a plain sentence. Pages and traces are left out.
    """
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError:
        text = content[:MAX_REASON_BYTES].decode(errors="replace").strip()
        return "" if "<" in text or "\n" in text else _short(text)
    named = [body.get(key) for key in REASON_KEYS] if isinstance(body, dict) else [body]
    return next((_short(reason) for reason in named if isinstance(reason, str) and reason.strip()), "")


def _short(reason: str) -> str:
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in reason).split())
    return line if len(line) <= MAX_REASON else line[: MAX_REASON - 1] + "…"


def _entries(entry: object) -> list[dict[str, Any]]:
    found = entry if isinstance(entry, list) else [entry]
    objects = [item for item in found if isinstance(item, dict)]
    if len(objects) != len(found):
        raise BackendFailed("Incorrect response from ML service: each result must be an object with `result`.")
    return [item for item in objects if isinstance(item.get("result"), list)]


def _ask(backend: MlBackend, method: str, path: str, body: object = None, *, timeout_s: float) -> Any:
    headers = {"User-Agent": f"postil/{__version__}", "Accept": "application/json"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    auth = None
    if backend.auth_method == AuthMethod.BASIC_AUTH:
        auth = (backend.basic_auth_user, decrypt(backend.basic_auth_password) if backend.basic_auth_password else "")
    address = backend.url.rstrip("/") + path
    content = orjson.dumps(body) if body is not None else None
    answer = send(method, address, purpose="model", headers=headers, content=content, timeout_s=timeout_s, auth=auth)
    if not 200 <= answer.status_code < 300:
        reason = reason_in(answer.content)
        said = f"The ML backend answered {answer.status_code} at {path}" + (f": {reason}" if reason else ".")
        raise BackendFailed(said, path=path, answered=answer.status_code)
    if not answer.content:
        return None
    try:
        return orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        raise BackendFailed(f"The ML backend did not answer JSON at {path}.", path=path) from None
