"""The API's description is true: whatever it allows to be sent is answered as it says, and never by a failure."""

import json
from datetime import timedelta
from typing import Any

import pytest
import requests
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CheckFunction
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.architecture.test_routes import World, world  # noqa: F401 -- a fixture

from postil.accounts.tests.factories import token_of
from postil.web.openapi import schema_document

pytestmark = pytest.mark.django_db
EXAMPLES = 6
BASE = "http://testserver"
CHECKS: list[CheckFunction] = [content_type_conformance, response_schema_conformance, status_code_conformance]
# LS: one route has a form that nobody wrote.
UNWRITTEN = ("POST /api/ml/{backend_id}/predict/test/", 501)
ENVELOPE = {"id", "status_code", "version", "detail", "exc_info"}
# LS: these tell what is wrong in bodies of their own.
OWN_BODIES = {
    "POST /api/projects/validate/",
    "PATCH /api/current-user/hotkeys/",
    "POST /api/token/blacklist/",
    "GET /api/tasks/",
}
IN_BODIES = ("project", "task", "label", "view")


def operations() -> list[Any]:
    """Return every operation of the description, ready to make requests of."""
    document = {**schema_document(), "servers": [{"url": BASE}]}
    loaded = schemathesis.openapi.from_dict(document, config=SchemathesisConfig())
    return [found.ok() for found in loaded.get_all_operations()]


def test_every_operation_answers_as_described(world: World) -> None:  # noqa: F811
    """Half of the requests are about real objects, half about whatever was made up."""
    client = Client(raise_request_exception=False, headers={"Authorization": f"Token {token_of(world.owner)}"})
    problems: dict[str, str] = {}
    for operation in operations():
        problem = problem_of(operation, client, world)
        if problem:
            problems[operation.label] = problem
    assert not problems, "\n".join(f"{name}: {text}" for name, text in problems.items())


def problem_of(operation: Any, client: Client, known: World) -> str:
    """Return what is wrong with the first bad answer of an operation, or an empty text."""
    found: list[str] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), is_real=st.booleans())
    def ask(case: Any, is_real: bool) -> None:
        if not found:
            found.extend(told(case, client, known if is_real else None))

    ask()
    return found[0] if found else ""


def told(case: Any, client: Client, known: World | None) -> list[str]:
    """Send one request, undo what it did, and return what is wrong with the answer."""
    if known is not None:
        make_real(case, known)
    sent = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
    kind = sent.headers.get("Content-Type", "application/json")
    before = transaction.savepoint()
    answer: Any = client.generic(case.method, sent.path_url, sent.body or b"", content_type=kind)
    transaction.savepoint_rollback(before)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if (case.operation.label, answer.status_code) == UNWRITTEN:
        return []
    if answer.status_code >= 500:
        return [f"{answer.status_code} for {sent.path_url} {str(sent.body)[:300]}: {content[:300]!r}"]
    if 400 <= answer.status_code < 500 and not is_told(case.operation.label, answer.status_code, content):
        return [f"{answer.status_code} for {sent.path_url} {str(sent.body)[:200]} says too little: {content[:300]!r}"]
    headers = {name.lower(): [value] for name, value in answer.items()}
    response = Response(answer.status_code, headers, content, sent, timedelta(0).total_seconds(), verify=False)
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        return [f"{sent.path_url} {str(sent.body)[:200]}: {group.exceptions[0]}"]
    return []


def is_told(label: str, status: int, content: bytes) -> bool:
    """Whether a refusal has the body that clients know, and names the field or says what is wrong."""
    body = json.loads(content)
    if label in OWN_BODIES:
        return isinstance(body, dict) and bool(body)
    named = bool(body.get("validation_errors")) or body.get("detail") != "Validation error"
    return set(body) >= ENVELOPE and body["status_code"] == status and bool(body["detail"]) and named


def make_real(case: Any, known: World) -> None:
    """Put ids of real objects into path, query and body where a made-up request has ids."""
    for name in case.path_parameters or {}:
        if name in known.ids:
            value = known.ids[name]
            case.path_parameters[name] = value if isinstance(value, int) else str(value)
    for place in (case.query, case.body):
        if isinstance(place, dict):
            place.update({name: known.ids[f"{name}_id"] for name in IN_BODIES if name in place})
