"""The label library: shapes, who may change it, bad input, renaming with a way back."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postil.tasks.tests.factories import choice, make_project, make_task


@pytest.fixture
def project(manager: Any, annotator: Any) -> Any:
    return make_project(manager, members=(annotator,))


def item(project: Any, **fields: Any) -> dict[str, Any]:
    return {"title": "New", "value": ["New"], "project": project.pk, "from_name": "mood", "description": "d", **fields}


def test_labels_are_made_listed_changed_and_deleted(client_for: Any, manager: Any, project: Any) -> None:
    api = client_for(manager)
    made = api.post("/api/labels/", [item(project)])
    assert made.status == 201
    label = made.json[0]
    assert set(label) == {
        "id", "created_by", "organization", "project", "from_name", "created_at", "updated_at", "value", "title",
        "description", "approved", "approved_by", "projects",
    }  # fmt: skip
    assert (label["project"], label["from_name"], label["created_by"]) == (project.pk, "mood", manager.pk)
    links = api.get(f"/api/label_links/?project={project.pk}").json["results"]
    assert links == [
        {"id": links[0]["id"], "annotations_count": 0, "from_name": "mood", "project": project.pk, "label": label["id"]}
    ]
    listed = api.get("/api/labels/").json
    assert (listed["count"], listed["results"][0]["links"]) == (1, [links[0]["id"]])
    approved = api.patch(f"/api/labels/{label['id']}/", {"approved": True}).json
    assert (approved["approved"], approved["approved_by"], approved["title"]) == (True, manager.pk, "New")
    assert api.delete(f"/api/labels/{label['id']}/").status == 204
    assert api.get("/api/label_links/").json["results"] == []


def test_who_may_see_and_change_labels(
    client_for: Any, manager: Any, annotator: Any, outsider: Any, project: Any
) -> None:
    label = client_for(manager).post("/api/labels/", [item(project)]).json[0]["id"]
    client_for(manager).post("/api/labels/", [item(make_project(manager, title="Other"), title="Hidden", value=["H"])])
    assert [row["title"] for row in client_for(annotator).get("/api/labels/").json["results"]] == ["New"]
    assert client_for(annotator).post("/api/labels/", [item(project)]).status == 403
    assert client_for(annotator).patch(f"/api/labels/{label}/", {"title": "x"}).status == 403
    assert client_for(outsider).get(f"/api/labels/{label}/").status == 404
    assert client_for(outsider).patch(f"/api/labels/{label}/", {"title": "x"}).status == 404
    assert client_for(outsider).post("/api/labels/", [item(project)]).status == 404
    assert client_for(outsider).get("/api/labels/").json["results"] == []


def test_a_label_that_is_there_is_linked_again(client_for: Any, manager: Any, project: Any) -> None:
    api, other = client_for(manager), make_project(manager, title="Other")
    first = api.post("/api/labels/", [item(project)]).json[0]["id"]
    assert api.post("/api/labels/", [item(other)]).json[0]["id"] == first
    assert api.get(f"/api/labels/{first}/").json["projects"] == [project.pk, other.pk]
    again = api.post("/api/label_links/", {"project": other.pk, "label": first, "from_name": "mood"})
    assert again.status == 409


@pytest.mark.parametrize(
    "change",
    [
        {"title": None},
        {"title": "x" * 2049},
        {"from_name": "x" * 501},
        {"from_name": None},
        {"title": 1},
        {"value": None},
    ],
)
def test_labels_that_cannot_be(change: dict[str, Any], client_for: Any, manager: Any, project: Any) -> None:
    answer = client_for(manager).post("/api/labels/", [item(project, **change)])
    assert answer.status == 400, answer.json
    assert client_for(manager).get("/api/labels/").json["count"] == 0


@pytest.mark.parametrize("change", [{"title": None}, {"title": "x" * 2049}, {"value": None}, {"approved": None}])
def test_changes_that_cannot_be(change: dict[str, Any], client_for: Any, manager: Any, project: Any) -> None:
    api = client_for(manager)
    label = api.post("/api/labels/", [item(project)]).json[0]
    assert api.patch(f"/api/labels/{label['id']}/", change).status in (200, 400)
    shown = api.get(f"/api/labels/{label['id']}/").json
    assert (shown["title"], shown["value"], shown["approved"]) == ("New", ["New"], False)


@pytest.mark.parametrize("body", [[], {}, [{}], [1], "x"])
def test_bodies_that_are_no_list_of_labels(body: Any, client_for: Any, manager: Any) -> None:
    assert client_for(manager).post("/api/labels/", body).status == 400


def test_renaming_reaches_annotations_and_can_be_taken_back(
    client_for: Any, manager: Any, annotator: Any, outsider: Any, project: Any
) -> None:
    task = make_task(project)
    made = client_for(annotator).post(f"/api/tasks/{task.pk}/annotations/", {"result": choice("good")}).json
    body = {"project": project.pk, "old_label": ["good"], "new_label": ["bad"]}
    assert client_for(annotator).post("/api/labels/bulk/", body).status == 403
    assert client_for(outsider).post("/api/labels/bulk/", body).status == 404
    api, address = client_for(manager), f"/api/annotations/{made['id']}/"
    assert api.post("/api/labels/bulk/", body).json == {"annotations_updated": 1}
    assert api.get(address).json["result"] == choice("bad")
    assert api.post("/api/labels/bulk/", body).json == {"annotations_updated": 0}
    assert api.post(f"{address}versions/1/restore/").json["result"] == choice("good")
    for old in ("", [], {}, 3, None):
        refused = api.post("/api/labels/bulk/", {**body, "old_label": old})
        assert (refused.status, list(refused.json["validation_errors"])) == (400, ["old_label"])


def test_a_list_of_many_costs_as_many_statements_as_one_of_few(client_for: Any, manager: Any, project: Any) -> None:
    api = client_for(manager)

    def statements(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert api.get(path).status == 200
        return len(seen)

    api.post("/api/labels/", [item(project)])
    few = [statements("/api/labels/?page_size=50"), statements("/api/label_links/?expand=label&page_size=50")]
    api.post("/api/labels/", [item(project, title=f"L{n}", value=[f"L{n}"]) for n in range(49)])
    assert [statements("/api/labels/?page_size=50"), statements("/api/label_links/?expand=label&page_size=50")] == few


TREE = (
    '<View><Text name="text" value="$text"/><Taxonomy name="kind" toName="text" legacy="true"><Choice value="Plant"/>'
    '</Taxonomy><Choices name="mood" toName="text"><Choice value="a"/></Choices></View>'
)


def test_annotators_add_items_to_open_trees_and_take_their_own_away(
    client_for: Any, manager: Any, annotator: Any, outsider: Any
) -> None:
    project = make_project(manager, members=(annotator,), label_config=TREE)
    mine, theirs = client_for(annotator), client_for(manager)
    oak = item(project, title="Oak", value=["Plant", "Oak"], from_name="kind")
    made = mine.post("/api/labels/", [oak])
    assert (made.status, made.json[0]["value"], made.json[0]["created_by"]) == (201, ["Plant", "Oak"], annotator.pk)
    fern = item(project, title="Fern", value=["Plant", "Fern"], from_name="kind")
    assert theirs.post("/api/labels/", [fern]).status == 201
    listed = mine.get(f"/api/label_links/?project={project.pk}&expand=label").json["results"]
    links = {row["label"]["title"]: row["id"] for row in listed}
    assert mine.delete(f"/api/label_links/{links['Fern']}/").status == 403
    assert client_for(outsider).delete(f"/api/label_links/{links['Oak']}/").status == 404
    assert mine.delete(f"/api/label_links/{links['Oak']}/").status == 204
    assert theirs.delete(f"/api/label_links/{links['Fern']}/").status == 204
    assert mine.get(f"/api/label_links/?project={project.pk}").json["results"] == []


@pytest.mark.parametrize("names", [["mood"], ["gone"], ["kind", "mood"]])
def test_annotators_add_to_nothing_else(names: list[str], client_for: Any, manager: Any, annotator: Any) -> None:
    project = make_project(manager, members=(annotator,), label_config=TREE)
    wanted = [item(project, from_name=name) for name in names]
    assert client_for(annotator).post("/api/labels/", wanted).status == 403
    assert client_for(manager).get(f"/api/label_links/?project={project.pk}").json["results"] == []


def test_trees_of_archived_projects_stay_as_they_are(client_for: Any, manager: Any, annotator: Any) -> None:
    project = make_project(manager, members=(annotator,), label_config=TREE)
    assert client_for(manager).post(f"/api/projects/{project.pk}/archive/", {}).status == 200
    refused = client_for(annotator).post("/api/labels/", [item(project, from_name="kind")])
    assert (refused.status, "archived" in refused.json["detail"]) == (403, True)
