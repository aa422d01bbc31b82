"""Every list costs a fixed number of SQL statements, however many rows it shows."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postil.accounts.models import UserSession
from postil.accounts.tests.factories import make_user
from postil.core.clock import now
from postil.infra.models import Job, JobError
from postil.ml.models import MlBackend
from postil.projects.models import Project
from postil.storages.models import Storage
from postil.tasks.tests.factories import CONFIG, choice
from postil.web.api import ROUTERS, merge
from postil.webhooks.models import Delivery

pytestmark = pytest.mark.django_db
MOST = 25
LISTS = (
    "/annotations/{annotation}/versions/",
    "/audit-log/",
    "/current-user/sessions/",
    "/dm/actions/?project={project}",
    "/dm/columns/?project={project}",
    "/dm/position/?project={project}&task={task}",
    "/dm/totals/?project={project}",
    "/dm/values/?project={project}&column=data.text",
    "/dm/views/?project={project}",
    "/fsm/entities/annotation/{annotation}/history/",
    "/fsm/entities/project/{project}/history/",
    "/invitations/",
    "/jobs/",
    "/jobs/{job}/errors/",
    "/label_links/?project={project}&expand=label",
    "/labels/?project={project}&expand=links",
    "/ml/?project={project}",
    "/organizations/",
    "/organizations/{organization}/memberships/?contributed_to_projects=1",
    "/predictions/?project={project}",
    "/projects/",
    "/projects/counts/",
    "/projects/{project}/annotators/",
    "/projects/{project}/config-versions/",
    "/projects/{project}/dashboard/",
    "/projects/{project}/export/files/",
    "/projects/{project}/export/formats/",
    "/projects/{project}/exports/",
    "/projects/{project}/file-uploads/?all=true",
    "/projects/{project}/label-stream-history/",
    "/projects/{project}/members/",
    "/projects/{project}/model-versions/?extended=true",
    "/projects/{project}/summary/",
    "/projects/{project}/tasks/",
    "/storages/?project={project}",
    "/storages/export/?project={project}",
    "/storages/s3/?project={project}",
    "/tasks/?project={project}",
    "/tasks/?project={project}&fields=all",
    "/tasks/{task}/",
    "/tasks/{task}/agreement/",
    "/tasks/{task}/annotations/",
    "/tasks/{task}/annotations/{annotation}/drafts/",
    "/tasks/{task}/drafts/",
    "/templates/",
    "/token/",
    "/trash/",
    "/users/",
    "/webhooks/?project={project}",
    "/webhooks/{webhook}/deliveries/",
)
# Answers about one thing, or about nothing that grows.
NOT_LISTS = {
    "/", "/auth/export/", "/current-user/hotkeys/", "/current-user/product-tour/", "/current-user/token/",
    "/current-user/tokens/legacy/", "/current-user/whoami/", "/dm/actions/{}/form/", "/dm/project/",
    "/exports/formats/", "/fsm/entities/{}/{}/history/", "/import/file-upload/{}/", "/invitations/check/", "/invite/",
    "/jwt/settings/", "/projects/{}/export/", "/projects/{}/next/", "/projects/{}/validate/", "/schema/",
    "/session-policy/", "/setup/", "/version/", "/webhooks/info/", "/labels/{}/", "/label_links/{}/",
}  # fmt: skip
# What another server says.
ASKS_OTHERS = {"/ml/{}/versions/"}


def plain(path: str) -> str:
    """Return a path with its placeholders empty and without its query."""
    return re.sub(r"\{[^}]*\}", "{}", path.partition("?")[0])


def test_every_list_is_measured() -> None:
    reads = {
        plain(path)
        for path, view in merge(ROUTERS).path_operations.items()
        for o in view.operations
        if "GET" in o.methods
    }
    ours = {plain(path) for path in LISTS} | NOT_LISTS | ASKS_OTHERS
    single = {path for path in reads if path.endswith(("{}/", "{}/download/"))}
    unmeasured = {path for path in reads - ours - single if not path.startswith("/storages/")}
    assert unmeasured == set(), "add these to `LISTS`, or to `NOT_LISTS` if they cannot grow"


@pytest.fixture
def api(client_for: Any, owner: Any) -> Any:
    return client_for(owner)


@pytest.fixture
def project(api: Any) -> Project:
    made = api.post("/api/projects/", {"title": "Measured", "label_config": CONFIG, "maximum_annotations": 100}).json
    return Project.objects.select_related("organization", "created_by").get(pk=made["id"])


def grow(api: Any, client_for: Any, project: Project, number: int) -> dict[str, Any]:
    """Add one of everything that lists show; returns the ids of what grows inside the first."""
    ids = {"project": project.pk, "organization": project.organization.pk}

    def made(path: str, body: Any) -> Any:
        answer = api.post(path, body)
        assert answer.status in {200, 201}, (path, answer.json)
        return answer.json

    task = made("/api/tasks/", {"project": project.pk, "data": {"text": f"number {number}"}})["id"]
    first = project.tasks.order_by("pk").first()  # type: ignore[attr-defined]
    person = make_user(organization=project.organization, role="annotator", email=f"p{number}@example.com")
    made(f"/api/projects/{project.pk}/members/", {"user": person.pk})
    theirs = client_for(person).post(f"/api/tasks/{first.pk}/annotations/", {"result": choice()})
    assert theirs.status == 201
    annotation = first.annotations.order_by("pk").first().pk
    made(f"/api/tasks/{task}/annotations/", {"result": choice()})
    assert api.patch(f"/api/annotations/{annotation}/", {"lead_time": number}).status == 200
    made(f"/api/tasks/{first.pk}/drafts/", {"result": choice()})
    made(f"/api/tasks/{first.pk}/annotations/{annotation}/drafts/", {"result": choice()})
    made("/api/predictions/", {"task": first.pk, "result": choice(), "model_version": f"v{number}"})
    made("/api/projects/", {"title": f"Number {number}"})
    made("/api/dm/views/", {"project": project.pk, "data": {"title": "x"}})
    made("/api/labels/", [{"title": f"l{number}", "value": ["x"], "project": project.pk, "from_name": "mood"}])
    webhook = made("/api/webhooks/", {"project": project.pk, "url": f"https://93.184.216.34/{number}"})["id"]
    ids["webhook"] = api.get(f"/api/webhooks/?project={project.pk}").json[0]["id"]
    Delivery.objects.create(webhook_id=ids["webhook"], action="TASKS_CREATED", body="{}", next_at=now())
    made("/api/invitations/", {"email": f"i{number}@example.com"})
    made("/api/token/", {"name": f"t{number}"})
    UserSession.objects.create(
        session_key=f"{number:040}", session_data="", expire_date=now() + timedelta(days=1), user=project.created_by
    )
    made(f"/api/projects/{project.pk}/exports/", {"title": f"e{number}"})
    file = BytesIO(b'[{"data": {"text": "x"}}]')
    file.name = f"{number}.json"
    assert api.upload(f"/api/projects/{project.pk}/import/", {"file": file}).status == 201
    for is_target in (False, True):
        Storage.objects.create(
            project=project, kind="s3", is_target=is_target, title=f"{number}", params={"bucket": "b"}
        )
    MlBackend.objects.create(project=project, url="http://127.0.0.1:1", title=f"{number}")
    gone = made("/api/tasks/", {"project": project.pk, "data": {"text": "gone"}})["id"]
    assert api.delete(f"/api/tasks/{gone}/").status == 204
    job, _ = Job.objects.get_or_create(
        kind="import_tasks", project_id=project.pk, organization_id=project.organization.pk
    )
    Job.objects.create(kind="other", project_id=project.pk, organization_id=project.organization.pk)
    JobError.objects.create(job=job, where=f"line {number}", reason="bad")
    api.get(f"/api/projects/{project.pk}/next/")
    assert webhook >= ids["webhook"]
    return {**ids, "task": first.pk, "annotation": annotation, "job": job.pk}


def measured(api: Any, ids: dict[str, Any]) -> dict[str, int]:
    """Return how many statements each list costs."""
    counts = {}
    for path in LISTS:
        address = "/api" + path.format(**ids)
        assert api.get(address).status == 200, address  # also warms what the process remembers
        with CaptureQueriesContext(connection) as statements:
            api.get(address)
        # PostgreSQL takes some locks by statements of their own.
        counts[path] = sum("pg_advisory" not in each["sql"] for each in statements.captured_queries)
    return counts


def test_lists_cost_the_same_for_many_rows(api: Any, client_for: Any, project: Project) -> None:
    ids = grow(api, client_for, project, 1)
    few = measured(api, ids)
    for number in range(2, 21):
        grow(api, client_for, project, number)
    many = measured(api, ids)
    assert {path: (few[path], count) for path, count in many.items() if count > few[path]} == {}
    assert {path: count for path, count in many.items() if count > MOST} == {}
