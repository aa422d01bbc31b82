"""Writes of projects."""

from datetime import datetime
from typing import Any, TypedDict

from django.db import transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.accounts.models import Membership
from postil.core.clock import now
from postil.core.errors import Invalid
from postil.infra.events import emit
from postil.projects import configs, ports
from postil.projects.enums import Sampling, SkipQueue
from postil.projects.events import ProjectCreated, ProjectDeleted, ProjectUpdated
from postil.projects.models import EMPTY_CONFIG, Project, ProjectMember, TrashEntry
from postil.projects.trash import move_to_trash, open_entry


class ProjectFields(TypedDict, total=False):
    """What a person may set."""

    title: str
    description: str
    label_config: str
    expert_instruction: str
    show_instruction: bool
    show_skip_button: bool
    enable_empty_annotation: bool
    show_annotation_history: bool
    color: str
    maximum_annotations: int
    is_published: bool
    is_draft: bool
    model_version: str | None
    min_annotations_to_start_training: int
    show_collab_predictions: bool
    sampling: Sampling
    skip_queue: SkipQueue
    show_ground_truth_first: bool
    annotator_evaluation_enabled: bool
    show_overlap_first: bool
    overlap_cohort_percentage: int
    task_data_login: str | None
    task_data_password: str | None
    control_weights: dict[str, Any]
    evaluate_predictions_automatically: bool
    reveal_preannotations_interactively: bool
    pinned_at: datetime | None


@transaction.atomic
def create_project(*, who: Actor, fields: ProjectFields) -> Project:
    """Make a project with its first label config. Raises `Invalid` for a config that may not be stored."""
    label_config = fields.get("label_config") or EMPTY_CONFIG
    config = configs.check_savable(label_config)
    project = Project(organization=who.organization, created_by=who.user)
    _assign(project, fields)
    project.save()
    configs.set_config(project, label_config, config, author=who.user)
    if "control_weights" in fields:
        project.control_weights = fields["control_weights"]
    project.save()
    audit.record(who, "project.created", object_type="project", object_id=project.pk, project_id=project.pk)
    emit(ProjectCreated(project_id=project.pk, organization_id=project.organization_id))
    return project


@transaction.atomic
def update_project(*, who: Actor, project: Project, fields: ProjectFields) -> Project:
    """Change what is named in `fields`.

    A new label config becomes a new version; raises `Invalid` if annotations would lose their control. A new overlap
    reaches the tasks in the same transaction, in a large project by a job.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    _check_model_version(project, fields)
    label_config = fields.get("label_config")
    if label_config is not None and label_config != project.label_config:
        config = configs.check_savable(label_config)
        if project.annotation_count or project.skipped_annotation_count:
            configs.check_change(project, config, strict=False)
        configs.set_config(project, label_config, config, author=who.user)
        ports.PORTS.config_set(project)
    overlap = (project.maximum_annotations, project.overlap_cohort_percentage, project.skip_queue)
    _assign(project, fields)
    project.save()
    if (project.maximum_annotations, project.overlap_cohort_percentage, project.skip_queue) != overlap:
        ports.PORTS.overlap_changed(project)
        project.refresh_from_db()
    names = tuple(sorted(fields))
    details = {"fields": list(names)}
    audit.record(
        who, "project.changed", object_type="project", object_id=project.pk, project_id=project.pk, details=details
    )
    emit(ProjectUpdated(project_id=project.pk, organization_id=project.organization_id, fields=names))
    return project


@transaction.atomic
def set_label_config(*, who: Actor, project: Project, label_config: str) -> None:
    """Give the project a label config as a new version, whatever its annotations say: the caller brings them over.

    The caller holds the project's row.
    """
    configs.set_config(project, label_config, configs.check_savable(label_config), author=who.user)
    ports.PORTS.config_set(project)
    project.save()
    audit.record(
        who, "project.changed", object_type="project", object_id=project.pk, project_id=project.pk,
        details={"fields": ["label_config"]},
    )  # fmt: skip
    emit(ProjectUpdated(project_id=project.pk, organization_id=project.organization_id, fields=("label_config",)))


@transaction.atomic
def delete_project(*, who: Actor, project: Project) -> TrashEntry:
    """Put the project with everything in it into the trash."""
    entry = open_entry(
        who=who,
        project=project,
        kind="project",
        object_id=project.pk,
        title=project.title or f"Project {project.pk}",
        count=1,
    )
    move_to_trash(Project.objects.filter(pk=project.pk), entry=entry)
    audit.record(who, "project.deleted", object_type="project", object_id=project.pk, project_id=project.pk)
    emit(ProjectDeleted(project_id=project.pk, organization_id=project.organization_id))
    return entry


@transaction.atomic
def archive_project(*, who: Actor, project: Project, is_archived: bool = True) -> Project:
    """Put a project aside, or take it up again; twice is the same as once."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    if (project.archived_at is not None) == is_archived:
        return project
    project.archived_at = now() if is_archived else None
    project.save(update_fields=["archived_at", "updated_at"])
    name = "project.archived" if is_archived else "project.unarchived"
    audit.record(who, name, object_type="project", object_id=project.pk, project_id=project.pk)
    emit(ProjectUpdated(project_id=project.pk, organization_id=project.organization_id, fields=("archived_at",)))
    return project


@transaction.atomic
def add_member(*, who: Actor, project: Project, user_id: int) -> ProjectMember:
    """Let a member of the organization see the project; adding twice is the same as once."""
    if not Membership.objects.filter(organization=project.organization_id, user_id=user_id).exists():
        raise Invalid.field("user", "This person is not a member of the organization.")
    member, created = ProjectMember.objects.get_or_create(project=project, user_id=user_id)
    if created:
        details = {"user": user_id}
        audit.record(
            who,
            "project.member_added",
            object_type="project",
            object_id=project.pk,
            project_id=project.pk,
            details=details,
        )
    return member


@transaction.atomic
def remove_member(*, who: Actor, project: Project, user_id: int) -> bool:
    """Take the project away from a person; returns whether they had it. Their work stays."""
    removed, _ = ProjectMember.objects.filter(project=project, user_id=user_id).delete()
    if removed:
        details = {"user": user_id}
        audit.record(
            who,
            "project.member_removed",
            object_type="project",
            object_id=project.pk,
            project_id=project.pk,
            details=details,
        )
    return bool(removed)


def _assign(project: Project, fields: ProjectFields) -> None:
    for name, value in fields.items():
        if name == "label_config":
            continue
        setattr(project, name, configs.clean_instruction(str(value)) if name == "expert_instruction" else value)


def _check_model_version(project: Project, fields: ProjectFields) -> None:
    version = fields.get("model_version")
    if version and version != project.model_version and version not in ports.known_model_versions(project):
        raise Invalid.field("model_version", f"Model version {version!r} doesn't exist in the project.")
