"""Changing a label config takes the annotations along, as one act that can be taken back."""

from typing import Any

import pytest

from postil.datamanager.models import BulkRun
from postil.projects.models import LabelConfigVersion, Project
from postil.tasks.models import Annotation, Draft, Prediction
from postil.tasks.tests.factories import make_project, make_task
from postil.tasks.totals import recount


def config(labels: str, box: str = "box", extra: str = "") -> str:
    words = "".join(f'<Label value="{word}"/>' for word in labels.split())
    return (
        f'<View><Image name="image" value="$image"/><RectangleLabels name="{box}" toName="image">{words}'
        f"</RectangleLabels>{extra}</View>"
    )


NOTE = '<TextArea name="note" toName="image"/>'
OLD = config("Car Bus Van", extra=NOTE)


def box(label: str, control: str = "box") -> dict[str, Any]:
    value = {"x": 1, "y": 1, "width": 5, "height": 5, "rotation": 0, "rectanglelabels": [label]}
    return {"id": "a", "from_name": control, "to_name": "image", "type": "rectanglelabels", "value": value}


TEXT = {"id": "n", "from_name": "note", "to_name": "image", "type": "textarea", "value": {"text": ["x"]}}


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any, annotator: Any, api: Any) -> Project:
    """Cars twice on one task, a bus with a note; a draft and a prediction of a car; a view of cars."""
    made = make_project(manager, members=(annotator,), label_config=OLD)
    tasks = [make_task(made, data={"image": f"{number}.png"}) for number in range(3)]
    for number, result in ((0, [box("Car")]), (0, [box("Car")]), (1, [box("Bus"), TEXT])):
        assert api.post(f"/api/tasks/{tasks[number].pk}/annotations/", {"result": result}).status == 201
    assert api.post(f"/api/tasks/{tasks[2].pk}/drafts/", {"result": [box("Car")]}).status == 201
    assert api.post("/api/predictions/", {"task": tasks[2].pk, "result": [box("Car")]}).status == 201
    item = {"filter": "filter:tasks:labels", "operator": "contains", "type": "Label", "value": {"label": "Car"}}
    data = {"title": "Cars", "filters": {"conjunction": "and", "items": [item]}}
    assert api.post("/api/dm/views/", {"project": made.pk, "data": data}).status == 201
    return Project.objects.get(pk=made.pk)


def changes(api: Any, project: Project, label_config: str) -> Any:
    return api.post(f"/api/projects/{project.pk}/config-changes/", {"label_config": label_config})


def migrate(api: Any, project: Project, label_config: str, *steps: dict[str, Any]) -> Any:
    body = {"label_config": label_config, "steps": list(steps)}
    return api.post(f"/api/projects/{project.pk}/migrate-config/", body)


def results() -> list[Any]:
    return [row.result for row in Annotation.objects.order_by("pk")]


def said_elsewhere() -> list[Any]:
    """Return what the draft and the prediction say."""
    return [Draft.objects.get().result, Prediction.objects.get().result]


BEFORE = [[box("Car")], [box("Car")], [box("Bus"), TEXT]]


def test_what_a_config_takes_is_counted_and_steps_are_offered(api: Any, project: Project) -> None:
    answer = changes(api, project, config("Auto Bus Van"))
    assert answer.json == {
        "changes": [
            {
                "kind": "label_removed", "control": "box", "label": "Car", "annotations": 2, "tasks": 1, "drafts": 1,
                "predictions": 1, "is_exact": True, "views": 1,
                "steps": [
                    {"action": "rename_label", "to": ["Auto"]}, {"action": "merge_label", "to": ["Bus", "Van"]},
                    {"action": "drop_label", "to": []}, {"action": "keep", "to": []},
                ],
            },
            {
                "kind": "control_removed", "control": "note", "label": None, "annotations": 1, "tasks": 1, "drafts": 0,
                "predictions": 0, "is_exact": True, "views": 0, "steps": [{"action": "drop_control", "to": []}],
            },
        ],
        "added": [{"control": "box", "label": "Auto"}],
        "is_safe": False,
    }  # fmt: skip
    assert Project.objects.get(pk=project.pk).label_config == OLD


