"""Projects over the API: every key, rights, bad input, label configs, members, trash."""

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from postil.tasks.tests.factories import CONFIG, choice, make_project, make_task
from postil.tasks.totals import recount

KEYS = {
    "id", "title", "description", "label_config", "expert_instruction", "show_instruction", "show_skip_button",
    "enable_empty_annotation", "show_annotation_history", "organization", "color", "maximum_annotations",
    "is_published", "model_version", "is_draft", "created_by", "created_at", "min_annotations_to_start_training",
    "start_training_on_annotation_update", "show_collab_predictions", "num_tasks_with_annotations", "task_number",
    "useful_annotation_number", "ground_truth_number", "skipped_annotations_number", "total_annotations_number",
    "total_predictions_number", "finished_task_number", "sampling", "show_ground_truth_first",
    "annotator_evaluation_enabled", "show_overlap_first", "overlap_cohort_percentage", "task_data_login",
    "task_data_password", "control_weights", "parsed_label_config", "evaluate_predictions_automatically",
    "config_has_control_tags", "skip_queue", "reveal_preannotations_interactively", "pinned_at", "queue_total",
    "queue_done", "config_suitable_for_bulk_annotation", "state",
}  # fmt: skip
COUNTERS = ("task_number", "finished_task_number", "total_annotations_number", "queue_total", "queue_done")


def test_a_new_project_has_every_key_and_its_defaults(client_for: Any, manager: Any, organization: Any) -> None:
    made = client_for(manager).post("/api/projects/", {})
    assert made.status == 201
    assert set(made.json) == KEYS
    given = {name: made.json[name] for name in ("title", "label_config", "color", "sampling", "skip_queue")}
    assert given == {
        "title": "",
        "label_config": "<View></View>",
        "color": "#FFFFFF",
        "sampling": "Sequential sampling",
        "skip_queue": "REQUEUE_FOR_OTHERS",
    }
    assert made.json["organization"] == organization.pk
    assert made.json["created_by"]["email"] == "manager@example.com"
    assert made.json["task_number"] is None
    read = client_for(manager).get(f"/api/projects/{made.json['id']}/").json
    assert {name: read[name] for name in COUNTERS} == dict.fromkeys(COUNTERS, 0)


def test_the_config_is_taken_apart(client_for: Any, manager: Any) -> None:
    made = client_for(manager).post("/api/projects/", {"title": "Reviews", "label_config": CONFIG}).json
    assert made["parsed_label_config"]["mood"] == {
        "type": "Choices",
        "to_name": ["text"],
        "inputs": [{"type": "Text", "valueType": None, "value": "text"}],
        "labels": ["good", "bad"],
        "labels_attrs": {"good": {"value": "good"}, "bad": {"value": "bad"}},
    }
    assert made["control_weights"]["mood"] == {"overall": 1.0, "type": "Choices", "labels": {"good": 1.0, "bad": 1.0}}
    assert made["config_has_control_tags"] is True


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({"title": "xx"}, {"title": ["Ensure this field has at least 3 characters."]}),
        ({"color": "red"}, {"color": ['Color must be in "#RRGGBB" format']}),
        (
            {"label_config": CONFIG.replace('toName="text"', 'toName="zz"', 1)},
            {"label_config": None},
        ),
        ({"label_config": "<View>"}, {"label_config": None}),
        ({"maximum_annotations": "a"}, {"maximum_annotations": None}),
        ({"maximum_annotations": 0}, {"maximum_annotations": None}),
        ({"sampling": "xx"}, {"sampling": None}),
        ({"overlap_cohort_percentage": 300}, {"overlap_cohort_percentage": None}),
        ({"task_data_login": "x" * 257}, {"task_data_login": None}),
        ({"pinned_at": "soon"}, {"pinned_at": None}),
    ],
)
def test_projects_that_cannot_be(body: Any, faults: dict[str, Any], client_for: Any, manager: Any) -> None:
    api = client_for(manager)
    there = make_project(manager)
    for answer in (api.post("/api/projects/", body), api.patch(f"/api/projects/{there.pk}/", body)):
        assert (answer.status, answer.json["detail"]) == (400, "Validation error")
        assert set(answer.json["validation_errors"]) == set(faults)
        for name, texts in faults.items():
            assert texts is None or answer.json["validation_errors"][name] == texts
    assert api.get("/api/projects/").json["count"] == 1


def test_a_wrong_target_is_told_in_label_studios_words(client_for: Any, manager: Any) -> None:
    config = CONFIG.replace('toName="text"', 'toName="zz"', 1)
    answer = client_for(None).post("/api/projects/validate/", {"label_config": config})
    assert answer.status == 400
    assert list(answer.json) == ["label_config"]
    assert "toName=\"zz\" not found in names: ['mood', 'stars', 'text']" in answer.json["label_config"][0]
    good = client_for(None).post("/api/projects/validate/", {"label_config": CONFIG})
    assert (good.status, good.content) == (204, b"")


