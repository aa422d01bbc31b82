"""Full-text search: over data and answers, kept up to date, each project and person by itself."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from postil.datamanager import listing, search_index
from postil.datamanager.models import SearchState
from postil.infra.models import Job
from postil.projects.models import Project
from postil.tasks.events import TasksCreated
from postil.tasks.models import Task
from postil.tasks.tests.factories import choice, make_project, make_task

TEXTS = ["Coffee in the north", "Tea and coffee", "機械学習の本", "Čaj o páté", "Quote \" and ' here"]


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(manager: Any, annotator: Any) -> Project:
    project = make_project(manager, members=(annotator,))
    for text in TEXTS:
        make_task(project, text)
    return project


def search(api: Any, project: Project, words: Any, operator: str = "contains") -> Any:
    item = {"filter": "filter:tasks:search", "operator": operator, "type": "String", "value": words}
    query = quote(json.dumps({"filters": {"conjunction": "and", "items": [item]}}))
    return api.get(f"/api/tasks/?project={project.pk}&query={query}")


def found(api: Any, project: Project, words: str, operator: str = "contains") -> list[str]:
    answer = search(api, project, words, operator)
    assert answer.status == 200, answer.json
    assert answer.json["total"] == len(answer.json["tasks"])
    return [task["data"]["text"] for task in answer.json["tasks"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("COFFEE", [0, 1]),
        ("coffee north", [0]),
        ("nor", [0]),
        ("nor coffee", []),
        ("caj", [3]),
        ("学習", [2]),
        ("械学習", [2]),
        ("習", [2]),
        ("学械", []),
        ('"quote" \'AND', [4]),
        ("text", []),
        ("nothing", []),
    ],
)
def test_all_words_are_found_whatever_their_case_accents_and_script(
    api: Any, project: Project, words: str, expected: list[int]
) -> None:
    assert found(api, project, words) == [TEXTS[index] for index in expected]


@pytest.mark.parametrize(("operator", "expected"), [("contains", [0, 1, 5]), ("not_contains", [2, 3, 4])])
def test_common_words_are_looked_for_at_the_beginning_first(
    api: Any, project: Project, monkeypatch: pytest.MonkeyPatch, operator: str, expected: list[int]
) -> None:
    monkeypatch.setattr(listing, "WINDOWS", (3, 3))
    answered = make_task(project, "Milk")
    assert api.post(f"/api/tasks/{answered.pk}/annotations/", {"result": choice("coffeehouse")}).status == 201
    ids = list(Task.objects.order_by("pk").values_list("pk", flat=True))
    item = {"filter": "filter:tasks:search", "operator": operator, "type": "String", "value": "coffee"}
    query = quote(json.dumps({"filters": {"conjunction": "and", "items": [item]}}))
    pages = {}
    for size in (1, 2, 10):
        answer = api.get(f"/api/tasks/?project={project.pk}&query={query}&page_size={size}&totals=quick").json
        pages[size] = [task["id"] for task in answer["tasks"]], answer["total"], answer["total_is_exact"]
    wanted = [ids[index] for index in expected]
    # Of six tasks three fit: one more than a page of one or two is found among the first, for a longer one all count.
    assert pages == {1: (wanted[:1], pages[1][1], False), 2: (wanted[:2], 2, False), 10: (wanted, 3, True)}
    assert pages[1][1] in (1, 2)


def test_the_opposite_finds_the_others(api: Any, project: Project) -> None:
    assert found(api, project, "coffee", "not_contains") == TEXTS[2:]


@pytest.mark.parametrize(("words", "operator"), [("?!", "contains"), ("coffee", "greater"), (None, "contains")])
def test_what_cannot_be_searched_is_refused(api: Any, project: Project, words: Any, operator: str) -> None:
    answer = search(api, project, words, operator)
    assert answer.status == 400
    assert 'Filter on "search"' in answer.json["validation_errors"]["filters"][0]


def test_new_changed_deleted_and_restored_tasks_are_found_as_they_are(api: Any, project: Project) -> None:
    assert found(api, project, "zebra") == []
    task = make_task(project, "A zebra")
    assert found(api, project, "zebra") == ["A zebra"]
    assert api.patch(f"/api/tasks/{task.pk}/", {"data": {"text": "A giraffe"}}).status == 200
    assert (found(api, project, "zebra"), found(api, project, "giraffe")) == ([], ["A giraffe"])
    assert api.delete(f"/api/tasks/{task.pk}/").status == 204
    assert found(api, project, "giraffe") == []
    assert api.post(f"/api/tasks/{task.pk}/restore/").status == 200
    assert found(api, project, "giraffe") == ["A giraffe"]


def test_a_field_written_by_a_script_is_found(api: Any, project: Project) -> None:
    assert found(api, project, "okapi") == []
    body = {"value_name": "animal", "value": "okapi", "selectedItems": {"all": True, "excluded": []}}
    assert api.post(f"/api/dm/actions/?id=add_data_field&project={project.pk}", body).status == 200
    assert found(api, project, "okapi") == TEXTS


def test_answers_are_found_and_their_changes(api: Any, project: Project) -> None:
    task = Task.objects.order_by("pk")[1]
    made = api.post(f"/api/tasks/{task.pk}/annotations/", {"result": choice("good")})
    assert found(api, project, "good") == [TEXTS[1]]
    assert api.patch(f"/api/annotations/{made.json['id']}/", {"result": choice("bad")}).status == 200
    assert (found(api, project, "good"), found(api, project, "bad")) == ([], [TEXTS[1]])
    assert api.delete(f"/api/annotations/{made.json['id']}/").status == 204
    assert found(api, project, "bad") == []
    # Words of the data and of an answer are not mixed: each is searched by itself.
    assert found(api, project, "tea bad") == []


def test_annotators_find_only_their_own_answers(api: Any, project: Project, client_for: Any, annotator: Any) -> None:
    task = Task.objects.order_by("pk")[0]
    assert api.post(f"/api/tasks/{task.pk}/annotations/", {"result": choice("good")}).status == 201
    theirs = client_for(annotator)
    assert (found(api, project, "good"), found(theirs, project, "good")) == ([TEXTS[0]], [])
    assert found(theirs, project, "coffee") == TEXTS[:2]


def test_projects_do_not_find_each_others_tasks(api: Any, project: Project, manager: Any) -> None:
    other = make_project(manager)
    make_task(other, "coffee elsewhere")
    assert (found(api, project, "coffee"), found(api, other, "coffee")) == (TEXTS[:2], ["coffee elsewhere"])


def test_much_to_read_is_read_by_a_job_and_until_then_a_word_says_so(
    api: Any, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "AT_ONCE", 2)
    monkeypatch.setattr(search_index, "BATCH", 2)
    answer = search(api, project, "coffee")
    assert (answer.status, answer.json["detail"]) == (409, search_index.WAITS)
    assert SearchState.objects.get(pk=project.pk).is_ready
    assert found(api, project, "coffee") == TEXTS[:2]
    job = Job.objects.get(project_id=project.pk)
    assert (job.kind, job.state, job.result) == ("prepare_search", "completed", {"read": 5})


def test_ids_that_became_visible_late_are_read(api: Any, project: Project) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: ids become visible in their order")
    assert found(api, project, "coffee") == TEXTS[:2]
    late = Task.objects.order_by("-pk")[0]
    state = SearchState.objects.get(pk=project.pk)
    search_index.store_words(state.task_index, [(late.pk, ["other"])])
    search_index.tasks_came(TasksCreated(project_id=project.pk, task_ids=(late.pk,)))
    assert found(api, project, "quote") == [TEXTS[4]]


def test_indexes_of_projects_that_are_gone_go(api: Any, project: Project) -> None:
    assert found(api, project, "coffee") == TEXTS[:2]
    name = SearchState.objects.get(pk=project.pk).task_index
    assert name in connection.introspection.table_names()
    assert search_index.clear_searches() == 0
    Project.all_objects.filter(pk=project.pk).delete()
    assert search_index.clear_searches() == 1
    assert name not in connection.introspection.table_names()
    assert not SearchState.objects.exists()
