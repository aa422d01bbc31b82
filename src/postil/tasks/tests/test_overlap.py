"""A new overlap reaches the tasks of a large project by a job, as it reaches those of a small one at once."""

from typing import Any

import pytest

from postil.infra.jobs import NullRun
from postil.infra.models import Job
from postil.projects.models import Project
from postil.tasks import overlap
from postil.tasks.jobs import ReviseOverlap
from postil.tasks.models import Annotation, Task
from postil.tasks.overlap import Reach, revise_as_job
from postil.tasks.tests.factories import make_project, make_task

CHOICE = [{"from_name": "sentiment", "to_name": "text", "type": "choices", "value": {"choices": ["Positive"]}}]


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any, manager: Any) -> Project:
    """Five tasks; the second and the fourth are annotated, the last one is skipped."""
    made = make_project(manager)
    tasks = [make_task(made, f"text {number}") for number in range(5)]
    for task in (tasks[1], tasks[3]):
        assert api.post(f"/api/tasks/{task.pk}/annotations/", {"result": CHOICE}).status == 201
    skip = {"result": [], "was_cancelled": True}
    assert api.post(f"/api/tasks/{tasks[4].pk}/annotations/", skip).status == 201
    return made


@pytest.fixture(params=["at once", "by a job"])
def way(request: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(overlap, "BATCH", 2)
    monkeypatch.setattr(overlap, "AT_ONCE", 0 if request.param == "by a job" else 5)
    return str(request.param)


def change(api: Any, project: Project, way: str, **fields: Any) -> None:
    before = Job.objects.count()
    assert api.patch(f"/api/projects/{project.pk}/", fields).status == 200
    assert Job.objects.count() - before == (way == "by a job")


def overlaps(project: Project) -> list[int]:
    return list(Task.objects.filter(project=project).order_by("pk").values_list("overlap", flat=True))


def labeled(project: Project) -> list[int]:
    """Return which tasks are labeled, by their places; the counter of the project says the same."""
    marks = Task.objects.filter(project=project).order_by("pk").values_list("is_labeled", "completed_at")
    assert all((moment is not None) == mark for mark, moment in marks)
    found = [place for place, (mark, _) in enumerate(marks) if mark]
    assert Project.objects.get(pk=project.pk).finished_task_count == len(found)
    return found


def test_all_tasks_get_it_and_are_judged_again(api: Any, project: Project, way: str) -> None:
    reopened = Project.objects.get(pk=project.pk).reopenings
    change(api, project, way, maximum_annotations=2)
    assert (overlaps(project), labeled(project)) == ([2] * 5, [])
    assert Project.objects.get(pk=project.pk).reopenings > reopened
    change(api, project, way, maximum_annotations=1)
    assert (overlaps(project), labeled(project)) == ([1] * 5, [1, 3])
    change(api, project, way, skip_queue="IGNORE_SKIPPED")
    assert labeled(project) == [1, 3, 4]


def test_a_part_of_the_tasks_has_it(api: Any, project: Project, way: str) -> None:
    change(api, project, way, maximum_annotations=2, overlap_cohort_percentage=40)
    assert (overlaps(project), labeled(project)) == ([1, 2, 1, 2, 1], [])
    change(api, project, way, maximum_annotations=3, overlap_cohort_percentage=100)
    assert overlaps(project) == [1, 3, 1, 3, 1]
    change(api, project, way, maximum_annotations=1)
    assert (overlaps(project), labeled(project)) == ([1] * 5, [1, 3])


def test_a_mark_made_by_hand_goes_when_the_task_is_judged_again(api: Any, project: Project, way: str) -> None:
    Task.objects.filter(pk=Task.objects.order_by("pk")[0].pk).update(is_labeled=True)
    Project.objects.filter(pk=project.pk).update(finished_task_count=3)
    change(api, project, way, maximum_annotations=2)
    assert labeled(project) == []


@pytest.mark.parametrize("reach", list(Reach))
def test_a_job_that_was_broken_off_ends_as_if_nothing_had_been(
    project: Project, monkeypatch: pytest.MonkeyPatch, reach: Reach
) -> None:
    class Broken(NullRun):
        def progress(self, done: int, total: int | None = None) -> None:
            if done == 2:
                raise InterruptedError

    monkeypatch.setattr(overlap, "BATCH", 2)
    share = 40 if reach == Reach.COHORT else 100
    Project.objects.filter(pk=project.pk).update(maximum_annotations=2, overlap_cohort_percentage=share)
    Task.objects.filter(pk=Task.objects.order_by("pk")[1].pk).update(overlap=3)
    spec = ReviseOverlap(project_id=project.pk, reach=reach.value)
    with pytest.raises(InterruptedError):
        revise_as_job(spec, Broken())
    first = {Reach.ALL: [2, 2, 1, 1, 1], Reach.SEVERAL: [1, 2, 1, 1, 1], Reach.COHORT: [1, 2, 1, 1, 1]}[reach]
    assert (overlaps(project), labeled(project)) == (first, [3])
    revise_as_job(spec, NullRun())
    after = {Reach.ALL: [2] * 5, Reach.SEVERAL: [1, 2, 1, 1, 1], Reach.COHORT: [1, 2, 1, 2, 1]}[reach]
    assert (overlaps(project), labeled(project)) == (after, [3] if reach == Reach.SEVERAL else [])


def test_a_job_gives_what_the_settings_say_by_then(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    class Meanwhile(NullRun):
        def progress(self, done: int, total: int | None = None) -> None:
            Project.objects.filter(pk=project.pk).update(maximum_annotations=3)

    monkeypatch.setattr(overlap, "BATCH", 2)
    Project.objects.filter(pk=project.pk).update(maximum_annotations=2)
    revise_as_job(ReviseOverlap(project_id=project.pk, reach="all"), Meanwhile())
    assert overlaps(project) == [2, 2, 3, 3, 3]
    Project.objects.filter(pk=project.pk).update(deleted_at=project.created_at)
    revise_as_job(ReviseOverlap(project_id=project.pk, reach="all"), NullRun())
    assert overlaps(project) == [2, 2, 3, 3, 3]
    assert Annotation.objects.count() == 3
