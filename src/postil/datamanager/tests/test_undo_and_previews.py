"""What undoing brings back beside the trash, and previews that count what is done."""

from typing import Any

import pytest

from postil.datamanager.bulk_actions import annotations
from postil.projects.models import Project
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.tests.factories import choice, make_project, make_task
from postil.tasks.totals import recount, recount_tasks

ALL = {"selectedItems": {"all": True, "excluded": []}}


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def theirs(client_for: Any, annotator: Any) -> Any:
    return client_for(annotator)


@pytest.fixture
def project(manager: Any, annotator: Any) -> Project:
    return make_project(manager, members=(annotator,), maximum_annotations=3)


def act(api: Any, project: Project, action: str, mode: str = "", **body: Any) -> Any:
    answer = api.post(f"/api/dm/actions/?id={action}&project={project.pk}&mode={mode}", {**ALL, **body})
    assert answer.status in (200, 202), answer.json
    return answer.json


def done(api: Any, project: Project, action: str, **body: Any) -> str:
    job = act(api, project, action, "job", **body)["job"]["id"]
    assert api.get(f"/api/jobs/{job}/").json["state"] == "completed"
    return str(job)


def undone(api: Any, project: Project, job: str) -> Any:
    answer = api.post("/api/dm/undo/", {"project": project.pk, "job": job})
    assert answer.status == 200, answer.json
    assert recount(Project.objects.get(pk=project.pk)) == {}
    assert recount_tasks() == 0
    return answer.json


def annotate(api: Any, task: Task, word: str = "good", **fields: Any) -> int:
    made = api.post(f"/api/tasks/{task.pk}/annotations/", {"result": choice(word), **fields})
    assert made.status == 201, made.json
    return int(made.json["id"])


def draft(api: Any, task: Task, word: str) -> int:
    made = api.post(f"/api/tasks/{task.pk}/drafts/", {"result": choice(word), "lead_time": 7})
    assert made.status == 201, made.json
    return int(made.json["id"])


def test_unsubmitted_work_comes_back_when_deleting_is_undone(api: Any, theirs: Any, project: Project) -> None:
    task, other = make_task(project, "a"), make_task(project, "b")
    annotation = annotate(api, task)
    kept = [draft(api, other, "bad"), draft(theirs, other, "good")]
    of_annotation = api.post(f"/api/tasks/{task.pk}/annotations/{annotation}/drafts/", {"result": choice("bad")}).json
    before = list(Draft.objects.order_by("pk").values())
    assert [row["id"] for row in before] == [*kept, of_annotation["id"]]
    job = done(api, project, "delete_tasks_annotations")
    assert (Annotation.objects.count(), Draft.objects.count()) == (0, 0)
    assert undone(api, project, job) == {"restored": 4, "passed_over": 0}
    assert list(Draft.objects.order_by("pk").values()) == before


def test_who_began_anew_keeps_the_new_draft(api: Any, theirs: Any, project: Project, annotator: Any) -> None:
    task, other = make_task(project, "a"), make_task(project, "b")
    draft(api, task, "bad")
    draft(theirs, task, "good")
    draft(api, other, "good")
    job = done(api, project, "delete_tasks_annotations")
    new = draft(api, task, "good")
    api.delete(f"/api/tasks/{other.pk}/")
    assert undone(api, project, job) == {"restored": 1, "passed_over": 2}
    assert Draft.objects.filter(task=task).exclude(pk=new).get().user_id == annotator.pk


def test_only_the_drafts_of_the_person_named_go(api: Any, theirs: Any, project: Project, annotator: Any) -> None:
    task = make_task(project, "a")
    draft(api, task, "bad")
    draft(theirs, task, "good")
    job = done(api, project, "delete_tasks_annotations", annotator=annotator.pk)
    assert Draft.objects.count() == 1
    assert undone(api, project, job)["restored"] == 1
    assert Draft.objects.count() == 2


@pytest.fixture
def equal(api: Any, theirs: Any, project: Project) -> list[Task]:
    """Four equal tasks: the second and third are labeled, the last has a draft and a prediction."""
    made = [make_task(project, "same") for _ in range(4)]
    annotate(api, made[1])
    annotate(theirs, made[2], "bad")
    annotate(api, made[2], was_cancelled=True)
    draft(api, made[3], "good")
    api.post("/api/predictions/", {"task": made[3].pk, "result": choice(), "score": 1})
    return made


def where(model: Any) -> list[int]:
    return list(model.objects.order_by("pk").values_list("task_id", flat=True))


def test_what_moved_from_duplicates_moves_back(api: Any, project: Project, equal: list[Task]) -> None:
    before = [where(model) for model in (Annotation, Draft, Prediction)]
    job = done(api, project, "remove_duplicates")
    assert [set(where(model)) for model in (Annotation, Draft, Prediction)] == [{equal[1].pk}] * 3
    assert undone(api, project, job) == {"restored": 3, "passed_over": 0}
    assert [where(model) for model in (Annotation, Draft, Prediction)] == before
    counts = Task.objects.order_by("pk").values_list(
        "annotation_count", "cancelled_annotation_count", "prediction_count"
    )
    assert list(counts) == [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 0, 1)]


