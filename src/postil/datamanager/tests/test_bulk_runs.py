"""Bulk actions in steps: previews, jobs, undoing, and what happens when a run is stopped in the middle."""

import json
from typing import Any

import pytest

from postil.accounts.access import actor_of
from postil.core.errors import Cancelled
from postil.datamanager import bulk_runs, calls
from postil.datamanager.models import BulkRun, DeletedPredictions
from postil.infra.db import in_transaction
from postil.infra.jobs import NullRun
from postil.infra.models import Job
from postil.projects.models import Project, TrashEntry
from postil.projects.trash import erase_old, restore_entry
from postil.tasks import actions, annotation_actions
from postil.tasks.models import Annotation, AnnotationVersion, Prediction, Task
from postil.tasks.tests.factories import choice, make_project, make_task
from postil.tasks.totals import recount, recount_tasks
from postil.webhooks.models import Delivery, Webhook

ALL = {"selectedItems": {"all": True, "excluded": []}}


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any) -> Project:
    return make_project(manager)


@pytest.fixture
def tasks(api: Any, project: Project) -> list[Task]:
    """Five tasks: the first two are annotated, the last two have a prediction."""
    made = [make_task(project, f"t{number}") for number in range(5)]
    for task, word in zip(made, ("good", "bad"), strict=False):
        assert api.post(f"/api/tasks/{task.pk}/annotations/", {"result": choice(word)}).status == 201
    for task in made[3:]:
        body = {"task": task.pk, "result": choice("bad"), "score": 0.5}
        assert api.post("/api/predictions/", body).status == 201
    return made


@pytest.fixture
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_runs, "BATCH", 2)