def test_a_change_that_touches_nothing_is_safe(api: Any, project: Project) -> None:
    assert changes(api, project, OLD).json == {"changes": [], "added": [], "is_safe": True}
    unused = changes(api, project, config("Car Bus", extra=NOTE)).json
    assert (unused["is_safe"], unused["changes"][0]["label"], unused["changes"][0]["annotations"]) == (True, "Van", 0)


def test_steps_and_config_are_one_act_that_is_taken_back(api: Any, project: Project) -> None:
    new = config("Auto Bus", "shape")
    answer = migrate(
        api, project, new,
        {"action": "rename_control", "control": "box", "to": "shape"},
        {"action": "drop_control", "control": "note"},
    )  # fmt: skip
    assert answer.status == 202, answer.json
    job = api.get(f"/api/jobs/{answer.json['job']['id']}/").json
    assert (job["state"], job["result"]["processed_items"]) == ("completed", 5)
    assert results() == [[box("Car", "shape")], [box("Car", "shape")], [box("Bus", "shape")]]
    assert said_elsewhere() == [[box("Car", "shape")]] * 2
    assert Draft.objects.get().revision == 2
    assert Project.objects.get(pk=project.pk).label_config == new
    undone = api.post("/api/dm/undo/", {"project": project.pk, "job": job["id"]})
    assert (undone.status, undone.json) == (200, {"restored": 5, "passed_over": 0})
    assert (results(), said_elsewhere()) == (BEFORE, [[box("Car")]] * 2)
    assert Draft.objects.get().revision == 3
    project.refresh_from_db()
    assert (project.label_config, recount(project)) == (OLD, {})
    assert LabelConfigVersion.objects.filter(project=project).count() == 3
    assert api.post("/api/dm/undo/", {"project": project.pk, "job": job["id"]}).status == 409


@pytest.mark.parametrize(
    ("new", "step", "expected"),
    [
        (config("Auto Bus Van", extra=NOTE), {"action": "rename_label", "to": "Auto"}, box("Auto")),
        (config("Bus Van", extra=NOTE), {"action": "merge_label", "to": "Bus"}, box("Bus")),
        (config("Bus Van", extra=NOTE), {"action": "drop_label"}, None),
        (config("Bus Van", extra=NOTE), {"action": "keep"}, box("Car")),
    ],
)
def test_labels_are_renamed_merged_dropped_or_kept(
    api: Any, project: Project, new: str, step: dict[str, Any], expected: Any
) -> None:
    assert migrate(api, project, new, {"control": "box", "label": "Car", **step}).status == 202
    assert results() == [[expected] if expected else []] * 2 + BEFORE[2:]
    assert said_elsewhere() == [[expected] if expected else []] * 2
    assert recount(Project.objects.get(pk=project.pk)) == {}


def test_a_draft_that_its_author_changed_since_stays_as_it_is(api: Any, project: Project) -> None:
    new = config("Auto Bus Van", extra=NOTE)
    answer = migrate(api, project, new, {"action": "rename_label", "control": "box", "label": "Car", "to": "Auto"})
    later = [box("Auto"), {**box("Bus"), "id": "b"}]
    assert api.patch(f"/api/drafts/{Draft.objects.get().pk}/", {"result": later}).status == 200
    undone = api.post("/api/dm/undo/", {"project": project.pk, "job": answer.json["job"]["id"]})
    assert (undone.status, undone.json) == (200, {"restored": 3, "passed_over": 1})
    assert (results(), said_elsewhere()) == (BEFORE, [later, [box("Car")]])


