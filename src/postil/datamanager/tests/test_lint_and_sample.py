"""Mending slips in bulk, counting beforehand what an action would touch, and drawing samples."""

from typing import Any

import pytest

from postil.datamanager.models import View
from postil.projects.models import Project
from postil.tasks.models import Annotation, AnnotationVersion, Task
from postil.tasks.tests.factories import make_project, make_task
from postil.tasks.totals import recount

CONFIG = """<View><Image name="image" value="$image"/><RectangleLabels name="box" toName="image">
<Label value="Car"/><Label value="Bus"/></RectangleLabels></View>"""
ALL = {"selectedItems": {"all": True, "excluded": []}}


def box(label: str, x: float = 10, width: float = 20, name: str = "a") -> dict[str, Any]:
    value = {"x": x, "y": 10, "width": width, "height": 50, "rotation": 0, "rectanglelabels": [label]}
    return {
        "id": name, "from_name": "box", "to_name": "image", "type": "rectanglelabels", "value": value,
        "original_width": 100, "original_height": 100,
    }  # fmt: skip


OUTSIDE, TWICE, FINE = [box("Car", 90)], [box("Bus"), box("Bus", name="b")], [box("Car")]


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any, annotator: Any, api: Any) -> Project:
    made = make_project(manager, members=(annotator,), label_config=CONFIG)
    for number, result in enumerate((OUTSIDE, TWICE, FINE)):
        task = make_task(made, data={"image": f"{number}.png"})
        assert api.post(f"/api/tasks/{task.pk}/annotations/", {"result": result}).status == 201
    return Project.objects.get(pk=made.pk)


def act(api: Any, project: Project, action: str, mode: str = "", **body: Any) -> Any:
    return api.post(f"/api/dm/actions/?id={action}&project={project.pk}&mode={mode}", {**ALL, **body})


def results() -> list[Any]:
    return [row.result for row in Annotation.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("kinds", "expected", "count"),
    [
        (None, [[box("Car", 90, 10)], [box("Bus")], FINE], 2),
        (["duplicates"], [OUTSIDE, [box("Bus")], FINE], 1),
        (["zero_length", "overlapping_spans"], [OUTSIDE, TWICE, FINE], 0),
    ],
)
def test_slips_are_counted_mended_and_given_back(
    api: Any, project: Project, kinds: Any, expected: Any, count: int
) -> None:
    body = {} if kinds is None else {"kinds": kinds}
    preview = act(api, project, "fix_lint", "preview", **body)
    assert preview.json == {"tasks": 3, "items": count, "unit": "annotations"}
    assert results() == [OUTSIDE, TWICE, FINE]
    job = act(api, project, "fix_lint", "job", **body).json["job"]
    done = api.get(f"/api/jobs/{job['id']}/").json
    assert (done["state"], done["result"]["processed_items"]) == ("completed", count)
    assert results() == expected
    assert AnnotationVersion.objects.count() == count
    undone = api.post("/api/dm/undo/", {"project": project.pk, "job": job["id"]})
    assert undone.status == (200 if count else 409)
    assert results() == [OUTSIDE, TWICE, FINE]
    assert recount(Project.objects.get(pk=project.pk)) == {}


@pytest.mark.parametrize("kinds", [[], ["nested"], "x", [1], 7])
def test_unknown_slips_are_refused(api: Any, project: Project, kinds: Any) -> None:
    answer = act(api, project, "fix_lint", kinds=kinds)
    assert (answer.status, list(answer.json["validation_errors"])) == (400, ["kinds"])
    assert results() == [OUTSIDE, TWICE, FINE]


def test_annotators_may_not_mend(client_for: Any, annotator: Any, project: Project) -> None:
    assert act(client_for(annotator), project, "fix_lint").status == 403
    assert results() == [OUTSIDE, TWICE, FINE]


@pytest.mark.parametrize(
    ("body", "count"),
    [({"old": "Car", "new": "Van"}, 2), ({"old": ["Car", "Bus"], "control": "box"}, 3), ({"old": "Van"}, 0), ({}, 3)],
)
def test_relabeling_says_how_many_annotations_use_the_labels(
    api: Any, project: Project, body: dict[str, Any], count: int
) -> None:
    assert act(api, project, "relabel", "preview", **body).json == {"tasks": 3, "items": count, "unit": "annotations"}


def test_a_sample_is_a_view_and_the_same_seed_draws_the_same(api: Any, project: Project) -> None:
    for _ in range(7):
        make_task(project, data={"image": "more.png"})
    answers = [act(api, project, "sample_tasks", count=4, seed=seed, title="Ten") for seed in (7, 7, 8)]
    drawn = []
    for answer in answers:
        assert (answer.status, answer.json["processed_items"]) == (200, 4)
        page = api.get(f"/api/tasks/?view={answer.json['view']}").json
        assert page["total"] == 4
        drawn.append([task["id"] for task in page["tasks"]])
    assert drawn[0] == drawn[1] != drawn[2]
    assert [view.data["title"] for view in View.objects.order_by("pk")] == ["Ten"] * 3
    whole = act(api, project, "sample_tasks", count=500).json
    assert (whole["processed_items"], View.objects.get(pk=whole["view"]).data["title"]) == (10, "Sample of 500")
    assert Task.objects.filter(project=project).count() == 10


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "count"), ({"count": 0}, "count"), ({"count": -1}, "count"), ({"count": 20_000}, "count"),
     ({"count": 3, "seed": "x"}, "seed"), ({"count": 3, "title": "x" * 101}, "title"),
     ({"count": 3, "selectedItems": {"all": False, "included": []}}, "selectedItems")],
)  # fmt: skip
def test_a_sample_that_makes_no_sense_is_refused(api: Any, project: Project, body: dict[str, Any], field: str) -> None:
    answer = act(api, project, "sample_tasks", **body)
    assert (answer.status, list(answer.json["validation_errors"])) == (400, [field])
    assert not View.objects.exists()
