"""Rows of tasks and what hangs on them as Label Studio's JSON; stored JSON is spliced in as text.

Everything here takes the plain rows of `queries.*_rows` and returns dicts for orjson.
"""

from datetime import datetime
from typing import Any

import orjson
from django.utils.timesince import timesince

from postil.accounts.models import User
from postil.accounts.shapes import UserWithInitials
from postil.core.clock import iso
from postil.tasks import shapes

Row = dict[str, Any]
EXCERPT_LENGTH = 500


def stored(text: str) -> Any:
    """Return stored JSON as it is."""
    return orjson.Fragment(text)


def moment(value: datetime | None) -> str | None:
    """Return a time as the API writes it, or None."""
    return iso(value) if value is not None else None


def signature(row: Row, user_id: int | None) -> str:
    """Return `" first last email, id"` of the author of a row, the form of `created_username`."""
    if not user_id:
        return ""
    name = f"{row['first_name'] or ''} {row['last_name']}" if row["last_name"] else (row["first_name"] or "")
    return f"{name} {row['email'] or ''}, {user_id}"


def task_json(row: Row) -> shapes.TaskWritten:
    """Return the write form of a task: what POST and PATCH answer."""
    return {**_task_core(row), "updated_by": row["updated_by_id"], "file_upload": row["file_upload_id"]}


def _task_core(row: Row) -> shapes.TaskFields:
    return {
        "id": row["id"],
        "data": orjson.Fragment(row["raw_data"]),
        "meta": orjson.Fragment(row["raw_meta"] or "{}"),
        "created_at": iso(row["created_at"]),
        "updated_at": iso(row["updated_at"]),
        "is_labeled": row["is_labeled"],
        "overlap": row["overlap"],
        "inner_id": row["inner_id"],
        "total_annotations": row["annotation_count"],
        "cancelled_annotations": row["cancelled_annotation_count"],
        "total_predictions": row["prediction_count"],
        "comment_count": 0,
        "unresolved_comment_count": 0,
        "last_comment_updated_at": None,
        "project": row["project_id"],
        "comment_authors": [],
    }


def stored_task_json(row: Row) -> Row:
    """Return the stored fields of a task: the form of webhooks."""
    return {**task_json(row), "allow_skip": row["allow_skip"], "precomputed_agreement": None}


def annotation_json(row: Row) -> shapes.Annotation:
    """Return an annotation as the API shows it."""
    return {
        "id": row["id"],
        "created_username": signature(row, row["completed_by_id"]),
        "created_ago": timesince(row["created_at"]),
        "completed_by": row["completed_by_id"],
        **_annotation_core(row),
    }


def annotation_with_author_json(row: Row) -> shapes.AnnotationWithAuthor:
    """Return an annotation with its author expanded."""
    return {
        "id": row["id"],
        "created_username": signature(row, row["completed_by_id"]),
        "created_ago": timesince(row["created_at"]),
        "completed_by": author_json(row),
        **_annotation_core(row),
    }


def full_annotation_json(row: Row) -> Row:
    """Return the full form of an annotation: of exports and webhooks."""
    return {
        "id": row["id"],
        "completed_by": row["completed_by_id"],
        **_annotation_core(row),
        "prediction": orjson.Fragment(row["raw_prediction"] or "{}"),
        "result_count": row["result_count"],
        "unique_id": str(row["unique_id"]) if row["unique_id"] else None,
    }


def _annotation_core(row: Row) -> shapes.AnnotationFields:
    return {
        "result": stored(row["raw_result"] or "null"),
        "was_cancelled": row["was_cancelled"],
        "ground_truth": row["ground_truth"],
        "created_at": iso(row["created_at"]),
        "updated_at": iso(row["updated_at"]),
        "draft_created_at": moment(row["draft_created_at"]),
        "lead_time": row["lead_time"],
        "import_id": row["import_id"],
        "last_action": row["last_action"],
        "bulk_created": row["bulk_created"],
        "task": row["task_id"],
        "project": row["project_id"],
        "updated_by": row["updated_by_id"],
        "parent_prediction": row["parent_prediction_id"],
        "parent_annotation": row["parent_annotation_id"],
        "last_created_by": row["last_created_by_id"],
    }


