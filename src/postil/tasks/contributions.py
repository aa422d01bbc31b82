"""Answers what people have done in an organization, for its list of members."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count

from postil.accounts.ports import Contributions
from postil.infra.shapes import IdAndTitle
from postil.projects.models import Project
from postil.tasks.models import Annotation


def contributions(organization_id: int, user_ids: Collection[int]) -> dict[int, Contributions]:
    """Return the projects that people made and worked in, and how many annotations, in two statements."""
    created: dict[int, list[IdAndTitle]] = defaultdict(list)
    worked: dict[int, list[IdAndTitle]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    projects = Project.objects.filter(organization=organization_id, created_by__in=user_ids).order_by("pk")
    for user_id, project_id, title in projects.values_list("created_by", "pk", "title"):
        created[user_id].append({"id": project_id, "title": title})
    annotations = Annotation.objects.filter(
        project__organization=organization_id,
        project__deleted_at=None,
        task__deleted_at=None,
        completed_by__in=user_ids,
    )
    rows = annotations.values_list("completed_by", "project", "project__title").annotate(n=Count("pk"))
    for user_id, project_id, title, count in rows.order_by("project"):
        worked[user_id].append({"id": project_id, "title": title})
        counts[user_id] += count
    return {user_id: Contributions(created[user_id], worked[user_id], counts[user_id]) for user_id in user_ids}
