"""The key of a model server, on every route: its own project's tasks, predictions and files, and nothing else."""

import pytest
from tests.architecture.test_routes import PLACEHOLDER, REFUSED, RESULT, ROUTES, SECRET, World, world

from postil.accounts.access import actor_of, is_lent_to_servers
from postil.accounts.actions.tokens import lend_key
from postil.accounts.models import AuditRow, LentKey
from postil.imports.models import FileUpload
from postil.web.api import ROUTERS, merge

pytestmark = pytest.mark.django_db
__all__ = ["world"]
# What a model server may do. A new name in this list is a decision about security.
LENT = {
    "GET /annotations/{int:annotation_id}/",
    "GET /predictions/",
    "GET /predictions/{int:prediction_id}/",
    "GET /projects/",
    "GET /projects/{int:project_id}/",
    "GET /projects/{int:project_id}/export/",
    "GET /projects/{int:project_id}/model-versions/",
    "GET /projects/{int:project_id}/tasks/",
    "GET /tasks/",
    "GET /tasks/{int:task_id}/",
    "GET /tasks/{int:task_id}/annotations/",
    "POST /predictions/",
    "POST /projects/{int:project_id}/import/predictions/",
}
PAGES_OUTSIDE = ("/docs/api/schema/json/", "/docs/api/", "/metrics/")


@pytest.fixture
def with_key(client_for, owner):
    """A function: a client with a key for a project."""

    def make(project_id: int, lender=owner):
        _, text = lend_key(who=actor_of(lender), project_id=project_id, name="Model server")
        client = client_for(None)
        return lambda method, path, body=None: client.request(method, path, body, Authorization=f"Token {text}")

    return make


def test_only_the_listed_routes_are_open_to_model_servers():
    found = {
        f"{method} {path}"
        for path, view in merge(ROUTERS).path_operations.items()
        for operation in view.operations
        for method in operation.methods
        if is_lent_to_servers(operation.view_func)
    }
    assert found == LENT


def test_a_key_opens_the_listed_routes_of_its_project_and_no_other_route(world: World, with_key):
    call = with_key(world.ids["project_id"])
    answers = {}
    for route in ROUTES:
        if route.permission is not None:
            body = [{"task": world.ids["task_id"], "result": RESULT}] if "import" in route.path else world.body(route)
            answers[str(route)] = call(route.method, world.address(route), body).status
    opened = {name for name, status in answers.items() if status in {200, 201}}
    assert opened == LENT
    assert {name: status for name, status in answers.items() if name not in LENT and status != 403} == {}


def test_a_key_of_another_project_finds_nothing_of_this_one(world: World, with_key, client_for, owner):
    other = client_for(owner).post("/api/projects/", {"title": "Other"}).json["id"]
    call = with_key(other)
    wrong = {}
    for route in ROUTES:
        if str(route) not in LENT:
            continue
        answer = call(route.method, world.address(route), world.body(route))
        assert SECRET.encode() not in answer.content, route
        if answer.status not in REFUSED and PLACEHOLDER.search(route.path):
            wrong[str(route)] = answer.status
    assert wrong == {}
    refused = call("POST", "/api/predictions/", {"task": world.ids["task_id"], "result": RESULT}).json
    assert "does not exist" in refused["validation_errors"]["task"][0]
    assert call("GET", f"/api/tasks/?project={world.ids['project_id']}").status == 404
    assert call("GET", f"/api/tasks/?view={world.ids['view_id']}").status == 404
    assert [project["id"] for project in call("GET", "/api/projects/").json["results"]] == [other]
    assert call("GET", "/api/predictions/").json == []


def test_a_key_opens_files_of_its_own_project_only(world: World, with_key, client_for, owner):
    project = world.ids["project_id"]
    name = FileUpload.objects.get(pk=world.ids["upload_id"]).stored_name
    other = client_for(owner).post("/api/projects/", {"title": "Other"}).json["id"]
    mine, foreign = with_key(project), with_key(other)
    for path in (f"/data/{name}", f"/storage-data/uploaded/?filepath={name}"):
        assert mine("GET", path).content == b'[{"data": {"text": "x"}}]', path
        assert foreign("GET", path).status in REFUSED, path
    place = f"/tasks/{world.ids['task_id']}/presign/?fileuri=czM6Ly9idWNrZXQvYQ=="  # s3://bucket/a
    assert (mine("GET", place).status, foreign("GET", place).status) == (303, 404)
    assert foreign("GET", place.replace("tasks", "projects")).status == 404


@pytest.mark.parametrize("path", PAGES_OUTSIDE)
def test_pages_take_a_key_for_a_stranger(world: World, with_key, client_for, path):
    call, stranger = with_key(world.ids["project_id"]), client_for(None)
    assert call("GET", path).status == stranger.get(path).status
    assert SECRET.encode() not in call("GET", path).content


def test_a_key_is_worth_what_its_lender_may_do_now(world: World, with_key, manager, client_for, owner):
    project = world.ids["project_id"]
    call = with_key(project, lender=manager)
    exported = f"/api/projects/{project}/export?exportType=JSON"
    assert call("GET", exported).status == 200
    place = f"/api/organizations/{world.ids['organization_id']}/memberships/{manager.pk}/"
    assert client_for(owner).patch(place, {"role": "annotator"}).status == 200
    assert call("GET", exported).status == 403
    assert call("GET", f"/api/projects/{project}/").status == 404, "and only while that person is in the project"
    assert client_for(owner).delete(place).status == 204
    assert call("GET", f"/api/projects/{project}/").status == 401


def test_what_a_model_server_does_is_not_what_its_lender_does(world: World, with_key, manager):
    before = manager.last_activity
    call = with_key(world.ids["project_id"], lender=manager)
    assert call("GET", f"/api/projects/{world.ids['project_id']}/").status == 200
    manager.refresh_from_db()
    assert manager.last_activity == before
    assert LentKey.objects.get().last_used_at is not None
    rows = AuditRow.objects.filter(object_type="token", project_id=world.ids["project_id"])
    assert [row.details for row in rows] == [{"kind": "lent", "name": "Model server"}]