def test_what_was_deleted_since_stays_deleted(api: Any, project: Project, equal: list[Task]) -> None:
    moved = Annotation.objects.get(task=equal[2], was_cancelled=False)
    job = done(api, project, "remove_duplicates")
    assert api.delete(f"/api/annotations/{moved.pk}/").status == 204
    assert undone(api, project, job) == {"restored": 3, "passed_over": 1}
    assert not Annotation.objects.filter(pk=moved.pk).exists()


def test_what_moved_stays_where_its_new_task_was_deleted(api: Any, project: Project, equal: list[Task]) -> None:
    job = done(api, project, "remove_duplicates")
    api.delete(f"/api/tasks/{equal[1].pk}/")
    assert undone(api, project, job) == {"restored": 3, "passed_over": 4}
    assert set(where(Annotation)) == {equal[1].pk}


def preview(api: Any, project: Project, action: str, **body: Any) -> tuple[int, str]:
    found = act(api, project, action, "preview", **body)
    return found["items"], found["unit"]


def test_a_preview_of_deleting_counts_the_annotations_of_the_person_named(
    api: Any, theirs: Any, project: Project, annotator: Any
) -> None:
    tasks = [make_task(project, f"t{number}") for number in range(3)]
    for task in tasks:
        annotate(api, task)
    annotate(theirs, tasks[0])
    assert preview(api, project, "delete_tasks_annotations") == (4, "annotations")
    assert preview(api, project, "delete_tasks_annotations", annotator=str(annotator.pk)) == (1, "annotations")
    assert act(api, project, "delete_tasks_annotations", annotator=annotator.pk)["processed_items"] == 1