def test_who_sees_and_changes_projects(
    client_for: Any, manager: Any, annotator: Any, reviewer: Any, outsider: Any
) -> None:
    project = make_project(manager, members=(annotator,))
    address = f"/api/projects/{project.pk}/"
    assert client_for(annotator).get(address).json["title"] == "Reviews"
    for person in (reviewer, outsider):
        assert client_for(person).get(address).status == 404
        assert client_for(person).get("/api/projects/").json["results"] == []
    assert client_for(annotator).patch(address, {"title": "Mine"}).status == 403
    assert client_for(annotator).delete(address).status == 403
    assert client_for(outsider).patch(address, {"title": "Mine"}).status == 404
    assert client_for(manager).patch(address, {"title": "Ours"}).json["title"] == "Ours"


def test_the_list_is_filtered_ordered_and_cut_to_keys(client_for: Any, manager: Any) -> None:
    api = client_for(manager)
    first, second, third = (make_project(manager, title=title).pk for title in ("Alpha", "Beta", "Alphabet"))
    api.patch(f"/api/projects/{first}/", {"pinned_at": "2026-01-01T00:00:00Z"})

    def ids(query: str) -> list[int]:
        return [row["id"] for row in api.get(f"/api/projects/?{query}").json["results"]]

    assert ids("") == [first, third, second]
    assert ids("title=alpha") == [first, third]
    assert ids("search=bet") == [third, second]
    assert ids("filter=pinned_only") == [first]
    assert ids("filter=exclude_pinned&ordering=title") == [third, second]
    assert ids(f"ids={first},{second}&ordering=-id") == [second, first]
    assert api.get("/api/projects/?include=id,task_number").json["results"][0] == {"id": first, "task_number": 0}
    assert api.get("/api/projects/?ids=x").status == 400
    missing = api.get("/api/projects/?page=99")
    assert (missing.status, missing.json["detail"]) == (404, "Invalid page.")


def test_a_list_of_many_costs_as_many_statements_as_one_of_few(client_for: Any, manager: Any) -> None:
    from django.db import connection

    api = client_for(manager)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert api.get("/api/projects/?page_size=50").status == 200
        return len(seen)

    make_project(manager)
    api.get("/api/projects/")
    few = statements()
    for _ in range(49):
        make_project(manager)
    assert (statements(), api.get("/api/projects/").json["count"]) == (few, 50)
    assert few <= 5


def test_configs_stay_as_versions_and_cannot_orphan_annotations(client_for: Any, manager: Any) -> None:
    api = client_for(manager)
    project = make_project(manager)
    task = make_task(project)
    api.post(f"/api/tasks/{task.pk}/annotations/", {"result": choice()})
    address = f"/api/projects/{project.pk}/"
    renamed = api.patch(address, {"label_config": CONFIG.replace('name="mood"', 'name="other"')})
    assert (renamed.status, list(renamed.json["validation_errors"])) == (400, ["label_config"])
    without_label = CONFIG.replace('<Choice value="good"/>', '<Choice value="fine"/>')
    strict = api.post(f"{address}validate/", {"label_config": without_label})
    assert (strict.status, list(strict.json["validation_errors"])) == (400, ["non_field_errors"])
    checked = api.post("/api/label-config/check/", {"label_config": without_label, "project": project.pk}).json
    assert (checked["problems"], [item["count"] for item in checked["breaks"]]) == ([], [1])
    assert api.patch(address, {"label_config": without_label}).status == 200
    versions = api.get(f"{address}config-versions/").json
    assert [(row["number"], row["annotation_count"]) for row in versions] == [(2, 0), (1, 1)]
    assert versions[1]["label_config"] == CONFIG
    api.patch(address, {"label_config": without_label})
    assert len(api.get(f"{address}config-versions/").json) == 2, "the same text is no new version"


def test_values_without_a_name_get_the_first_key_of_a_new_config(client_for: Any, manager: Any) -> None:
    api = client_for(manager)
    made = api.post("/api/projects/", {"title": "Later"}).json["id"]
    task = api.post("/api/tasks/", {"project": made, "data": {"$undefined$": "hello"}})
    assert task.status == 201
    api.patch(f"/api/projects/{made}/", {"label_config": CONFIG})
    assert api.get(f"/api/tasks/{task.json['id']}/").json["data"] == {"text": "hello"}
    assert api.get(f"/api/projects/{made}/summary/").json["all_data_columns"] == {"text": 1}