class StopsAfter(NullRun):
    """Is stopped by somebody once so many tasks are done."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def progress(self, done: int, total: int | None = None) -> None:
        if done >= self.count:
            raise Cancelled


def call(api: Any, project: Project, action: str, mode: str = "", **body: Any) -> Any:
    return api.post(f"/api/dm/actions/?id={action}&project={project.pk}&mode={mode}", {**ALL, **body})


def done_as_job(api: Any, project: Project, action: str, **body: Any) -> dict[str, Any]:
    answer = call(api, project, action, "job", **body)
    assert answer.status == 202
    job = api.get(f"/api/jobs/{answer.json['job']['id']}/").json
    assert (job["state"], job["error"]) == ("completed", "")
    return dict(job)


def undone(api: Any, project: Project, job: dict[str, Any]) -> Any:
    return api.post("/api/dm/undo/", {"project": project.pk, "job": job["id"]})


def is_counted_right(project: Project) -> bool:
    return (recount(Project.objects.get(pk=project.pk)), recount_tasks()) == ({}, 0)


def results() -> list[Any]:
    return [row.result[0]["value"] for row in Annotation.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("delete_tasks", {"tasks": 5, "items": 5, "unit": "tasks"}),
        ("delete_tasks_annotations", {"tasks": 5, "items": 2, "unit": "annotations"}),
        ("predictions_to_annotations", {"tasks": 5, "items": 2, "unit": "predictions"}),
    ],
)
def test_a_preview_counts_and_changes_nothing(
    api: Any, project: Project, tasks: Any, action: str, expected: dict[str, Any]
) -> None:
    assert call(api, project, action, "preview").json == expected
    assert (Task.objects.count(), Annotation.objects.count(), BulkRun.objects.count()) == (5, 2, 0)


@pytest.mark.usefixtures("two_at_a_time")
@pytest.mark.parametrize("action", ["delete_tasks", "delete_tasks_annotations", "predictions_to_annotations"])
def test_what_a_job_did_is_undone(api: Any, project: Project, tasks: Any, action: str) -> None:
    before = (Task.objects.count(), Annotation.objects.count(), results())
    job = done_as_job(api, project, action)
    assert job["result"]["undo"] is not None
    assert (Task.objects.count(), Annotation.objects.count(), results()) != before
    assert is_counted_right(project)
    answer = undone(api, project, job)
    assert (answer.status, answer.json["passed_over"]) == (200, 0)
    assert answer.json["restored"] > 0
    assert (Task.objects.count(), Annotation.objects.count(), results()) == before
    assert is_counted_right(project)
    assert undone(api, project, job).status == 409


@pytest.mark.usefixtures("two_at_a_time")
@pytest.mark.parametrize(
    ("action", "steps"),
    [("delete_tasks", [2, 4, 5]), ("delete_tasks_annotations", [2]), ("delete_tasks_predictions", [2])],
)
def test_what_was_deleted_comes_back_in_short_transactions(
    api: Any, project: Project, tasks: Any, manager: Any, monkeypatch: pytest.MonkeyPatch, action: str, steps: list[int]
) -> None:
    for module in (actions, annotation_actions):
        monkeypatch.setattr(module, "BATCH", 2)
    job = done_as_job(api, project, action)
    seen: list[int] = []

    class Watch(NullRun):
        def progress(self, done: int, total: int | None = None) -> None:
            assert not in_transaction()
            assert is_counted_right(project)
            seen.append(done)

    assert bulk_runs.undo(BulkRun.objects.get(job_id=job["id"]), Watch())["restored"] == steps[-1]
    assert seen == steps
    assert not TrashEntry.objects.exists()


@pytest.mark.usefixtures("two_at_a_time")
def test_a_run_that_lost_its_process_goes_on_behind_its_last_step(
    api: Any, project: Project, tasks: Any, manager: Any
) -> None:
    row = BulkRun.objects.create(
        action="delete_tasks", project=project, organization_id=actor_of(manager).organization.pk, user=manager,
        question=dict(ALL),
    )  # fmt: skip
    with pytest.raises(Cancelled):
        bulk_runs.go_on(row, StopsAfter(2))
    assert Task.objects.count() == 3
    assert is_counted_right(project)
    fresh = BulkRun.objects.get(pk=row.pk)
    assert (fresh.done, fresh.items) == (2, 2)
    assert bulk_runs.go_on(fresh, NullRun())["processed_items"] == 5
    assert Task.objects.count() == 0
    assert len(fresh.trash_ids) == 1
    assert bulk_runs.undo(fresh, NullRun()) == {"restored": 5, "passed_over": 0}
    assert is_counted_right(project)


def predictions_json(api: Any, project: Project) -> list[Any]:
    found: list[Any] = api.get(f"/api/predictions/?project={project.pk}").json
    return found


@pytest.mark.usefixtures("two_at_a_time")
def test_deleted_predictions_come_back_as_they_were(api: Any, project: Project, tasks: Any) -> None:
    made = {"result": choice("good"), "score": 0.25, "model_version": "m2", "neighbors": [1, 2], "mislabeling": 0.5}
    assert api.post("/api/predictions/", {"task": tasks[0].pk, **made}).status == 201
    assert call(api, project, "predictions_to_annotations").status == 200
    parents = list(Annotation.objects.order_by("pk").values_list("pk", "parent_prediction_id"))
    before = predictions_json(api, project)
    assert (len(before), [parent for _pk, parent in parents].count(None)) == (3, 2)
    job = done_as_job(api, project, "delete_tasks_predictions")
    assert (job["result"]["processed_items"], predictions_json(api, project)) == (3, [])
    assert not Annotation.objects.exclude(parent_prediction=None).exists()
    assert is_counted_right(project)
    answer = undone(api, project, job)
    assert (answer.status, answer.json) == (200, {"restored": 3, "passed_over": 0})
    assert predictions_json(api, project) == before
    assert list(Annotation.objects.order_by("pk").values_list("pk", "parent_prediction_id")) == parents
    assert is_counted_right(project)
    assert not DeletedPredictions.objects.exists()


@pytest.mark.usefixtures("two_at_a_time")
def test_predictions_come_back_from_the_trash_to_the_tasks_that_are_left(
    api: Any, project: Project, tasks: Any
) -> None:
    done_as_job(api, project, "delete_tasks_predictions")
    entry = TrashEntry.objects.get(kind="prediction")
    assert (entry.title, entry.count) == ("2 predictions", 2)
    Task.all_objects.filter(pk=tasks[3].pk).delete()
    assert api.delete(f"/api/tasks/{tasks[4].pk}/").status == 204
    assert api.post(f"/api/trash/{entry.pk}/restore/").status == 200
    assert list(Prediction.objects.values_list("task_id", flat=True)) == [tasks[4].pk]
    assert Project.objects.get(pk=project.pk).prediction_count == 0
    assert api.post(f"/api/tasks/{tasks[4].pk}/restore/").status == 200
    assert (recount_tasks(), Project.objects.get(pk=project.pk).prediction_count) == (0, 1)


def test_predictions_in_the_trash_go_for_good_with_it(api: Any, project: Project, tasks: Any) -> None:
    done_as_job(api, project, "delete_tasks_predictions")
    assert DeletedPredictions.objects.count() == 1
    assert erase_old(days=0) == 1
    assert not DeletedPredictions.objects.exists()
    assert not TrashEntry.objects.exists()


@pytest.mark.usefixtures("two_at_a_time")
def test_the_half_of_a_stopped_run_can_be_undone(project: Project, tasks: Any, manager: Any) -> None:
    row = BulkRun.objects.create(
        action="delete_tasks", project=project, organization_id=actor_of(manager).organization.pk, user=manager,
        question=dict(ALL),
    )  # fmt: skip
    with pytest.raises(Cancelled):
        bulk_runs.go_on(row, StopsAfter(4))
    assert bulk_runs.undo(BulkRun.objects.get(pk=row.pk), NullRun()) == {"restored": 4, "passed_over": 0}
    assert Task.objects.count() == 5


@pytest.mark.usefixtures("two_at_a_time")
@pytest.mark.parametrize(
    "action",
    ["delete_tasks", "delete_tasks_annotations", "delete_tasks_predictions", "predictions_to_annotations"],
)
def test_tasks_deleted_meanwhile_are_passed_over(
    api: Any, project: Project, tasks: list[Task], manager: Any, action: str
) -> None:
    row = BulkRun.objects.create(
        action=action, project=project, organization_id=actor_of(manager).organization.pk, user=manager,
        question=dict(ALL),
    )  # fmt: skip
    with pytest.raises(Cancelled):
        bulk_runs.go_on(row, StopsAfter(0))
    call(api, project, "delete_tasks", selectedItems={"all": False, "included": [tasks[3].pk, tasks[4].pk]})
    answer = bulk_runs.go_on(BulkRun.objects.get(pk=row.pk), NullRun())
    assert answer["processed_items"] == {"delete_tasks": 3, "delete_tasks_annotations": 2}.get(action, 0)
    assert is_counted_right(project)


def test_labels_are_merged_and_given_back(api: Any, project: Project, tasks: Any) -> None:
    job = done_as_job(api, project, "relabel", control="mood", old=["good", "bad"], new="fine")
    assert job["result"]["processed_items"] == 2
    assert results() == [{"choices": ["fine"]}, {"choices": ["fine"]}]
    assert AnnotationVersion.objects.count() == 2
    later = Annotation.objects.order_by("pk")[1]
    assert api.patch(f"/api/annotations/{later.pk}/", {"result": choice("good")}).status == 200
    assert undone(api, project, job).json == {"restored": 1, "passed_over": 1}
    assert results() == [{"choices": ["good"]}, {"choices": ["good"]}]
    assert is_counted_right(project)


def test_a_dropped_label_takes_its_item_along(api: Any, project: Project, tasks: Any) -> None:
    assert call(api, project, "relabel", old="bad", new="").json["processed_items"] == 1
    assert [row.result for row in Annotation.objects.order_by("pk")] == [choice("good"), []]
    assert Annotation.objects.order_by("pk")[1].result_count == 0


def test_webhooks_hear_of_each_relabeled_annotation(api: Any, project: Project, tasks: list[Task]) -> None:
    Webhook.objects.create(organization=project.organization, project=project, url="https://example.com/hook")
    assert call(api, project, "relabel", old=["good", "bad"], new="fine").json["processed_items"] == 2
    told = [(row.action, json.loads(row.body)["task"]["id"]) for row in Delivery.objects.order_by("pk")]
    assert told == [("ANNOTATION_UPDATED", tasks[0].pk), ("ANNOTATION_UPDATED", tasks[1].pk)]


def test_only_the_filtered_tasks_are_relabeled(api: Any, project: Project, tasks: list[Task]) -> None:
    item = {"filter": "filter:tasks:id", "operator": "equal", "type": "Number", "value": tasks[1].pk}
    filters = {"conjunction": "and", "items": [item]}
    answer = call(api, project, "relabel", old=["good", "bad"], new="split", selectedItems=None, filters=filters)
    assert answer.json["processed_items"] == 1
    assert results() == [{"choices": ["good"]}, {"choices": ["split"]}]


def test_tasks_are_classified_at_once(api: Any, project: Project, tasks: list[Task], manager: Any) -> None:
    chosen = {"all": False, "included": [tasks[2].pk, tasks[3].pk]}
    job = done_as_job(api, project, "annotate_tasks", control="mood", choice="bad", selectedItems=chosen)
    made = Annotation.objects.order_by("pk")[2:]
    assert [(row.task_id, row.completed_by_id, row.result[0]["value"]) for row in made] == [
        (tasks[2].pk, manager.pk, {"choices": ["bad"]}),
        (tasks[3].pk, manager.pk, {"choices": ["bad"]}),
    ]
    assert Task.objects.get(pk=tasks[2].pk).is_labeled
    assert is_counted_right(project)
    assert undone(api, project, job).json == {"restored": 2, "passed_over": 0}
    assert not Task.objects.get(pk=tasks[2].pk).is_labeled
    assert is_counted_right(project)


def test_ground_truth_is_set_and_taken_away(api: Any, project: Project, tasks: list[Task]) -> None:
    api.post(f"/api/tasks/{tasks[0].pk}/annotations/", {"result": choice("bad")})
    job = done_as_job(api, project, "set_ground_truth")
    marks = [(row.task_id, row.ground_truth) for row in Annotation.objects.order_by("pk")]
    assert marks == [(tasks[0].pk, False), (tasks[1].pk, True), (tasks[0].pk, True)]
    assert is_counted_right(project)
    assert undone(api, project, job).json["restored"] == 2
    assert not Annotation.objects.filter(ground_truth=True).exists()
    call(api, project, "set_ground_truth")
    call(api, project, "set_ground_truth", value="false")
    assert not Annotation.objects.filter(ground_truth=True).exists()
    assert is_counted_right(project)


def test_of_equal_tasks_the_labeled_one_stays(api: Any, project: Project) -> None:
    first, labeled, third = (make_task(project, "same") for _ in range(3))
    api.post(f"/api/tasks/{labeled.pk}/annotations/", {"result": choice()})
    api.post("/api/predictions/", {"task": third.pk, "result": choice(), "score": 1})
    job = done_as_job(api, project, "remove_duplicates")
    assert job["result"]["processed_items"] == 2
    assert list(Task.objects.values_list("pk", "prediction_count")) == [(labeled.pk, 1)]
    assert is_counted_right(project)
    assert undone(api, project, job).json["restored"] == 2
    assert set(Task.objects.values_list("pk", flat=True)) == {first.pk, labeled.pk, third.pk}
    assert Prediction.objects.get().task_id == third.pk
    assert list(Task.objects.order_by("pk").values_list("prediction_count", flat=True)) == [0, 0, 1]
    assert is_counted_right(project)


@pytest.mark.parametrize(
    ("action", "body", "field"),
    [
        ("relabel", {"old": [], "new": "x"}, "old"),
        ("relabel", {"old": [5], "new": "x"}, "old"),
        ("relabel", {"old": ["good"], "new": 5}, "new"),
        ("relabel", {"old": ["good"], "new": "x", "control": "nope"}, "control"),
        ("annotate_tasks", {"control": "stars", "choice": "good"}, "control"),
        ("annotate_tasks", {"control": "mood", "choice": "ugly"}, "choice"),
        ("annotate_tasks", {"control": "mood"}, "choice"),
        ("set_ground_truth", {"value": "maybe"}, "value"),
        ("delete_tasks_annotations", {"annotator": "²"}, "annotator"),
        ("predictions_to_annotations", {"model_version": [5]}, "model_version"),
    ],
)
def test_bad_parameters_are_refused_before_anything_is_done(
    api: Any, project: Project, tasks: Any, action: str, body: dict[str, Any], field: str
) -> None:
    for mode in ("", "job"):
        answer = call(api, project, action, mode, **body)
        assert (answer.status, list(answer.json["validation_errors"])) == (400, [field])
    assert (BulkRun.objects.count(), Job.objects.count(), Annotation.objects.count()) == (0, 0, 2)


def test_an_unknown_mode_is_refused(api: Any, project: Project, tasks: Any) -> None:
    assert call(api, project, "delete_tasks", "later").status == 400
    assert Task.objects.count() == 5


def test_many_tasks_are_the_work_of_a_job_that_the_request_waits_for(
    api: Any, project: Project, tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "SMALL", 3)
    answer = call(api, project, "delete_tasks")
    assert (answer.status, answer.json) == (200, {"processed_items": 5, "reload": True, "detail": "Deleted 5 tasks"})
    assert Job.objects.get().result["undo"] is not None


def test_an_author_who_lost_the_right_runs_nothing(api: Any, project: Project, tasks: Any, manager: Any) -> None:
    row = BulkRun.objects.create(
        action="delete_tasks", project=project, organization_id=actor_of(manager).organization.pk, user=manager,
        question=dict(ALL),
    )  # fmt: skip
    manager.memberships.update(role="annotator")
    with pytest.raises(Exception, match="role"):
        bulk_runs.go_on(row, NullRun())
    assert Task.objects.count() == 5


def test_others_cannot_undo(api: Any, project: Project, tasks: Any, client_for: Any, outsider: Any) -> None:
    job = done_as_job(api, project, "delete_tasks")
    assert undone(client_for(outsider), project, job).status == 404
    assert undone(client_for(None), project, job).status == 401
    assert undone(api, project, {"id": "5b8f3c39-2c52-4a1e-bb6c-0d5c7e7e2f3a"}).status == 404
    assert Task.objects.count() == 0


def test_what_was_restored_by_hand_is_not_undone_twice(api: Any, project: Project, tasks: Any, manager: Any) -> None:
    job = done_as_job(api, project, "delete_tasks")
    row = BulkRun.objects.get()
    for entry in TrashEntry.objects.filter(pk__in=row.trash_ids):
        restore_entry(who=actor_of(manager), entry=entry)
    assert undone(api, project, job).json == {"restored": 0, "passed_over": 0}
    assert Task.objects.count() == 5
