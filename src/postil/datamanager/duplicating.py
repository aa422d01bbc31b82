"""Copies of projects: settings, members and views at once; tasks and what hangs on them by a job, batch by batch."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from postil.accounts.access import Actor
from postil.accounts.audit import record
from postil.core.errors import Invalid, NotFound
from postil.datamanager.access import author_of
from postil.datamanager.jobs import CopyTasks
from postil.datamanager.models import ProjectCopy, View
from postil.infra.db import RawJson
from postil.infra.expressions import IsAmong
from postil.infra.jobs import Run, enqueue
from postil.infra.models import Job
from postil.projects.actions import ProjectFields, create_project
from postil.projects.models import Project, ProjectMember
from postil.tasks.bulk import TaskWriter
from postil.tasks.models import Annotation, Prediction, Task
from postil.tasks.ports import PORTS

MODES = ("settings", "settings,data", "settings,data,annotations")
BATCH = 2_000
LONGEST_TITLE = 50
SUFFIX = " (copy)"
# What a copy does not take over: it is neither pinned nor a draft, and shows no model that it does not have.
NOT_COPIED = ("title", "pinned_at", "is_draft", "model_version", "label_config")


@dataclass(slots=True)
class _Copied:
    """A task as the writer takes it; its data goes over as it is stored."""

    raw: str
    data: dict[str, Any]
    meta: dict[str, Any] | None
    allow_skip: bool | None
    annotations: list[dict[str, Any]]
    predictions: list[dict[str, Any]]
    drafts: list[dict[str, Any]]
    file_upload_id: int | None = None

    def data_json(self) -> bytes:
        """Return the stored text."""
        return self.raw.encode()


@transaction.atomic
def duplicate_project(*, who: Actor, project: Project, mode: str, title: str = "") -> tuple[Project, Job | None]:
    """Make a project with the same settings; with data, a job brings the tasks. Raises `Invalid` for another mode."""
    if mode not in MODES:
        raise Invalid.field("mode", f"Must be one of {', '.join(map(repr, MODES))}.")
    names = [name for name in ProjectFields.__annotations__ if name not in NOT_COPIED]
    fields: Any = {name: getattr(project, name) for name in names}
    fields["title"] = (title or project.title[: LONGEST_TITLE - len(SUFFIX)] + SUFFIX)[:LONGEST_TITLE]
    fields["label_config"] = project.label_config
    made = create_project(who=who, fields=fields)
    members = ProjectMember.objects.filter(project=project).order_by("pk").values_list("user_id", flat=True)
    ProjectMember.objects.bulk_create(ProjectMember(project=made, user_id=user_id) for user_id in members)
    views = View.objects.filter(project=project).order_by("order", "pk")
    View.objects.bulk_create(_copied_view(view, made) for view in views)
    record(
        who, "project.duplicated", object_type="project", object_id=made.pk, project_id=made.pk,
        details={"source": project.pk, "mode": mode},
    )  # fmt: skip
    if mode == "settings":
        return made, None
    copy = ProjectCopy.objects.create(source=project, target=made, user=who.user, with_answers=mode == MODES[-1])
    job = enqueue(
        CopyTasks(copy_id=copy.pk), who=who.user, organization_id=who.organization.pk, project_id=made.pk, unit="tasks"
    )
    return made, job


def _copied_view(view: View, project: Project) -> View:
    """Return the same view of another project, without the tasks that were selected in it."""
    data = {key: value for key, value in view.data.items() if key != "selectedItems"}
    return View(project=project, user_id=view.user_id, data=data, order=view.order, is_private=view.is_private)


def copy_tasks(spec: CopyTasks, run: Run) -> dict[str, Any]:
    """Bring the tasks over, batch by batch; goes on behind the last one that came."""
    copy = ProjectCopy.objects.select_related("source", "target").filter(pk=spec.copy_id).first()
    if copy is None or copy.target.deleted_at is not None or copy.source.deleted_at is not None:
        raise NotFound("The project is gone.")
    who = author_of(copy.user_id, copy.target.organization_id)
    total = copy.done + Task.objects.filter(project=copy.source, pk__gt=copy.last_task_id).count()
    while True:
        run.progress(copy.done, total)
        last, items = _next(copy)  # files come before the rows that name them
        if last is None:
            return {"project": copy.target_id, "tasks": copy.done}
        with transaction.atomic():
            with TaskWriter(project=copy.target, who=who, expected=len(items)) as writer:
                for item in items:
                    writer.add(item)
            copy.done += len(items)
            copy.last_task_id = last
            copy.save(update_fields=["done", "last_task_id"])


def _next(copy: ProjectCopy) -> tuple[int | None, list[_Copied]]:
    tasks = Task.objects.filter(project=copy.source, pk__gt=copy.last_task_id).order_by("pk")
    columns = ("pk", "raw", "data", "meta", "allow_skip", "file_upload_id")
    rows = list(tasks.annotate(raw=RawJson("data")).values_list(*columns)[:BATCH])
    if not rows:
        return None, []
    ids = [row[0] for row in rows]
    annotations, predictions = _answers(ids) if copy.with_answers else ({}, {})
    items = [
        _Copied(raw, data, meta, allow_skip, annotations.get(pk, []), predictions.get(pk, []), [], upload_id)
        for pk, raw, data, meta, allow_skip, upload_id in rows
    ]
    _bring_uploads(copy, items)
    return ids[-1], items


def _bring_uploads(copy: ProjectCopy, items: list[_Copied]) -> None:
    """Let tasks name uploads of their own project: the others go with the one that they were copied from."""
    address = re.compile(rf"(\\?/data\\?/|filepath=)upload(\\?/){copy.source_id}(\\?/)([A-Za-z0-9._-]+)")
    names = PORTS.upload_names({item.file_upload_id for item in items if item.file_upload_id is not None})
    wanted = {*names.values(), *(found[4] for item in items for found in address.finditer(item.raw))}
    if not wanted:
        return
    brought = PORTS.copy_uploads(copy.source_id, copy.target, wanted)

    def moved(found: re.Match[str]) -> str:
        project = copy.target_id if found[4] in brought else copy.source_id
        return f"{found[1]}upload{found[2]}{project}{found[3]}{found[4]}"

    for item in items:
        item.raw = address.sub(moved, item.raw)
        item.file_upload_id = brought.get(names.get(item.file_upload_id or 0, ""))


def _answers(ids: list[int]) -> tuple[dict[int, list[dict[str, Any]]], dict[int, list[dict[str, Any]]]]:
    annotations: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    said = ("result", "completed_by", "was_cancelled", "ground_truth", "lead_time")
    for row in Annotation.objects.filter(IsAmong("task_id", ids)).order_by("pk").values("task_id", *said):
        annotations[row.pop("task_id")].append(row)
    predictions: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    told = ("result", "score", "model_version", "cluster", "neighbors", "mislabeling")
    for row in Prediction.objects.filter(IsAmong("task_id", ids)).order_by("pk").values("task_id", *told):
        predictions[row.pop("task_id")].append(row)
    return annotations, predictions
