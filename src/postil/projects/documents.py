"""Rows of projects as Label Studio's JSON."""

import zlib
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any, TypeVar, cast

from postil.accounts.documents import user_simple
from postil.accounts.models import User
from postil.core.clock import iso
from postil.labeling.derived import config_has_control_tags, config_suitable_for_bulk_annotation, data_types
from postil.projects import shapes
from postil.projects.configs import stored_config
from postil.projects.models import LabelConfigVersion, Project, TrashEntry
from postil.projects.ports import PORTS, Queue

D = TypeVar("D")
COUNTER_NAMES = {
    "task_number": "task_count",
    "finished_task_number": "finished_task_count",
    "total_predictions_number": "prediction_count",
    "total_annotations_number": "annotation_count",
    "num_tasks_with_annotations": "annotated_task_count",
    "useful_annotation_number": "useful_annotation_count",
    "ground_truth_number": "ground_truth_count",
    "skipped_annotations_number": "skipped_annotation_count",
}
PLAIN = (
    "id", "title", "description", "label_config", "expert_instruction", "show_instruction", "show_skip_button",
    "enable_empty_annotation", "show_annotation_history", "color", "maximum_annotations", "is_published",
    "model_version", "is_draft", "min_annotations_to_start_training", "show_collab_predictions", "sampling",
    "show_ground_truth_first", "annotator_evaluation_enabled", "show_overlap_first", "overlap_cohort_percentage",
    "task_data_login", "control_weights", "parsed_label_config", "evaluate_predictions_automatically", "skip_queue",
    "reveal_preannotations_interactively",
)  # fmt: skip

# LS: keys of the stored form that receivers may look for; the password is a secret, the others mean nothing here.
NEVER_TOLD = ("task_data_password", "custom_task_lock_ttl", "search_vector", "deleted_at", "deleted_by", "purge_at")


def counters_json(project: Project) -> dict[str, int]:
    """Return the eight counters under Label Studio's names."""
    return {name: getattr(project, stored) for name, stored in COUNTER_NAMES.items()}


def counts_json(project: Project) -> shapes.ProjectCounts:
    """Return the counters of a project with its id."""
    return cast("shapes.ProjectCounts", {"id": project.pk, **counters_json(project)})


def project_json(project: Project, queue: Queue, *, with_counters: bool = True) -> shapes.Project:
    """Return a project with all its keys. LS: the answers to creating and to `dm/project` have null counters."""
    config = stored_config(project)
    counters: dict[str, int | None] = dict(counters_json(project))
    document = {
        **{name: getattr(project, name) for name in PLAIN},
        **(counters if with_counters else dict.fromkeys(counters)),
        "organization": project.organization_id,
        "created_by": user_simple(project.created_by) if project.created_by else None,
        "created_at": iso(project.created_at),
        "start_training_on_annotation_update": project.min_annotations_to_start_training > 0,
        # A password goes in and never comes out.
        "task_data_password": None,
        "config_has_control_tags": config_has_control_tags(config),
        "config_suitable_for_bulk_annotation": config_suitable_for_bulk_annotation(config),
        "pinned_at": iso(project.pinned_at) if project.pinned_at else None,
        "queue_total": queue.total,
        "queue_done": queue.done,
        "state": "archived" if project.archived_at else None,
    }
    return cast("shapes.Project", document)


def projects_json(projects: Collection[Project], user: User, include: Collection[str] = ()) -> list[shapes.Project]:
    """Return many projects; `include` keeps only these keys and skips what they do not need."""
    wants_queue = not include or {"queue_total", "queue_done"} & set(include)
    queues = PORTS.queues(user, projects) if wants_queue else {}
    rows = [project_json(project, queues.get(project.pk, Queue())) for project in projects]
    return [reduced(row, include) for row in rows] if include else rows


def reduced(row: D, include: Collection[str]) -> D:
    """Return a document with these keys only."""
    return cast("D", {key: value for key, value in cast("dict[str, Any]", row).items() if key in include})


def one_project_json(project: Project, user: User, include: Collection[str] = ()) -> shapes.Project:
    """Return one project."""
    return projects_json([project], user, include)[0]


def stored_project_json(project: Project) -> dict[str, Any]:
    """Return the stored fields with the counters: the form of webhooks and training calls."""
    return {
        **{name: getattr(project, name) for name in PLAIN},
        **counters_json(project),
        "label_config_hash": zlib.crc32(project.label_config.encode()),
        "result_count": 0,
        "data_types": data_types(stored_config(project)),
        "created_at": iso(project.created_at),
        "updated_at": iso(project.updated_at),
        "pinned_at": iso(project.pinned_at) if project.pinned_at else None,
        "organization": project.organization_id,
        "created_by": project.created_by_id,
        **dict.fromkeys(NEVER_TOLD),
    }


def config_version_json(version: LabelConfigVersion, annotation_count: int) -> shapes.ConfigVersion:
    """Return one version of a label config."""
    return {
        "id": version.pk,
        "number": version.number,
        "label_config": version.label_config,
        "created_at": iso(version.created_at),
        "created_by": user_simple(version.created_by) if version.created_by else None,
        "annotation_count": annotation_count,
    }


def trash_json(entries: Iterable[TrashEntry], keep_days: int) -> list[shapes.TrashEntry]:
    """Return acts of deleting, with the day on which they are erased for good."""
    return [
        {
            "id": entry.pk,
            "kind": entry.kind,
            "title": entry.title,
            "count": entry.count,
            "project": {"id": entry.project.pk, "title": entry.project.title} if entry.project else None,
            "deleted_at": iso(entry.deleted_at),
            "deleted_by": user_simple(entry.deleted_by) if entry.deleted_by else None,
            "erases_at": iso(entry.deleted_at + timedelta(days=keep_days)),
        }
        for entry in entries
    ]