def test_a_config_changed_since_is_not_overwritten_by_undo(api: Any, project: Project) -> None:
    new = config("Auto Bus Van", extra=NOTE)
    answer = migrate(api, project, new, {"action": "rename_label", "control": "box", "label": "Car", "to": "Auto"})
    later = config("Auto Bus Van Tram", extra=NOTE)
    assert api.patch(f"/api/projects/{project.pk}/", {"label_config": later}).status == 200
    undone = api.post("/api/dm/undo/", {"project": project.pk, "job": answer.json["job"]["id"]})
    assert undone.status in (400, 409)
    assert results()[0] == [box("Auto")]
    assert Project.objects.get(pk=project.pk).label_config == later


@pytest.mark.parametrize(
    ("new", "steps", "words"),
    [
        (config("Car Bus Van"), [], "Say what becomes of the answers of 'note'."),
        (config("Bus", extra=NOTE), [{"action": "rename_label", "control": "box", "label": "Car", "to": "Auto"}],
         "The new label config has no label 'Auto' in 'box'."),
        (config("Bus", extra=NOTE), [{"action": 7}], "Action, control, label and to are words."),
    ],
)  # fmt: skip
def test_steps_that_do_not_fit_change_nothing(api: Any, project: Project, new: str, steps: Any, words: str) -> None:
    answer = migrate(api, project, new, *steps)
    assert (answer.status, answer.json["validation_errors"]) == (400, {"steps": [words]})
    assert (results(), Project.objects.get(pk=project.pk).label_config) == (BEFORE, OLD)
    assert not BulkRun.objects.exists()


TREE = '<Taxonomy name="tree" toName="image"><Choice value="Animal">%s<Choice value="Cat"/></Choice></Taxonomy>'
STARS = '<Rating name="stars" toName="image" maxRating="%d"/>'
LINKS = "<Relations>%s</Relations>"
WIDE = TREE % '<Choice value="Dog"/>' + STARS % 5 + LINKS % '<Relation value="is"/><Relation value="has"/>'
NARROW = TREE % "" + STARS % 3 + LINKS % '<Relation value="has"/>'


def wide_result(path: list[str], stars: int, word: str) -> list[dict[str, Any]]:
    return [
        box("Car"), {**box("Bus"), "id": "b"},
        {"id": "t", "from_name": "tree", "to_name": "image", "type": "taxonomy", "value": {"taxonomy": [path]}},
        {"id": "s", "from_name": "stars", "to_name": "image", "type": "rating", "value": {"rating": stars}},
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": [word]},
    ]  # fmt: skip


@pytest.fixture
def wide(manager: Any, api: Any) -> Project:
    """A dog with five stars and two cats with three on one task; a draft of a dog."""
    made = make_project(manager, label_config=config("Car Bus", extra=WIDE))
    tasks = [make_task(made, data={"image": f"{number}.png"}) for number in range(3)]
    for number, result in (
        (0, wide_result(["Animal", "Dog"], 5, "is")), (1, wide_result(["Animal", "Cat"], 3, "has")),
        (1, wide_result(["Animal", "Cat"], 3, "has")),
    ):  # fmt: skip
        assert api.post(f"/api/tasks/{tasks[number].pk}/annotations/", {"result": result}).status == 201
    body = {"result": wide_result(["Animal", "Dog"], 4, "has")}
    assert api.post(f"/api/tasks/{tasks[2].pk}/drafts/", body).status == 201
    return Project.objects.get(pk=made.pk)


def test_trees_stars_and_links_are_counted_and_brought_over(api: Any, wide: Project) -> None:
    new = config("Car Bus", extra=NARROW)
    found = changes(api, wide, new).json
    assert [
        (loss["control"], loss["label"], loss["annotations"], loss["tasks"], loss["drafts"], loss["is_exact"])
        for loss in found["changes"]
    ] == [
        ("tree", "Animal / Dog", 1, 1, 1, True), ("stars", "4", 0, 0, 1, True), ("stars", "5", 1, 1, 0, True),
        ("<Relations>", "is", 1, 1, 0, True),
    ]  # fmt: skip
    answer = migrate(
        api, wide, new,
        {"action": "merge_label", "control": "tree", "label": "Animal / Dog", "to": "Animal / Cat"},
        {"action": "merge_label", "control": "stars", "label": "4", "to": "3"},
        {"action": "merge_label", "control": "stars", "label": "5", "to": "3"},
        {"action": "merge_label", "control": "<Relations>", "label": "is", "to": "has"},
    )  # fmt: skip
    assert answer.status == 202, answer.json
    assert [row.result for row in Annotation.objects.all()] == [wide_result(["Animal", "Cat"], 3, "has")] * 3
    assert Draft.objects.get().result == wide_result(["Animal", "Cat"], 3, "has")


