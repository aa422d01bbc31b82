"""The label stream: which task, for whom, and never more people on a task than its overlap."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postil.accounts.access import actor_of
from postil.core.clock import now
from postil.core.errors import NotFound
from postil.infra.db import is_postgres
from postil.tasks.models import Annotation, StreamHistory, Task, TaskLock
from postil.tasks.next_task.hand_out import next_task
from postil.tasks.tests.factories import choice, make_project, make_task


@pytest.fixture
def colleague(make_user: Any) -> Any:
    return make_user("annotator", email="colleague@example.com")


@pytest.fixture
def members(annotator: Any, colleague: Any) -> tuple[Any, Any]:
    return annotator, colleague


def handed(client: Any, project: Any) -> tuple[int | None, str]:
    answer = client.get(f"/api/projects/{project.pk}/next/")
    return (answer.json["id"], answer.json["queue"]) if answer.status == 200 else (None, answer.json["detail"])


def submit(client: Any, task_id: int, **fields: Any) -> None:
    assert client.post(f"/api/tasks/{task_id}/annotations/", {"result": choice(), **fields}).status == 201


def test_tasks_come_in_order_are_held_and_end(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members)
    first, second = make_task(project), make_task(project)
    mine, other = (client_for(member) for member in members)
    assert handed(mine, project) == (first.pk, "Sequence queue")
    assert handed(mine, project) == (first.pk, "Task lock")
    assert handed(other, project) == (second.pk, "Sequence queue")
    submit(mine, first.pk)
    assert handed(mine, project) == (None, "There are no tasks for annotator@example.com")
    assert TaskLock.objects.count() == 1


def test_a_handed_task_has_every_key_and_the_lock(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members)
    task = make_task(project)
    shown = client_for(members[0]).get(f"/api/projects/{project.pk}/next/").json
    assert set(shown) == {
        "id", "predictions", "annotations", "drafts", "updated_by", "unique_lock_id", "data", "meta", "created_at",
        "updated_at", "is_labeled", "overlap", "inner_id", "total_annotations", "cancelled_annotations",
        "total_predictions", "comment_count", "unresolved_comment_count", "last_comment_updated_at", "project",
        "file_upload", "comment_authors", "queue",
    }  # fmt: skip
    assert shown["data"] == {"text": "hello"}
    assert shown["unique_lock_id"] == str(TaskLock.objects.get(task=task).unique_id)


def test_history_names_tasks_with_the_annotations_made(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members)
    first, second = make_task(project), make_task(project)
    api = client_for(members[0])
    handed(api, project)
    made = api.post(f"/api/tasks/{first.pk}/annotations/", {"result": choice()}).json["id"]
    handed(api, project)
    handed(api, project)
    history = [{"taskId": first.pk, "annotationId": made}, {"taskId": second.pk, "annotationId": None}]
    assert api.get(f"/api/projects/{project.pk}/label-stream-history/").json == history
    assert client_for(members[1]).get(f"/api/projects/{project.pk}/label-stream-history/").json == []


def test_history_forgets_tasks_that_are_gone(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members[:1])
    task, client = make_task(project), client_for(members[0])
    client.get(f"/api/projects/{project.pk}/next/")
    path = f"/api/projects/{project.pk}/label-stream-history/"
    assert client.get(path).json == [{"taskId": task.pk, "annotationId": None}]
    client_for(manager).delete(f"/api/projects/{project.pk}/tasks/")
    assert client.get(path).json == []


def test_what_others_have_begun_comes_first(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members, maximum_annotations=2)
    make_task(project, overlap=2)
    begun = make_task(project, overlap=2)
    submit(client_for(members[0]), begun.pk)
    assert handed(client_for(members[1]), project) == (begun.pk, "Breadth first queue")


def test_skipped_tasks_go_to_others_or_come_back(client_for: Any, manager: Any, members: Any) -> None:
    mine, other = (client_for(member) for member in members)
    for queue, for_me, for_other in (
        ("REQUEUE_FOR_OTHERS", "There are no tasks for annotator@example.com", "Sequence queue"),
        ("REQUEUE_FOR_ME", "Skipped queue", "There are no tasks for colleague@example.com"),
        (
            "IGNORE_SKIPPED",
            "There are no tasks for annotator@example.com",
            "There are no tasks for colleague@example.com",
        ),
    ):
        project = make_project(manager, members=members, skip_queue=queue)
        submit(mine, make_task(project).pk, was_cancelled=True)
        assert handed(mine, project)[1] == for_me, queue
        assert handed(other, project)[1] == for_other, queue


def test_postponed_tasks_come_last(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members)
    first, second = make_task(project), make_task(project)
    api = client_for(members[0])
    api.post(f"/api/tasks/{first.pk}/drafts/", {"result": choice(), "was_postponed": True})
    assert handed(api, project) == (second.pk, "Sequence queue")
    submit(api, second.pk)
    shown = api.get(f"/api/projects/{project.pk}/next/").json
    assert (shown["id"], shown["queue"]) == (first.pk, "Postponed draft queue")
    assert [draft["result"] for draft in shown["drafts"]] == [choice()]


def test_uncertain_tasks_come_first_and_predictions_may_be_hidden(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members, sampling="Uncertainty sampling")
    api = client_for(manager)
    for score in (0.9, 0.1, 0.5):
        task = make_task(project, text=str(score))
        api.post("/api/predictions/", {"task": task.pk, "result": "good", "score": score, "model_version": "m"})
    shown = client_for(members[0]).get(f"/api/projects/{project.pk}/next/").json
    assert (shown["data"], shown["queue"]) == ({"text": "0.1"}, "Active learning or random queue")
    assert [row["result"][0]["value"] for row in shown["predictions"]] == [{"choices": ["good"]}]
    api.patch(f"/api/projects/{project.pk}/", {"show_collab_predictions": False})
    assert client_for(members[0]).get(f"/api/projects/{project.pk}/next/").json["predictions"] == []


def test_random_tasks_are_open_ones_and_all_come(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members, sampling="Uniform sampling")
    tasks = [make_task(project).pk for _ in range(7)]
    mine, other = (client_for(member) for member in members)
    submit(other, tasks[0])
    submit(other, tasks[3])
    found = []
    for _ in range(5):
        task_id, queue = handed(mine, project)
        assert queue == "Uniform random queue"
        submit(mine, task_id)
        found.append(task_id)
    assert sorted(found) == sorted(set(tasks) - {tasks[0], tasks[3]})
    assert handed(mine, project) == (None, "There are no tasks for annotator@example.com")


def test_tasks_for_several_people_come_first_while_they_have_places(
    client_for: Any, manager: Any, members: Any
) -> None:
    project = make_project(manager, members=members, show_overlap_first=True)
    single, shared = make_task(project), make_task(project, overlap=2)
    mine = client_for(members[0])
    assert handed(mine, project) == (shared.pk, "Sequence queue")
    submit(mine, shared.pk)
    assert handed(mine, project) == (single.pk, "Sequence queue")


def test_tasks_with_a_known_answer_come_first_where_annotators_are_tested(
    client_for: Any, manager: Any, members: Any
) -> None:
    project = make_project(manager, members=members, annotator_evaluation_enabled=True)
    plain, known = make_task(project), make_task(project, overlap=2)
    submit(client_for(manager), known.pk, ground_truth=True)
    mine = client_for(members[0])
    assert handed(mine, project) == (known.pk, "Onboarding ground truth queue")
    submit(mine, known.pk)
    assert handed(mine, project) == (plain.pk, "Sequence queue")


def test_places_of_others_and_locks_that_are_over(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members, skip_queue="REQUEUE_FOR_OTHERS")
    task = make_task(project, overlap=2)
    mine, other = (client_for(member) for member in members)
    boss = client_for(manager)
    assert handed(other, project) == (task.pk, "Sequence queue")
    assert handed(boss, project) == (task.pk, "Sequence queue")
    assert handed(mine, project)[0] is None
    TaskLock.objects.filter(user=members[1]).update(expires_at=now() - timedelta(seconds=1))
    assert handed(mine, project) == (task.pk, "Sequence queue")
    assert handed(other, project)[0] is None
    submit(mine, task.pk, was_cancelled=True)  # a skip takes no place of others
    held = TaskLock.objects.get(user=members[1])
    assert handed(other, project) == (task.pk, "Sequence queue")
    assert TaskLock.objects.get(user=members[1]).unique_id == held.unique_id
    assert TaskLock.objects.get(user=members[1]).expires_at > now() + timedelta(hours=23)


def test_of_begun_tasks_the_most_annotated_with_a_place_comes(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members, maximum_annotations=3)
    once, twice, taken = (make_task(project, overlap=3) for _ in range(3))
    boss, other, mine = client_for(manager), client_for(members[1]), client_for(members[0])
    for client, task in ((boss, once), (boss, twice), (other, twice), (boss, taken), (other, taken)):
        submit(client, task.pk)
    held = TaskLock.objects.create(task=taken, project=project, user=manager, expires_at=now() + timedelta(hours=1))
    assert handed(mine, project) == (twice.pk, "Breadth first queue")
    submit(mine, twice.pk)
    assert handed(mine, project) == (once.pk, "Breadth first queue")
    submit(mine, once.pk)
    held.delete()
    assert handed(mine, project) == (taken.pk, "Breadth first queue")


def test_a_hand_out_costs_a_fixed_number_of_statements(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members)
    tasks = [make_task(project).pk for _ in range(60)]
    for task_id in tasks[:50]:
        TaskLock.objects.create(task_id=task_id, project=project, user=manager, expires_at=now() + timedelta(hours=1))
    mine = client_for(members[0])
    costs = []
    for expected in (tasks[50], tasks[50], tasks[51]):
        with CaptureQueriesContext(connection) as statements:
            assert handed(mine, project)[0] == expected
        costs.append(len([row for row in statements if "SAVEPOINT" not in row["sql"]]))
        if costs[1:]:
            submit(mine, expected)
    # The first writes down who was here. A held task is found and prolonged; a new one is looked for (where, and with
    # a place), locked and remembered, and PostgreSQL needs one statement more to be alone.
    assert costs[1:] == [8, 12 + is_postgres()]


def hand_out_and_submit(client: Any, project: Any, count: int) -> None:
    for _ in range(count):
        task_id, _queue = handed(client, project)
        assert task_id is not None
        submit(client, task_id)


def reopen_by_deleting(boss: Any, mine: Any, task: Task) -> None:
    [annotation] = mine.get(f"/api/tasks/{task.pk}/annotations/").json
    assert boss.delete(f"/api/annotations/{annotation['id']}/").status == 204


def reopen_by_mark(boss: Any, _mine: Any, task: Task) -> None:
    [annotation] = boss.get(f"/api/tasks/{task.pk}/annotations/").json
    assert boss.patch(f"/api/annotations/{annotation['id']}/", {"was_cancelled": True}).status == 200
    assert Task.objects.get(pk=task.pk).is_labeled is False


def reopen_by_trash(boss: Any, mine: Any, task: Task) -> None:
    assert boss.delete(f"/api/tasks/{task.pk}/").status == 204
    Annotation.objects.filter(task=task).delete()
    hand_out_and_submit(mine, task.project, 1)
    assert boss.post(f"/api/tasks/{task.pk}/restore/").status == 200


@pytest.mark.parametrize("reopen", [reopen_by_deleting, reopen_by_trash])
def test_a_task_that_opens_again_behind_a_person_comes_next(
    reopen: Any, client_for: Any, manager: Any, members: Any
) -> None:
    project = make_project(manager, members=members)
    tasks = [make_task(project) for _ in range(8)]
    mine = client_for(members[0])
    hand_out_and_submit(mine, project, 4)
    assert StreamHistory.objects.get(user=members[0]).position == tasks[3].pk
    reopen(client_for(manager), mine, tasks[1])
    Task.objects.filter(pk=tasks[1].pk).update(is_labeled=False)
    assert handed(mine, project) == (tasks[1].pk, "Sequence queue")


def test_a_skip_of_another_person_opens_a_task_to_those_who_passed_it(
    client_for: Any, manager: Any, members: Any
) -> None:
    project = make_project(manager, members=members)
    tasks = [make_task(project) for _ in range(5)]
    mine, other = (client_for(member) for member in members)
    submit(other, tasks[0].pk)
    hand_out_and_submit(mine, project, 2)
    reopen_by_mark(client_for(manager), mine, tasks[0])
    assert handed(mine, project) == (tasks[0].pk, "Sequence queue")


def test_what_nothing_counts_comes_at_the_end(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members)
    tasks = [make_task(project) for _ in range(4)]
    mine = client_for(members[0])
    hand_out_and_submit(mine, project, 1)
    draft = mine.post(f"/api/tasks/{tasks[1].pk}/drafts/", {"result": choice(), "was_postponed": True}).json
    hand_out_and_submit(mine, project, 1)
    assert mine.patch(f"/api/drafts/{draft['id']}/", {"was_postponed": False}).status == 200
    hand_out_and_submit(mine, project, 1)
    assert handed(mine, project) == (tasks[1].pk, "Sequence queue")


def test_more_people_for_each_task_open_what_one_has_finished(client_for: Any, manager: Any, members: Any) -> None:
    project = make_project(manager, members=members)
    tasks = [make_task(project) for _ in range(3)]
    mine, other = (client_for(member) for member in members)
    hand_out_and_submit(mine, project, 2)
    hand_out_and_submit(other, project, 1)
    assert handed(other, project)[0] is None
    assert client_for(manager).patch(f"/api/projects/{project.pk}/", {"maximum_annotations": 2}).status == 200
    assert handed(other, project)[0] in {tasks[0].pk, tasks[1].pk}
    assert handed(mine, project) == (tasks[2].pk, "Breadth first queue")


def test_a_stranger_to_the_project_gets_no_task(client_for: Any, manager: Any, annotator: Any, outsider: Any) -> None:
    project = make_project(manager)
    make_task(project)
    for person in (annotator, outsider):
        assert handed(client_for(person), project) == (None, "No Project matches the given query.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("overlap", [1, 3])
def test_people_at_once_never_pass_the_overlap(overlap: int, manager: Any, make_user: Any) -> None:
    people = [make_user("annotator") for _ in range(8)]
    project = make_project(manager, members=tuple(people), maximum_annotations=overlap)
    tasks = [make_task(project, overlap=overlap).pk for _ in range(2)]

    def ask(person: Any) -> int | None:
        try:
            return next_task(project, actor_of(person)).task_id
        except NotFound:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, people))
    assert all(found.count(task_id) <= overlap for task_id in tasks)
    held = {task_id: TaskLock.objects.filter(task=task_id).count() for task_id in tasks}
    assert held == {task_id: found.count(task_id) for task_id in tasks}
    assert sum(held.values()) == min(len(people), overlap * len(tasks))
    assert Task.objects.filter(is_labeled=True).count() == 0