def test_a_new_overlap_reaches_the_tasks(client_for: Any, manager: Any) -> None:
    api = client_for(manager)
    project = make_project(manager)
    done, open_task = make_task(project), make_task(project)
    api.post(f"/api/tasks/{done.pk}/annotations/", {"result": choice()})
    changed = api.patch(f"/api/projects/{project.pk}/", {"maximum_annotations": 2}).json
    assert (changed["maximum_annotations"], changed["finished_task_number"]) == (2, 0)
    cohort = api.patch(f"/api/projects/{project.pk}/", {"overlap_cohort_percentage": 50}).json
    assert cohort["finished_task_number"] == 0
    done.refresh_from_db()
    open_task.refresh_from_db()
    assert (done.overlap, open_task.overlap) == (2, 1)
    project.refresh_from_db()
    assert recount(project) == {}


def test_model_versions_must_exist(client_for: Any, manager: Any) -> None:
    api = client_for(manager)
    project = make_project(manager)
    address = f"/api/projects/{project.pk}/"
    refused = api.patch(address, {"model_version": "nope"})
    assert (refused.status, list(refused.json["validation_errors"])) == (400, ["model_version"])
    api.post("/api/predictions/", {"task": make_task(project).pk, "result": "good", "model_version": "m"})
    assert api.patch(address, {"model_version": "m"}).json["model_version"] == "m"
    assert api.get(f"{address}model-versions/").json == {"m": 1}
    extended = api.get(f"{address}model-versions/?extended=true").json
    assert [(row["model_version"], row["count"]) for row in extended["static"]] == [("m", 1)]
    assert extended["live"] is None
    assert api.delete(f"{address}model-versions/", {"model_version": "m"}).json == {"deleted_predictions": 1}
    assert api.get(address).json["model_version"] is None
    assert api.delete(f"{address}model-versions/", {}).status == 400


def test_members_come_and_go(client_for: Any, manager: Any, annotator: Any, outsider: Any) -> None:
    project = make_project(manager)
    api, address = client_for(manager), f"/api/projects/{project.pk}/members/"
    for _ in range(2):
        added = api.post(address, {"user": annotator.pk})
        assert (added.status, added.json["role"]) == (201, "annotator")
    assert [row["user"]["id"] for row in api.get(address).json] == [annotator.pk]
    assert api.post(address, {"user": outsider.pk}).status == 400
    assert api.post(address, {"user": 10**30}).status == 400
    assert client_for(annotator).post(address, {"user": annotator.pk}).status == 403
    assert api.delete(f"{address}{annotator.pk}/").status == 204
    assert client_for(annotator).get(f"/api/projects/{project.pk}/").status == 404


def test_instructions_lose_what_could_run(client_for: Any, manager: Any) -> None:
    project = make_project(manager)
    text = '<b>Look</b><script>alert(1)</script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">x</a>'
    shown = client_for(manager).patch(f"/api/projects/{project.pk}/", {"expert_instruction": text}).json
    assert shown["expert_instruction"] == '<b>Look</b><img src="x"><a rel="noopener noreferrer">x</a>'


def test_a_password_goes_in_and_never_comes_out(client_for: Any, manager: Any) -> None:
    project = make_project(manager)
    answer = client_for(manager).patch(f"/api/projects/{project.pk}/", {"task_data_password": "hidden-word"})
    assert (answer.status, answer.json["task_data_password"]) == (200, None)
    assert b"hidden-word" not in answer.content


def test_a_deleted_project_comes_back_whole(client_for: Any, manager: Any, annotator: Any) -> None:
    project = make_project(manager, members=(annotator,))
    task = make_task(project)
    api, address = client_for(manager), f"/api/projects/{project.pk}/"
    api.post(f"/api/tasks/{task.pk}/annotations/", {"result": choice()})
    assert api.delete(address).status == 204
    assert [api.get(path).status for path in (address, f"/api/tasks/{task.pk}/")] == [404, 404]
    entry = api.get("/api/trash/").json["results"][0]
    assert (entry["kind"], entry["title"], entry["deleted_by"]["id"]) == ("project", "Reviews", manager.pk)
    assert client_for(annotator).post(f"{address}restore/").status == 403
    back = api.post(f"{address}restore/")
    assert (back.status, back.json["task_number"], back.json["total_annotations_number"]) == (200, 1, 1)
    assert client_for(annotator).get(f"/api/tasks/{task.pk}/").status == 200
    assert api.get("/api/trash/").json["count"] == 0
    assert api.post(f"{address}restore/").status == 404


def test_templates_and_samples_are_there(client_for: Any, annotator: Any, manager: Any) -> None:
    found = client_for(annotator).get("/api/templates/").json
    assert len(found["templates"]) > 20
    assert {template["group"] for template in found["templates"]} <= set(found["groups"])
    project = make_project(manager)
    sample = client_for(manager).post(f"/api/projects/{project.pk}/sample-task/", {"label_config": CONFIG})
    assert (sample.status, list(sample.json["sample_task"])) == (200, ["text"])