def author_json(row: Row) -> UserWithInitials | None:
    """Return the author of an annotation, expanded."""
    if not row["completed_by_id"]:
        return None
    first, last, email = row["first_name"] or "", row["last_name"] or "", row["email"] or ""
    letters = (first[:1] + last[:1]).upper() if first and last else (first or last)[:2].upper() or email[:2].lower()
    return {
        "id": row["completed_by_id"],
        "first_name": first,
        "last_name": last,
        "email": email,
        "avatar": f"/data/avatars/{row['avatar']}" if row["avatar"] else None,
        "initials": letters,
    }


def prediction_json(row: Row) -> shapes.Prediction:
    """Return a prediction as the API shows it."""
    return {
        "id": row["id"],
        "result": stored(row["raw_result"] or "null"),
        "model_version": row["model_version"],
        "created_ago": timesince(row["created_at"]),
        "score": row["score"],
        "cluster": row["cluster"],
        "neighbors": orjson.Fragment(row["raw_neighbors"] or "null"),
        "mislabeling": row["mislabeling"],
        "created_at": iso(row["created_at"]),
        "updated_at": iso(row["updated_at"]),
        "model": None,
        "model_run": None,
        "task": row["task_id"],
        "project": row["project_id"],
    }


def draft_json(row: Row) -> shapes.Draft:
    """Return a draft as the API shows it."""
    return {
        "id": row["id"],
        "user": row["email"],
        # LS: drafts write it without the blank that annotations begin with
        "created_username": signature(row, row["user_id"]).lstrip(),
        "created_ago": timesince(row["created_at"]),
        "result": stored(row["raw_result"] or "null"),
        "lead_time": row["lead_time"],
        "was_postponed": row["was_postponed"],
        "import_id": row["import_id"],
        "created_at": iso(row["created_at"]),
        "updated_at": iso(row["updated_at"]),
        "task": row["task_id"],
        "annotation": row["annotation_id"],
    }


def detail_json(
    task: Row, annotations: list[Row], predictions: list[Row], drafts: list[Row], *, viewer: User
) -> shapes.TaskDetail:
    """Return the data manager's form of one task with everything expanded. `drafts` are those of all people."""
    lead_times = [row["lead_time"] for row in annotations if row["lead_time"] is not None]
    scores = [row["score"] for row in predictions if row["score"] is not None]
    return {
        **_task_core(task),
        "file_upload": task.get("file_upload_name"),
        "updated_by": [{"user_id": task["updated_by_id"]}] if task["updated_by_id"] else [],
        "predictions": [prediction_json(row) for row in predictions],
        "annotations": [annotation_with_author_json(row) for row in annotations],
        "drafts": [draft_json(row) for row in drafts if row["user_id"] == viewer.pk],
        "annotators": list(dict.fromkeys(row["completed_by_id"] for row in annotations if row["completed_by_id"])),
        "completed_at": moment(task["completed_at"]),
        "annotations_results": "",
        "predictions_results": "",
        "predictions_score": sum(scores) / len(scores) if scores else None,
        "storage_filename": task.get("storage_filename"),
        "annotations_ids": ",".join(str(row["id"]) for row in annotations),
        "predictions_model_versions": ",".join(dict.fromkeys(str(row["model_version"] or "") for row in predictions)),
        "avg_lead_time": sum(lead_times) / len(lead_times) if lead_times else None,
        "draft_exists": bool(drafts),
    }


def next_json(
    task: Row, predictions: list[Row], drafts: list[Row], *, lock_id: str | None, queue: str
) -> shapes.NextTask:
    """Return the form in which a task is handed to an annotator."""
    return {
        **_task_core(task),
        "file_upload": task["file_upload_id"],
        "predictions": [prediction_json(row) for row in predictions],
        "annotations": [],
        "drafts": [draft_json(row) for row in drafts],
        "updated_by": [{"user_id": task["updated_by_id"]}] if task["updated_by_id"] else [],
        "unique_lock_id": lock_id,
        "queue": queue,
    }
