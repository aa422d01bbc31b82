"""The protocol between labeling servers and model servers; this side answers.

    GET  /health     is it there
    POST /setup      {project, schema, hostname, access_token, extra_params} -> {model_version}
    POST /predict    {tasks, project, label_config, params: {context}} -> {results: [{result, score, model_version}]}
    GET  /versions   -> {versions: [...]}
    POST /webhook    {action, project, …} -> {job}

Source: the published protocol of label-studio-ml servers.
"""

import hmac
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from postil_ml.config import BadConfigError
from postil_ml.model import Event, Introduction, Model, Prediction
from postil_ml.projects import MakeModel, Projects, UnknownProjectError

logger = logging.getLogger(__name__)
MAX_BODY_BYTES = 256 * 1024 * 1024
Answer = tuple[Response, int]


@dataclass(frozen=True, slots=True)
class Login:
    """The name and password that callers must give."""

    user: str
    password: str

    def fits(self, user: str | None, password: str | None) -> bool:
        """Compare without telling by time how much was right."""
        given = f"{user}\0{password}".encode()
        return hmac.compare_digest(given, f"{self.user}\0{self.password}".encode())


class BadRequestError(ValueError):
    """The body is not as the protocol says."""


class Views:
    """The answers to the protocol's calls."""

    def __init__(self, projects: Projects, name: str) -> None:
        self._projects = projects
        self._name = name

    def health(self) -> Response:
        """Say that the server is there."""
        return jsonify(status="UP", model_class=self._name)

    def setup(self) -> Response:
        """Take note of a project."""
        body = _body()
        given = Introduction(
            key=_text(body, "project"),
            label_config=_text(body, "schema"),
            hostname=str(body.get("hostname") or ""),
            access_token=str(body.get("access_token") or ""),
            extra_params=body.get("extra_params"),
        )
        return jsonify(model_version=self._projects.introduce(given).version)

    def predict(self) -> Response:
        """Predict some tasks."""
        body = _body()
        tasks = body.get("tasks")
        if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
            raise BadRequestError("`tasks` must be a list of tasks.")
        model = self._projects.model_of(_text(body, "project"), str(body.get("label_config") or ""))
        context = (body.get("params") or {}).get("context")
        return jsonify(results=_results(model, model.predict(tasks, context), len(tasks)))

    def versions(self) -> Response:
        """List the versions of a project's model."""
        key = request.args.get("project", "")
        return jsonify(versions=self._projects.model_of(key).versions() if key else [])

    def webhook(self) -> Answer:
        """Hear of an event; learning goes on in the background."""
        body = _body()
        project = body.get("project")
        number = project.get("id") if isinstance(project, dict) else None
        if not isinstance(number, int):
            raise BadRequestError("`project` must be an object with an `id`.")
        runs = self._projects.tell(number, Event(_text(body, "action"), body))
        return jsonify(job=runs[0] if runs else None), 201 if runs else 200


def create_app(make: MakeModel, folder: Path, *, login: Login | None = None) -> Flask:
    """Return the WSGI application of a model server; `folder` keeps what it learns."""
    app = Flask("postil_ml")
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    projects = Projects(make, folder)
    app.extensions["postil_ml"] = projects
    views = Views(projects, getattr(make, "__name__", "model"))
    app.add_url_rule("/", view_func=views.health)
    app.add_url_rule("/health", view_func=views.health)
    app.add_url_rule("/setup", view_func=views.setup, methods=["POST"])
    app.add_url_rule("/predict", view_func=views.predict, methods=["POST"])
    app.add_url_rule("/versions", view_func=views.versions)
    app.add_url_rule("/webhook", view_func=views.webhook, methods=["POST"])
    for kind in (BadRequestError, BadConfigError, UnknownProjectError):
        app.register_error_handler(kind, _refused)
    app.register_error_handler(Exception, _failed)
    app.before_request(lambda: _login_problem(login))
    return app


def _login_problem(login: Login | None) -> Answer | None:
    given = request.authorization
    if login is None or (given is not None and login.fits(given.username, given.password)):
        return None
    answer = jsonify(error="This model server asks for a user name and a password.")
    answer.headers["WWW-Authenticate"] = 'Basic realm="model server"'
    return answer, 401


def _refused(error: Exception) -> Answer:
    return jsonify(error=str(error)), 400


def _failed(error: Exception) -> Answer:
    if isinstance(error, HTTPException):
        return jsonify(error=error.description), error.code or 500
    logger.error("%s failed", request.path, exc_info=error)
    return jsonify(error=f"The model failed: {type(error).__name__}: {error}"), 500


def _body() -> dict[str, Any]:
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise BadRequestError("The body must be a JSON object.")
    return body


def _text(body: dict[str, Any], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise BadRequestError(f"`{key}` is missing or no text.")
    return value


def _results(model: Model, predictions: Sequence[Prediction], count: int) -> list[dict[str, Any]]:
    if len(predictions) != count:
        raise BadRequestError(f"The model gave {len(predictions)} predictions for {count} tasks.")
    version = model.version
    return [
        {"result": each.result, "score": each.score, "model_version": each.model_version or version}
        for each in predictions
    ]
