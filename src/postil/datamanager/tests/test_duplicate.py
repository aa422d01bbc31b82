"""Copies of projects, and projects put aside."""

from typing import Any

import pytest

from postil.datamanager import duplicating
from postil.datamanager.jobs import CopyTasks
from postil.datamanager.models import ProjectCopy, View
from postil.infra.jobs import NullRun
from postil.projects.models import Project, ProjectMember
from postil.tasks.models import Annotation, Prediction, Task
from postil.tasks.tests.factories import CONFIG, choice, make_project, make_task
from postil.tasks.totals import recount


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any, annotator: Any, api: Any) -> Project:
    """Three tasks: one annotated, one skipped and predicted."""
    made = make_project(manager, members=(annotator,), sampling="Uniform sampling", maximum_annotations=1)
    tasks = [make_task(made, text, meta={"n": text}) for text in ("one", "two", "three")]
    assert api.post(f"/api/tasks/{tasks[0].pk}/annotations/", {"result": choice(), "lead_time": 3.5}).status == 201
    assert api.post(f"/api/tasks/{tasks[1].pk}/annotations/", {"result": [], "was_cancelled": True}).status == 201
    assert api.post("/api/predictions/", {"task": tasks[1].pk, "result": choice("bad"), "score": 0.5}).status == 201
    data = {"title": "Mine", "ordering": ["tasks:id"], "selectedItems": {"all": False, "included": [tasks[0].pk]}}
    assert api.post("/api/dm/views/", {"project": made.pk, "data": data}).status == 201
    return Project.objects.get(pk=made.pk)


def duplicate(api: Any, project: Project, **body: Any) -> Any:
    return api.post(f"/api/projects/{project.pk}/duplicate/", body)


def test_settings_members_and_views_are_copied_at_once(api: Any, project: Project, annotator: Any) -> None:
    answer = duplicate(api, project)
    copy = Project.objects.exclude(pk=project.pk).get()
    assert (answer.status, answer.json) == (201, {"id": copy.pk, "job": None})
    assert (copy.title, copy.sampling, copy.label_config) == ("Reviews (copy)", "Uniform sampling", CONFIG)
    assert copy.task_count == 0
    assert list(ProjectMember.objects.filter(project=copy).values_list("user_id", flat=True)) == [annotator.pk]
    assert [view.data for view in View.objects.filter(project=copy)] == [{"title": "Mine", "ordering": ["tasks:id"]}]


@pytest.mark.parametrize(("mode", "answers"), [("settings,data", 0), ("settings,data,annotations", 2)])
def test_tasks_are_brought_by_a_job(api: Any, project: Project, mode: str, answers: int, manager: Any) -> None:
    answer = duplicate(api, project, mode=mode, title="Second round")
    copy = Project.objects.exclude(pk=project.pk).get()
    assert (answer.status, answer.json["id"], copy.title) == (202, copy.pk, "Second round")
    job = api.get(f"/api/jobs/{answer.json['job']['id']}/").json
    assert (job["state"], job["result"]) == ("completed", {"project": copy.pk, "tasks": 3})
    tasks = list(Task.objects.filter(project=copy).order_by("pk"))
    assert [(task.data, task.meta, task.inner_id) for task in tasks] == [
        ({"text": text}, {"n": text}, index) for index, text in enumerate(("one", "two", "three"), 1)
    ]
    copied = Annotation.objects.filter(project=copy).order_by("pk")
    said = [(row.task_id, row.result, row.was_cancelled, row.lead_time, row.completed_by_id) for row in copied]
    expected = [
        (tasks[0].pk, choice(), False, 3.5, manager.pk), (tasks[1].pk, [], True, None, manager.pk),
    ]  # fmt: skip
    assert said == expected[:answers]
    assert Prediction.objects.filter(project=copy).count() == (1 if answers else 0)
    copy.refresh_from_db()
    assert recount(copy) == {}
    assert recount(Project.objects.get(pk=project.pk)) == {}


def test_a_copy_that_was_stopped_goes_on_behind_its_last_batch(
    api: Any, project: Project, monkeypatch: pytest.MonkeyPatch, manager: Any
) -> None:
    monkeypatch.setattr(duplicating, "BATCH", 1)
    target = make_project(manager)
    copy = ProjectCopy.objects.create(source=project, target=target, user=manager)

    class Stops(NullRun):
        def progress(self, done: int, total: int | None = None) -> None:
            if done == 2:
                raise InterruptedError

    with pytest.raises(InterruptedError):
        duplicating.copy_tasks(CopyTasks(copy_id=copy.pk), Stops())
    assert duplicating.copy_tasks(CopyTasks(copy_id=copy.pk), NullRun()) == {"project": target.pk, "tasks": 3}
    assert [task.data["text"] for task in Task.objects.filter(project=target).order_by("pk")] == ["one", "two", "three"]


def test_a_wrong_mode_and_the_wrong_people_are_refused(
    api: Any, project: Project, client_for: Any, annotator: Any, outsider: Any
) -> None:
    answer = duplicate(api, project, mode="everything")
    assert (answer.status, list(answer.json["validation_errors"])) == (400, ["mode"])
    assert duplicate(client_for(annotator), project).status == 403
    assert duplicate(client_for(outsider), project).status == 404
    assert Project.objects.filter(organization=project.organization).count() == 1


def test_an_archived_project_leaves_the_list_and_can_be_read_but_not_labeled(
    api: Any, project: Project, client_for: Any, annotator: Any
) -> None:
    theirs = client_for(annotator)
    address = f"/api/projects/{project.pk}"
    task = Task.objects.filter(project=project).order_by("pk")[2]
    assert theirs.get(f"{address}/next/").status == 200
    answer = api.post(f"{address}/archive/")
    assert (answer.status, answer.json["state"]) == (200, "archived")
    assert api.post(f"{address}/archive/").json["state"] == "archived"

    def listed(query: str) -> list[int]:
        return [row["id"] for row in api.get(f"/api/projects/{query}").json["results"]]

    assert [listed(query) for query in ("", "?state=archived", "?state=all", f"?ids={project.pk}", "?state=x")] == [
        [], [project.pk], [project.pk], [project.pk], []
    ]  # fmt: skip
    body = {"result": choice()}
    for refused in (
        theirs.get(f"{address}/next/"),
        theirs.post(f"/api/tasks/{task.pk}/annotations/", body),
        theirs.post(f"/api/tasks/{task.pk}/drafts/", body),
    ):
        assert (refused.status, "archived" in refused.json["detail"]) == (403, True)
    assert theirs.get(f"/api/tasks/{task.pk}/").status == 200
    assert api.post(f"/api/tasks/{task.pk}/annotations/", body).status == 201  # managers may mend
    assert theirs.post(f"{address}/unarchive/").status == 403
    assert api.post(f"{address}/unarchive/").json["state"] is None
    assert theirs.post(f"/api/tasks/{task.pk}/annotations/", body).status == 201
    assert listed("") == [project.pk]