def test_what_only_a_draft_uses_is_not_safe(api: Any, wide: Project) -> None:
    narrower = WIDE.replace('maxRating="5"', 'maxRating="9"')
    assert changes(api, wide, config("Car Bus", extra=narrower)).json["is_safe"] is True
    Annotation.objects.all().delete()
    found = changes(api, wide, config("Car Bus", extra=NARROW)).json
    assert ([loss["annotations"] for loss in found["changes"]], found["is_safe"]) == ([0, 0, 0, 0], False)


def test_a_control_that_left_its_object_needs_a_step(api: Any, project: Project) -> None:
    new = OLD.replace('<Image name="image"', '<Image name="photo"').replace('toName="image"', 'toName="photo"')
    found = changes(api, project, new).json
    assert [(loss["kind"], loss["control"], loss["annotations"], loss["steps"]) for loss in found["changes"]] == [
        (kind, name, count, [{"action": "retarget_control", "to": ["photo"]}, {"action": "drop_control", "to": []}])
        for kind, name, count in (("target_changed", "box", 3), ("target_changed", "note", 1))
    ]
    assert migrate(api, project, new).json["validation_errors"] == {
        "steps": ["Say what becomes of the answers of 'box'.", "Say what becomes of the answers of 'note'."]
    }
    steps = [{"action": "retarget_control", "control": name, "to": "photo"} for name in ("box", "note")]
    answer = migrate(api, project, new, *steps)
    assert answer.status == 202, answer.json
    assert {item["to_name"] for result in [*results(), *said_elsewhere()] for item in result} == {"photo"}


def test_labels_of_a_renamed_control_are_renamed_with_it(api: Any, project: Project) -> None:
    new = config("Auto Bus Van", "shape", NOTE)
    labels = [(loss["control"], loss["label"]) for loss in changes(api, project, new).json["changes"]]
    assert labels == [("box", None), ("box", "Car")]
    answer = migrate(
        api, project, new,
        {"action": "rename_control", "control": "box", "to": "shape"},
        {"action": "rename_label", "control": "box", "label": "Car", "to": "Auto"},
    )  # fmt: skip
    assert answer.status == 202, answer.json
    assert results()[:2] == [[box("Auto", "shape")]] * 2
    undone = api.post("/api/dm/undo/", {"project": project.pk, "job": answer.json["job"]["id"]})
    assert (undone.status, results()) == (200, BEFORE)


def test_a_broken_config_and_the_wrong_people_are_refused(
    api: Any, project: Project, client_for: Any, annotator: Any, outsider: Any
) -> None:
    assert list(changes(api, project, "<View><Nope/>").json["validation_errors"]) == ["label_config"]
    assert list(migrate(api, project, "<View>").json["validation_errors"]) == ["label_config"]
    for person, status in ((annotator, 403), (outsider, 404)):
        client = client_for(person)
        assert changes(client, project, OLD).status in (status, 403)
        assert migrate(client, project, OLD).status in (status, 403)
    action = f"/api/dm/actions/?id=migrate_config&project={project.pk}"
    direct = api.post(action, {"selectedItems": {"all": True, "excluded": []}, "steps": []})
    assert (direct.status, list(direct.json["validation_errors"])) == (400, ["label_config"])
    assert Project.objects.get(pk=project.pk).label_config == OLD
