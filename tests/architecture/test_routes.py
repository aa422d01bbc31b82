"""Every route of the API, walked: a stranger, an outsider and a too-low role get nothing."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from postil.accounts.access import declared
from postil.accounts.enums import Role
from postil.accounts.models import UserSession
from postil.accounts.permissions import LEAST_ROLE, Permission, may, permissions_of
from postil.accounts.sessions import SESSION_ID_SIZE
from postil.core.clock import now
from postil.infra.models import Job
from postil.ml.models import MlBackend
from postil.storages.models import Storage
from postil.web.api import ROUTERS, merge

pytestmark = pytest.mark.django_db
SECRET = "walls-have-ears"
CONFIG = (
    '<View><Text name="text" value="$text"/><Choices name="mood" toName="text">'
    '<Choice value="good"/><Choice value="bad"/></Choices></View>'
)
RESULT = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]
PLACEHOLDER = re.compile(r"\{(?:\w+:)?(\w+)\}")


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    permission: Permission | None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def names(self) -> set[str]:
        return set(PLACEHOLDER.findall(self.path))


ROUTES = [
    Route(method, path, declared(operation.view_func)[1])
    for path, view in merge(ROUTERS).path_operations.items()
    for operation in view.operations
    for method in operation.methods
]
# What anybody may call. A new name in this list is a decision about security.
PUBLIC = {
    "GET /invitations/check/",
    "GET /setup/",
    "GET /version/",
    "GET /webhooks/info/",
    "POST /projects/validate/",
    "POST /session/",
    "POST /setup/",
    "POST /signup/",
    "POST /token/blacklist/",
    "POST /token/refresh/",
}
# Routes that act on the caller whatever the id (LS), or that nobody may call.
ABOUT_THE_CALLER = {
    "POST /users/{int:user_id}/avatar/",
    "DELETE /users/{int:user_id}/avatar/",
    "PUT /users/{int:user_id}/",
}
REFUSED = {403, 404}


@dataclass
class World:
    """Real objects of one organization, by the names that routes use for their ids."""

    ids: dict[str, Any]
    owner: Any
    seen: list[str] = field(default_factory=list)

    def address(self, route: Route) -> str:
        query = (
            f"?project={self.ids['project_id']}&task={self.ids['task_id']}&view={self.ids['view_id']}&id=delete_tasks"
        )
        return "/api" + PLACEHOLDER.sub(lambda match: str(self.ids.get(match.group(1), 1)), route.path) + query

    def body(self, route: Route) -> Any:
        """A body that would do something, with ids of this world, so that a refusal is one of rights."""
        project, task = self.ids["project_id"], self.ids["task_id"]
        known: dict[str, Any] = {
            "POST /predictions/": {"task": task, "result": RESULT},
            "POST /tasks/": {"project": project, "data": {"text": "x"}},
            "POST /dm/actions/": {"selectedItems": {"all": True, "excluded": []}},
            "POST /dm/views/": {"project": project, "data": {}},
            "POST /dm/views/order/": {"project": project, "ids": [self.ids["view_id"]]},
            "POST /ml/": {"project": project, "url": "http://127.0.0.1:1/"},
            "POST /storages/s3/": {"project": project, "bucket": "bucket", "s3_endpoint": "http://127.0.0.1:1"},
            "POST /labels/": [{"title": "a", "value": ["a"], "project": project, "from_name": "mood"}],
            "POST /labels/bulk/": {"project": project, "old_label": ["good"], "new_label": ["bad"]},
            "POST /label_links/": {"project": project, "label": self.ids["label_id"], "from_name": "mood"},
            "POST /webhooks/": {"project": project, "url": "http://127.0.0.1:1/"},
            "POST /label-config/check/": {"project": project, "label_config": CONFIG},
        }
        general = {
            "data": {"text": "x"},
            "result": RESULT,
            "title": "mine",
            "label_config": CONFIG,
            "task": task,
            "role": "annotator",
            "email": "x@example.com",
            "password": "a quite new pass 7",
            "user": self.ids["user_id"],
            "model_version": "v",
            "transition_name": "anything",
            "export_type": "JSON",
            "file_upload_ids": [self.ids["upload_id"]],
        }
        return known.get(str(route), general)


@pytest.fixture
def world(client_for, owner, annotator, organization) -> World:
    """Everything that an organization may hold, made over the API by its owner."""
    client = client_for(owner)

    def made(path: str, body: Any, *, upload: bool = False) -> Any:
        answer = client.upload(path, body) if upload else client.post(path, body)
        assert answer.status in {200, 201}, (path, answer.status, answer.json)
        return answer.json

    project = made("/api/projects/", {"title": SECRET, "label_config": CONFIG})["id"]
    task, gone = (made("/api/tasks/", {"project": project, "data": {"text": SECRET}})["id"] for _ in range(2))
    annotation = made(f"/api/tasks/{task}/annotations/", {"result": RESULT})["id"]
    labels = made("/api/labels/", [{"title": SECRET, "value": [SECRET], "project": project, "from_name": "mood"}])
    assert client.delete(f"/api/tasks/{gone}/").status == 204
    job = Job.objects.create(
        kind="import_tasks", organization_id=organization.pk, project_id=project, created_by=owner, error=SECRET
    )
    links = client.get(f"/api/label_links/?project={project}").json["results"]
    imported = made(f"/api/projects/{project}/import/?commit_to_project=false", {"file": _file()}, upload=True)
    backend = MlBackend.objects.create(project_id=project, url="http://127.0.0.1:1/", title=SECRET)
    place = {"bucket": "bucket", "s3_endpoint": "http://127.0.0.1:1"}
    session = UserSession.objects.create(
        session_key="e" * 40, session_data="", expire_date=now() + timedelta(days=1), user=owner, agent=SECRET
    )
    storage = Storage.objects.create(project_id=project, kind="s3", title=SECRET, params=place)
    return World(
        owner=owner,
        ids={
            "backend_id": backend.pk,
            "storage_id": storage.pk,
            "project_id": project,
            "task_id": task,
            "annotation_id": annotation,
            "draft_id": made(f"/api/tasks/{task}/drafts/", {"result": RESULT})["id"],
            "prediction_id": made("/api/predictions/", {"task": task, "result": RESULT})["id"],
            "view_id": made("/api/dm/views/", {"project": project, "data": {"title": SECRET}})["id"],
            "export_id": made(f"/api/projects/{project}/exports/", {"title": SECRET})["id"],
            "upload_id": imported["file_upload_ids"][0],
            "label_id": labels[0]["id"],
            "link_id": links[0]["id"],
            "webhook_id": made("/api/webhooks/", {"url": f"https://93.184.216.34/{SECRET}", "project": project})["id"],
            "delivery_id": 1,
            "invitation_id": made("/api/invitations/", {"email": f"{SECRET}@example.com"})["id"],
            "entry_id": client.get(f"/api/trash/?project={project}").json["results"][0]["id"],
            "job_id": job.pk,
            "import_id": job.pk,
            "user_id": annotator.pk,
            "session_id": session.session_key[:SESSION_ID_SIZE],
            "organization_id": organization.pk,
            "number": 1,
            "kind": "task",
            "object_id": task,
            "action_id": "delete_tasks",
        },
    )


def _file() -> Any:
    from io import BytesIO

    file = BytesIO(b'[{"data": {"text": "x"}}]')
    file.name = f"{SECRET}.json"
    return file


def test_the_walk_knows_every_id(world):
    unknown = {name for route in ROUTES for name in route.names} - set(world.ids)
    assert unknown == set(), "give these ids in `world`, so that the walk tries the routes with real objects"


def test_only_the_listed_routes_are_public():
    assert {str(route) for route in ROUTES if route.permission is None} == PUBLIC


def test_every_right_belongs_to_a_role_and_grows_with_it():
    assert set(LEAST_ROLE) == set(Permission)
    sizes = [len(permissions_of(role)) for role in Role]
    assert sizes == sorted(sizes)
    assert all(may(Role.OWNER, permission) for permission in Permission)


def test_strangers_get_nothing(world, client_for):
    client = client_for(None)
    answers = {}
    for route in ROUTES:
        if route.permission is not None:
            answer = client.request(route.method, world.address(route), world.body(route))
            answers[str(route)] = answer.status
            assert SECRET.encode() not in answer.content, route
    assert {name: status for name, status in answers.items() if status != 401} == {}


def test_a_role_that_is_too_low_is_refused_before_anything_else(world, client_for, make_user):
    clients = {role: client_for(make_user(role.value)) for role in Role}
    answers = {}
    for route in ROUTES:
        if route.permission is None:
            continue
        for role in Role:
            if not may(role, route.permission):
                answer = clients[role].request(route.method, world.address(route), b"not even JSON")
                answers[f"{role.value}: {route}"] = answer.status
                assert SECRET.encode() not in answer.content, route
    assert len(answers) > 100
    assert {name: status for name, status in answers.items() if status != 403} == {}


def test_an_outsider_finds_nothing_and_changes_nothing(world, client_for, outsider):
    before = _picture(world, client_for)
    client = client_for(outsider)
    wrong = {}
    for route in ROUTES:
        if route.permission is None or str(route) in ABOUT_THE_CALLER:
            continue
        if route.method == "DELETE" and "session" in route.path:
            continue
        answer = client.request(route.method, world.address(route), world.body(route))
        assert SECRET.encode() not in answer.content, route
        if answer.status >= 500 or (route.names and answer.status not in REFUSED):
            wrong[str(route)] = _short(answer)
        if route.path == "/current-user/tokens/legacy/" or "token" in route.path or "password" in route.path:
            client = client_for(outsider)
    assert wrong == {}
    assert _picture(world, client_for) == before


def test_an_annotator_outside_the_project_finds_nothing_of_it(world, client_for, annotator):
    client = client_for(annotator)
    of_project = {
        name
        for name in world.ids
        if name not in {"user_id", "organization_id", "invitation_id", "session_id", "number"}
    }
    wrong = {}
    for route in ROUTES:
        if route.permission is None or not route.names & (of_project - {"action_id"}):
            continue
        answer = client.request(route.method, world.address(route), world.body(route))
        assert SECRET.encode() not in answer.content, route
        if answer.status not in REFUSED:
            wrong[str(route)] = _short(answer)
    assert wrong == {}
    assert client.get("/api/projects/").json["results"] == []


def test_ids_that_cannot_be_are_answered_calmly(world, client_for, owner):
    """Numbers beyond the database's range, and bodies of the wrong kind, are the client's mistake."""
    client = client_for(owner)
    huge = World(
        ids={name: 10**30 if isinstance(value, int) else value for name, value in world.ids.items()}, owner=owner
    )
    wrong = {}
    for route in ROUTES:
        if route.permission is None or "session" in route.path or "token" in route.path:
            continue
        for address, body in ((huge.address(route), world.body(route)), (world.address(route), [1, {"a": None}])):
            if route.method == "DELETE" and address == world.address(route):
                continue
            answer = client.request(route.method, address, body)
            if answer.status >= 500 and answer.status != 501:  # LS: one route has a form that nobody wrote
                wrong[f"{route} {body}"] = _short(answer)
    assert wrong == {}


def _short(answer: Any) -> str:
    body = answer.json if isinstance(answer.json, dict) else {}
    return f"{answer.status} {body.get('detail', '')} {body.get('validation_errors', '')}"


def _picture(world: World, client_for: Any) -> dict[str, Any]:
    """What the owner sees of every object."""
    client = client_for(world.owner)
    project, task = world.ids["project_id"], world.ids["task_id"]
    paths = [
        f"projects/{project}",
        f"tasks/{task}",
        f"annotations/{world.ids['annotation_id']}",
        f"drafts/{world.ids['draft_id']}",
        f"predictions/{world.ids['prediction_id']}",
        f"dm/views/?project={project}",
        f"projects/{project}/exports",
        f"projects/{project}/file-uploads",
        f"projects/{project}/members",
        f"labels/?project={project}",
        f"webhooks/?project={project}",
        f"trash/?project={project}",
        f"jobs/?project={project}",
        "invitations",
    ]
    return {path: client.get(f"/api/{path}").json for path in paths}
