"""Rows for the fast path of imports, in the order of the columns named beside them."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson

from postil.infra.bulk import Row
from postil.projects.models import Project
from postil.tasks.counts import Answer, Tally
from postil.tasks.enums import VersionAction

TASK_NAMES = (
    "id", "project_id", "data", "meta", "overlap", "is_labeled", "allow_skip", "inner_id", "file_upload_id",
    "annotation_count", "cancelled_annotation_count", "prediction_count", "completed_at", "created_at", "updated_at",
)  # fmt: skip
ANNOTATION_NAMES = (
    "task_id", "project_id", "result", "result_count", "completed_by_id", "updated_by_id", "imported_by_id",
    "config_version_id", "revision", "revision_action", "was_cancelled", "ground_truth", "is_surplus", "lead_time",
    "prediction", "unique_id", "import_id", "bulk_created", "created_at", "updated_at",
)  # fmt: skip
PREDICTION_NAMES = (
    "task_id", "project_id", "result", "score", "model_version", "cluster", "neighbors", "mislabeling", "created_at",
    "updated_at",
)  # fmt: skip
DRAFT_NAMES = (
    "task_id", "user_id", "result", "revision", "lead_time", "was_postponed", "import_id", "created_at", "updated_at",
)  # fmt: skip
Document = dict[str, Any]


def json_text(value: object) -> str | None:
    """Return JSON text, or None for nothing."""
    return None if value is None else orjson.dumps(value).decode()


class RowMaker:
    """Makes the rows of one import: all of one project, brought by one person at one moment."""

    def __init__(self, *, project: Project, user_id: int, moment: datetime) -> None:
        self._project_id = project.pk
        self._config_version_id = project.config_version_id
        self._user_id = user_id
        self._moment = moment
        self.overlap = project.maximum_annotations if project.overlap_cohort_percentage >= 100 else 1

    def answer(self, entry: Document) -> Answer:
        """Return what counting needs to know of an imported annotation."""
        return Answer(
            author=entry.get("completed_by") or self._user_id,
            was_cancelled=bool(entry.get("was_cancelled")),
            ground_truth=bool(entry.get("ground_truth")),
            has_result=entry.get("result") is not None,
            created_at=self._moment,
        )

    def task(self, task_id: int, inner_id: int, item: Any, found: Tally) -> Row:
        """Return the row of a task."""
        return (
            task_id, self._project_id, item.data_json().decode(), json_text(item.meta) or "{}", self.overlap,
            found.is_labeled, True if item.allow_skip is None else item.allow_skip, inner_id, item.file_upload_id,
            found.annotations, found.cancelled, len(item.predictions), found.completed_at, self._moment, self._moment,
        )  # fmt: skip

    def annotation(self, task_id: int, entry: Document) -> Row:
        """Return the row of an annotation; its author is who it names, and it says who brought it."""
        result = entry.get("result")
        author = entry.get("completed_by") or self._user_id
        return (
            task_id, self._project_id, json_text(result), len(result) if isinstance(result, list) else 0, author,
            self._user_id, self._user_id, self._config_version_id, 1, VersionAction.IMPORTED.value,
            bool(entry.get("was_cancelled")), bool(entry.get("ground_truth")), False, entry.get("lead_time"), "{}",
            entry.get("unique_id") or uuid4(), entry.get("import_id"), False, self._moment, self._moment,
        )  # fmt: skip

    def prediction(self, task_id: int, entry: Document) -> Row:
        """Return the row of a prediction."""
        cluster = entry.get("cluster")
        return (
            task_id, self._project_id, json_text(entry.get("result")), entry.get("score"), entry.get("model_version"),
            cluster if isinstance(cluster, int) else None, json_text(entry.get("neighbors")),
            float(entry.get("mislabeling") or 0.0), self._moment, self._moment,
        )  # fmt: skip

    def draft(self, task_id: int, entry: Document) -> Row:
        """Return the row of a draft."""
        return (
            task_id, entry.get("user") or self._user_id, json_text(entry.get("result")), 1, entry.get("lead_time"),
            bool(entry.get("was_postponed")), None, self._moment, self._moment,
        )  # fmt: skip
