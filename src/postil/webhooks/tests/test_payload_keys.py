"""What receivers written for Label Studio find in a call: every key that its version 1.23 sends, but for secrets."""

import pytest

from postil.webhooks.tests.test_webhooks import ANSWER, client, owed, project, subscribe

pytestmark = pytest.mark.django_db
__all__ = ["client", "project"]
# `token` of the project is left out: it is a key.
PROJECT = {
    "id", "task_number", "finished_task_number", "total_predictions_number", "total_annotations_number",
    "num_tasks_with_annotations", "useful_annotation_number", "ground_truth_number", "skipped_annotations_number",
    "title", "description", "label_config", "parsed_label_config", "label_config_hash", "expert_instruction",
    "show_instruction", "show_skip_button", "enable_empty_annotation", "reveal_preannotations_interactively",
    "show_annotation_history", "show_collab_predictions", "evaluate_predictions_automatically", "result_count",
    "color", "maximum_annotations", "min_annotations_to_start_training", "control_weights", "model_version",
    "data_types", "is_draft", "is_published", "created_at", "updated_at", "sampling", "skip_queue",
    "show_ground_truth_first", "annotator_evaluation_enabled", "show_overlap_first", "overlap_cohort_percentage",
    "task_data_login", "task_data_password", "pinned_at", "custom_task_lock_ttl", "deleted_at", "purge_at",
    "search_vector", "organization", "created_by", "deleted_by",
}  # fmt: skip
TASK = {
    "id", "data", "meta", "created_at", "updated_at", "is_labeled", "allow_skip", "overlap", "inner_id",
    "total_annotations", "cancelled_annotations", "total_predictions", "comment_count", "unresolved_comment_count",
    "last_comment_updated_at", "project", "updated_by", "file_upload", "comment_authors", "precomputed_agreement",
}  # fmt: skip
ANNOTATION = {
    "id", "result", "was_cancelled", "ground_truth", "created_at", "updated_at", "draft_created_at", "lead_time",
    "prediction", "result_count", "unique_id", "import_id", "last_action", "bulk_created", "task", "project",
    "completed_by", "updated_by", "parent_prediction", "parent_annotation", "last_created_by",
}  # fmt: skip


@pytest.fixture
def told(client, project):
    """Everything that one webhook is told of a task that is imported, labeled, corrected and deleted."""
    client.patch(f"/api/projects/{project}/", {"task_data_login": "me", "task_data_password": "hidden-word"})
    subscribe(client, project)
    task = client.post("/api/tasks/", {"project": project, "data": {"text": "one"}}).json["id"]
    annotation = client.post(f"/api/tasks/{task}/annotations/", {"result": ANSWER}).json["id"]
    client.patch(f"/api/annotations/{annotation}/", {"result": ANSWER})
    client.delete(f"/api/annotations/{annotation}/")
    client.delete(f"/api/tasks/{task}/")
    return dict(owed())


def test_the_events_are_those_and_carry_their_keys(told):
    assert {name: set(body) for name, body in told.items()} == {
        "TASKS_CREATED": {"action", "project", "tasks"},
        "ANNOTATION_CREATED": {"action", "project", "annotation", "task"},
        "ANNOTATION_UPDATED": {"action", "project", "annotation", "task"},
        "ANNOTATIONS_DELETED": {"action", "project", "annotations"},
        "TASKS_DELETED": {"action", "project", "tasks"},
    }


def test_every_project_has_the_same_keys_and_no_secret(told):
    for name, body in told.items():
        assert set(body["project"]) == PROJECT, name
    assert {body["project"]["task_data_password"] for body in told.values()} == {None}


def test_tasks_and_annotations_have_their_keys(told):
    assert set(told["TASKS_CREATED"]["tasks"][0]) == TASK
    for action in ("ANNOTATION_CREATED", "ANNOTATION_UPDATED"):
        assert set(told[action]["task"]) == TASK
        assert set(told[action]["annotation"]) == ANNOTATION
    assert set(told["ANNOTATIONS_DELETED"]["annotations"][0]) == {"id"}
    assert set(told["TASKS_DELETED"]["tasks"][0]) == {"id"}


def test_an_unknown_event_is_named_by_its_place_in_the_list(client, project):
    answer = client.post("/api/webhooks/", {"project": project, "url": "http://127.0.0.1:9/", "actions": ["NOPE"]})
    assert answer.status == 400
    [(place, [sentence])] = answer.json["validation_errors"]["actions"].items()
    assert place == "0"
    assert sentence.startswith('"NOPE" is not a valid choice.')