@pytest.mark.parametrize(("value", "expected"), [("true", 4), ("false", 2)])
def test_a_preview_of_marking_counts_the_marks_that_change(
    api: Any, theirs: Any, project: Project, value: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = [make_task(project, f"t{number}") for number in range(5)]
    annotate(api, tasks[0])
    annotate(api, tasks[1], ground_truth=True)
    annotate(theirs, tasks[1])
    annotate(api, tasks[2], ground_truth=True)
    annotate(api, tasks[3], was_cancelled=True)
    annotate(api, tasks[4])
    assert preview(api, project, "set_ground_truth", value=value) == (expected, "annotations")
    assert act(api, project, "set_ground_truth", value=value)["processed_items"] == expected
    assert preview(api, project, "set_ground_truth", value=value) == (0, "annotations")
    monkeypatch.setattr(annotations, "MOST_COMPARED", 3)
    # All annotations of the tasks, where looking at each would take long.
    assert preview(api, project, "set_ground_truth", value=value) == (6, "annotations")


def test_a_preview_counts_the_predictions_that_become_annotations(api: Any, project: Project) -> None:
    for number in range(4):
        body = {"task": make_task(project, f"t{number}").pk, "result": choice(), "model_version": f"m{number % 2}"}
        assert api.post("/api/predictions/", body).status == 201
    assert preview(api, project, "predictions_to_annotations") == (4, "predictions")
    assert preview(api, project, "predictions_to_annotations", model_version="m0") == (2, "predictions")
    act(api, project, "predictions_to_annotations", model_version="m0")
    assert preview(api, project, "predictions_to_annotations", model_version="m0") == (0, "predictions")
    assert preview(api, project, "predictions_to_annotations") == (2, "predictions")


def test_a_preview_counts_the_copies_that_go(
    api: Any, project: Project, equal: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_task(project, "other")
    assert preview(api, project, "remove_duplicates") == (3, "tasks")
    monkeypatch.setattr("postil.datamanager.bulk_actions.tasks.MOST_COMPARED", 4)
    assert preview(api, project, "remove_duplicates") == (5, "tasks")


def test_merging_into_one_of_the_labels_changes_the_others_only(api: Any, project: Project) -> None:
    for number, word in enumerate(("good", "bad", "bad")):
        annotate(api, make_task(project, f"t{number}"), word)
    assert preview(api, project, "relabel", old=["good", "bad"], new="bad") == (1, "annotations")
    assert act(api, project, "relabel", old=["good", "bad"], new="bad")["processed_items"] == 1
    answer = api.post(f"/api/dm/actions/?id=relabel&project={project.pk}", {**ALL, "old": "bad", "new": "bad"})
    assert (answer.status, list(answer.json["validation_errors"])) == (400, ["new"])


def test_a_copy_goes_to_the_other_tasks_and_is_taken_back(api: Any, theirs: Any, project: Project) -> None:
    tasks = [make_task(project, f"t{number}") for number in range(4)]
    source = annotate(theirs, tasks[1], "bad")
    annotate(api, tasks[0], was_cancelled=True)
    form = api.get(f"/api/dm/actions/propagate_annotations/form/?project={project.pk}").json
    (offered,) = form[0]["fields"][0]["options"]
    assert (offered["value"], offered["label"].startswith(f"{source} · task 2 · ")) == (str(source), True)
    asked = {"source_annotation_id": str(source)}
    assert preview(api, project, "propagate_annotations", **asked) == (3, "tasks")
    job = done(api, project, "propagate_annotations", **asked)
    copies = Annotation.objects.filter(parent_annotation_id=source)
    assert sorted(where(Annotation)) == sorted([tasks[0].pk, *(task.pk for task in tasks)])
    assert {copy.result[0]["value"]["choices"][0] for copy in copies} == {"bad"}
    assert undone(api, project, job) == {"restored": 3, "passed_over": 0}
    assert sorted(where(Annotation)) == [tasks[0].pk, tasks[1].pk]


def test_a_skip_or_what_one_may_not_see_is_not_copied(
    api: Any, theirs: Any, project: Project, annotator: Any, client_for: Any
) -> None:
    task = make_task(project, "a")
    make_task(project, "b")
    url = f"/api/dm/actions/?id=propagate_annotations&project={project.pk}"
    skip = annotate(api, task, was_cancelled=True)
    answer = api.post(url, {**ALL, "source_annotation_id": skip})
    assert (answer.status, list(answer.json["validation_errors"])) == (400, ["source_annotation_id"])
    assert client_for(annotator).post(url, {**ALL, "source_annotation_id": skip}).status == 403
    assert Annotation.objects.count() == 1


TREE = """<View><Text name="text" value="$text"/><Taxonomy name="tree" toName="text"><Choice value="Animal">
<Choice value="Dog"/><Choice value="Cat"/></Choice><Choice value="Dog"/></Taxonomy>
<Choices name="mood" toName="text"><Choice value="Dog"/><Choice value="sad"/></Choices></View>"""


@pytest.mark.parametrize(
    ("asked", "count", "expected"),
    [
        ({"old": "Animal / Dog", "new": "Animal / Cat"}, 2,
         [[["Animal", "Cat"]], [["Animal", "Cat"], ["Dog"]], [["Dog"]]]),
        ({"old": "Animal / Dog", "new": "Bird / Owl"}, 2, [[["Bird", "Owl"]], [["Bird", "Owl"], ["Dog"]], [["Dog"]]]),
        ({"old": "Dog", "new": "Animal", "control": "tree"}, 2,
         [[["Animal", "Dog"]], [["Animal", "Dog"], ["Animal"]], [["Animal"]]]),
        ({"old": "Dog", "new": "sad"}, 3, [[["Animal", "Dog"]], [["Animal", "Dog"], ["sad"]], [["sad"]]]),
        ({"old": ["Animal / Dog", "Dog"], "new": "", "control": "tree"}, 3, [None, None, None]),
        ({"old": "Cat", "new": "Animal / Dog"}, 0, [[["Animal", "Dog"]], [["Animal", "Dog"], ["Dog"]], [["Dog"]]]),
    ],
)  # fmt: skip
def test_items_of_trees_are_replaced_by_their_paths(
    api: Any, manager: Any, asked: dict[str, Any], count: int, expected: list[Any]
) -> None:
    trees = make_project(manager, label_config=TREE)
    for number, paths in enumerate(([["Animal", "Dog"]], [["Animal", "Dog"], ["Dog"]], [["Dog"]])):
        item = {"id": "t", "from_name": "tree", "to_name": "text", "type": "taxonomy", "value": {"taxonomy": paths}}
        task = make_task(trees, f"t{number}")
        assert api.post(f"/api/tasks/{task.pk}/annotations/", {"result": [item]}).status == 201
    mood = {"id": "m", "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["Dog"]}}
    assert api.post(f"/api/tasks/{make_task(trees, 'm').pk}/annotations/", {"result": [mood]}).status == 201
    assert preview(api, trees, "relabel", **asked) == (count, "annotations")
    assert act(api, trees, "relabel", **asked)["processed_items"] == count
    results = list(Annotation.objects.filter(project=trees).order_by("pk").values_list("result", flat=True))
    assert [result[0]["value"]["taxonomy"] if result else None for result in results[:3]] == expected


def test_trees_are_offered_by_their_paths(api: Any, manager: Any) -> None:
    trees = make_project(manager, label_config=TREE)
    form = api.get(f"/api/dm/actions/relabel/form/?project={trees.pk}").json
    offered = [(option["value"], option["control"]) for option in form[0]["fields"][1]["options"]]
    assert offered == [
        ("Animal", "tree"), ("Animal / Dog", "tree"), ("Animal / Cat", "tree"), ("Dog", "tree"),
        ("Dog", "mood"), ("sad", "mood"),
    ]  # fmt: skip
