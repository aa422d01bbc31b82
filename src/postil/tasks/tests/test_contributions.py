"""What the list of members says about their work."""

import pytest

from postil.projects.models import ProjectMember

pytestmark = pytest.mark.django_db
CONFIG = (
    '<View><Text name="text" value="$text"/><Choices name="mood" toName="text">'
    '<Choice value="good"/><Choice value="bad"/></Choices></View>'
)
RESULT = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]


@pytest.fixture
def project(client_for, owner):
    return client_for(owner).post("/api/projects/", {"title": "Moods", "label_config": CONFIG}).json["id"]


def test_members_are_listed_with_their_work(client_for, owner, annotator, organization, project):
    client = client_for(owner)
    client.post(f"/api/projects/{project}/members/", {"user": annotator.pk})
    for _ in range(2):
        task = client.post("/api/tasks/", {"project": project, "data": {"text": "x"}}).json["id"]
        assert client_for(annotator).post(f"/api/tasks/{task}/annotations/", {"result": RESULT}).status == 201
    path = f"/api/organizations/{organization.pk}/memberships"
    shown = {"id": project, "title": "Moods"}
    rows = client.get(f"{path}?contributed_to_projects=1").json["results"]
    assert [(row["created_projects"], row["contributed_to_projects"]) for row in rows] == [([shown], []), ([], [shown])]
    detail = client.get(f"{path}/{annotator.pk}/").json
    assert (detail["contributed_projects_count"], detail["annotations_count"]) == (1, 2)
    assert detail["contributed_to_projects"] is None


def test_leaving_the_organization_means_leaving_its_projects(client_for, owner, annotator, organization, project):
    client = client_for(owner)
    client.post(f"/api/projects/{project}/members/", {"user": annotator.pk})
    assert ProjectMember.objects.filter(user=annotator).count() == 1
    assert client.delete(f"/api/organizations/{organization.pk}/memberships/{annotator.pk}/").status == 204
    assert ProjectMember.objects.filter(user=annotator).count() == 0
