"""Writes to the label library."""

from collections.abc import Iterator
from typing import Any, TypedDict

from django.db import transaction

from postil.accounts import audit
from postil.accounts.access import Actor
from postil.core.errors import Conflict, Invalid
from postil.infra.events import emit
from postil.labeling.renaming import rename_label
from postil.labels.events import LabelLinkCreated, LabelLinkDeleted, LabelLinkUpdated
from postil.labels.models import Label, LabelLink
from postil.projects.models import Project
from postil.tasks.annotation_actions import update_annotation
from postil.tasks.models import Annotation

BATCH = 500


class LabelFields(TypedDict, total=False):
    title: str
    value: Any
    description: str | None
    approved: bool


class NewLabel(TypedDict):
    title: str
    value: Any
    from_name: str
    description: str | None


@transaction.atomic
def create_labels(*, who: Actor, project: Project, items: list[NewLabel]) -> list[tuple[Label, LabelLink]]:
    """Add labels to the library and link each to a control of `project`; a label that is there already is linked."""
    made = []
    for item in items:
        label = Label.objects.filter(organization=who.organization, title=item["title"]).first()
        if label is None or label.value != item["value"]:
            label = Label.objects.create(
                organization=who.organization,
                title=item["title"],
                value=item["value"],
                description=item["description"],
                created_by=who.user,
            )
        link, is_new = LabelLink.objects.get_or_create(label=label, project=project, from_name=item["from_name"])
        if is_new:
            emit(LabelLinkCreated(project.pk, link.pk))
        made.append((label, link))
    return made


@transaction.atomic
def update_label(*, who: Actor, label: Label, fields: LabelFields) -> Label:
    """Change what is named in `fields`; approving notes who did it."""
    for name, value in fields.items():
        setattr(label, name, value)
    if "approved" in fields:
        label.approved_by = who.user if fields["approved"] else None
    label.save()
    return label


@transaction.atomic
def delete_label(*, label: Label) -> None:
    """Take a label and its links out of the library; annotations keep what they say."""
    for link in label.links.all():
        delete_link(link=link)
    label.delete()


@transaction.atomic
def create_link(*, project: Project, label: Label, from_name: str) -> LabelLink:
    """Link a label to a control; raises `Conflict` when it is linked already."""
    link, created = LabelLink.objects.get_or_create(project=project, label=label, from_name=from_name)
    if not created:
        raise Conflict("This label is linked to this control already.")
    emit(LabelLinkCreated(project.pk, link.pk))
    return link


@transaction.atomic
def update_link(*, link: LabelLink, from_name: str | None) -> LabelLink:
    """Point a link at another control of its project."""
    if from_name:
        link.from_name = from_name
        link.save(update_fields=["from_name", "updated_at"])
        emit(LabelLinkUpdated(link.project_id, link.pk))
    return link


@transaction.atomic
def delete_link(*, link: LabelLink) -> None:
    """Unlink a label from a control."""
    emit(LabelLinkDeleted(link.project_id, link.pk))
    link.delete()


@transaction.atomic
def rename_everywhere(*, who: Actor, projects: list[Project], old: Any, new: Any, control: str | None = None) -> int:
    """Replace label `old` by `new` in all annotations of `projects`; returns the number of annotations changed.

    Each changed annotation gets a version of its own, so that the old words can be brought back.
    """
    for name, label in (("old_label", old), ("new_label", new)):
        if not label or not isinstance(label, str | list):
            raise Invalid.field(name, "Give a label, or the path of one as a list of words.")
    updated = 0
    for project in projects:
        before = updated
        for annotation in _in_batches(project):
            result, changed = rename_label(annotation.result, old, new, control=control)
            if changed:
                update_annotation(annotation=annotation, who=who, fields={"result": result})
                updated += 1
        if updated > before:
            details = {"old_label": old, "new_label": new, "control": control, "annotations": updated - before}
            audit.record(
                who,
                "labels.renamed",
                object_type="project",
                object_id=project.pk,
                project_id=project.pk,
                details=details,
            )
    return updated


def _in_batches(project: Project) -> Iterator[Annotation]:
    """Yield the annotations that have a result, by id, never holding more than a batch."""
    last_id = 0
    while True:
        batch = list(
            Annotation.objects.filter(project=project, pk__gt=last_id, result_count__gt=0)
            .select_related("task", "project")
            .order_by("pk")[:BATCH]
        )
        yield from batch
        if len(batch) < BATCH:
            return
        last_id = batch[-1].pk
