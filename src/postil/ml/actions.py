"""Writes of model servers: connecting, checking, asking for predictions, training."""

from typing import Any, TypedDict

from django.conf import settings
from django.db import transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.accounts.actions.tokens import lend_key, take_key_back
from postil.core.clock import now
from postil.core.errors import Forbidden, Invalid, PostilError
from postil.infra.outgoing import check_address
from postil.infra.secrets import decrypt, encrypt
from postil.ml import protocol
from postil.ml.models import AuthMethod, BackendState, MlBackend
from postil.ml.protocol import BackendFailed, ProjectFacts
from postil.projects.documents import stored_project_json
from postil.projects.models import Project
from postil.projects.ports import RECEIVERS

LOCAL_ADDRESS = "http://localhost:{port}"


class BackendFields(TypedDict, total=False):
    url: str
    title: str
    description: str
    is_interactive: bool
    auth_method: AuthMethod
    basic_auth_user: str
    basic_auth_pass: str
    extra_params: Any
    timeout: float
    auto_update: bool
    model_version: str


def facts_of(project: Project) -> ProjectFacts:
    """Return what model servers are told of a project."""
    return ProjectFacts(
        id=project.pk,
        created_at_s=int(project.created_at.timestamp()),
        label_config=project.label_config,
        task_login=project.task_data_login,
        task_password=project.task_data_password,
    )


def create_backend(*, who: Actor, project: Project, fields: BackendFields) -> MlBackend:
    """Connect a model server: it must answer to health and setup. It hears of the project's events from now on.

    Raises `Invalid` with the reason when it does not answer as agreed; then nothing is stored.
    """
    backend = MlBackend(project=project)
    _apply(backend, fields)
    _must_be_healthy(backend)
    _lend(who, backend)
    try:
        version = _set_up(backend)
    except PostilError as problem:
        _take_back(who, backend)
        raise Invalid.items(
            [f"Successfully connected to {backend.url} but it doesn't look like a valid ML backend. {problem.detail}"]
        ) from None
    with transaction.atomic():
        backend.state, backend.checked_at = BackendState.CONNECTED, now()
        backend.model_version = version if backend.auto_update else ""
        backend.save()
        RECEIVERS.add(project, webhook_address(backend.url))
        if not project.model_version:
            # LS: the first model server decides what the project shows, under its title.
            Project.objects.filter(pk=project.pk).update(model_version=backend.title)
        _note(who, "model.created", backend, sorted(fields))
    return backend


def update_backend(*, who: Actor, backend: MlBackend, fields: BackendFields) -> MlBackend:
    """Change what is named in `fields`; a changed address must answer, and asks for the password again.

    A server elsewhere gets a key of its own, and so does one whose lender is gone.
    """
    before_url, before_title = backend.url, backend.title
    _apply(backend, fields)
    has_moved = backend.url != before_url
    if has_moved:
        _must_be_healthy(backend)
    with transaction.atomic():
        if has_moved:
            _take_back(who, backend)
        if backend.lent_key is None:
            _lend(who, backend)
        backend.save()
        if has_moved:
            RECEIVERS.remove(backend.project, webhook_address(before_url))
            RECEIVERS.add(backend.project, webhook_address(backend.url))
        Project.objects.filter(pk=backend.project_id, model_version=before_title).update(model_version=backend.title)
        _note(who, "model.changed", backend, sorted(fields))
    return backend


@transaction.atomic
def delete_backend(*, who: Actor, backend: MlBackend) -> None:
    """Disconnect a model server; its predictions stay, its key and its webhook end."""
    RECEIVERS.remove(backend.project, webhook_address(backend.url))
    Project.objects.filter(pk=backend.project_id, model_version=backend.title).update(model_version="")
    _take_back(who, backend)
    _note(who, "model.deleted", backend, [])
    backend.delete()


def check_backend(backend: MlBackend) -> None:
    """Ask the server how it is, and store the answer: connected, gone, or failing with its reason.

    What is known of a server that was changed or removed meanwhile stays as it is.
    """
    state, message, version = BackendState.CONNECTED, None, backend.model_version
    try:
        protocol.check_health(backend)
        version = _set_up(backend) or version
    except BackendFailed as problem:
        state = BackendState.DISCONNECTED if problem.path == "/health" else BackendState.ERROR
        message = problem.detail
    except PostilError as problem:
        state, message = BackendState.DISCONNECTED, problem.detail
    asked = MlBackend.objects.filter(pk=backend.pk, url=backend.url)
    asked.update(state=state, error_message=message, checked_at=now(), updated_at=now())
    if version != backend.model_version:
        asked.filter(auto_update=True).update(model_version=version)


def train(*, who: Actor, backend: MlBackend) -> None:
    """Ask the server to train with the project's data."""
    project = stored_project_json(backend.project)
    try:
        backend.last_job = protocol.start_training(backend, project)
    except PostilError as problem:
        raise Invalid.items([problem.detail]) from None
    backend.save(update_fields=["last_job", "updated_at"])
    _note(who, "model.trained", backend, [])


def webhook_address(url: str) -> str:
    """Return where a model server hears of events."""
    return url.rstrip("/") + "/webhook"


def _apply(backend: MlBackend, fields: BackendFields) -> None:
    moved = bool(backend.pk) and "url" in fields and fields["url"] != backend.url
    if moved and backend.basic_auth_password and "basic_auth_pass" not in fields:
        raise Forbidden("The address changes: give its password again.")
    if "url" in fields:
        check_address(fields["url"], purpose="model")
    names = {"timeout": "timeout_s"}
    for name, value in fields.items():
        if name != "basic_auth_pass":
            setattr(backend, names.get(name, name), value)
    if fields.get("basic_auth_pass"):
        backend.basic_auth_password = encrypt(fields["basic_auth_pass"])
    if backend.auth_method == AuthMethod.BASIC_AUTH and not (backend.basic_auth_user and backend.basic_auth_password):
        raise Invalid.items(["Authentication username and password is required for Basic Authentication."])


def _must_be_healthy(backend: MlBackend) -> None:
    try:
        protocol.check_health(backend)
    except PostilError as problem:
        raise Invalid.items(
            [f"Can't connect to ML backend {backend.url}, health check failed. {problem.detail}"]
        ) from None


def _set_up(backend: MlBackend) -> str | None:
    config = settings.CONFIG
    hostname = config.base_url or LOCAL_ADDRESS.format(port=config.port)
    token = decrypt(backend.access_token) if backend.lent_key_id is not None else ""
    return protocol.set_up(backend, facts_of(backend.project), hostname=hostname, access_token=token)


def _lend(who: Actor, backend: MlBackend) -> None:
    name = f"Model server {backend.title}"
    backend.lent_key, text = lend_key(who=who, project_id=backend.project_id, name=name)
    backend.access_token = encrypt(text)


def _take_back(who: Actor, backend: MlBackend) -> None:
    if backend.lent_key is not None:
        take_key_back(who=who, key=backend.lent_key)
    backend.lent_key, backend.access_token = None, ""


def _note(who: Actor, action: str, backend: MlBackend, fields: list[str]) -> None:
    details = {"fields": fields}
    audit.record(who, action, object_type="model", object_id=backend.pk, project_id=backend.project_id, details=details)
