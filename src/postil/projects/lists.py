"""What list requests ask for: which projects, in which order, with which keys."""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from postil.accounts.documents import user_simple
from postil.accounts.models import Membership
from postil.core.errors import Invalid
from postil.projects import queries, shapes
from postil.projects.models import Project

ORDERINGS = {
    "id": "pk",
    "title": "title",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "created_by": "created_by",
    "pinned_at": "pinned_at",
    "is_published": "is_published",
    "task_number": "task_count",
    "finished_task_number": "finished_task_count",
    "total_annotations_number": "annotation_count",
}


def asked_for(projects: QuerySet[Project], request: HttpRequest) -> QuerySet[Project]:
    """Narrow and order projects by `ids`, `state`, `title`, `search`, `filter` and `ordering`.

    Raises `Invalid` for ids that are no numbers.
    """
    ids = [text.strip() for part in request.GET.getlist("ids") for text in part.split(",") if text.strip()]
    if ids:
        if not all(text.isdecimal() and len(text) < 19 for text in ids):
            raise Invalid.field("ids", "Give numbers, separated by commas.")
        projects = projects.filter(pk__in=[int(text) for text in ids])
    else:
        projects = _in_state(projects, request.GET.get("state", ""))
    title = request.GET.get("title", "")
    if title:
        projects = projects.filter(title__icontains=title)
    words = request.GET.get("search", "")
    if words:
        projects = projects.filter(Q(title__icontains=words) | Q(description__icontains=words))
    pinned = request.GET.get("filter", "all")
    if pinned in ("pinned_only", "exclude_pinned"):
        projects = projects.filter(pinned_at__isnull=pinned == "exclude_pinned")
    return _ordered(projects, request.GET.get("ordering", ""))


def _in_state(projects: QuerySet[Project], state: str) -> QuerySet[Project]:
    """Leave out archived projects, unless they are asked for. LS: other states are ignored."""
    if state == "all":
        return projects
    return projects.filter(archived_at__isnull=state != "archived")


def _ordered(projects: QuerySet[Project], ordering: str) -> QuerySet[Project]:
    keys = []
    for name in ordering.split(","):
        column = ORDERINGS.get(name.strip().lstrip("-"))
        if column:
            falling = name.strip().startswith("-")
            keys.append(F(column).desc(nulls_last=True) if falling else F(column).asc(nulls_last=True))
    return projects.order_by(*keys, "-pk") if keys else queries.in_default_order(projects)


def members_json(project: Project) -> list[shapes.ProjectMember]:
    """Return who was added to the project, with their role in the organization."""
    members = list(queries.members_of(project))
    roles = roles_of(project, [member.user_id for member in members])
    return [{"user": user_simple(m.user), "role": roles[m.user_id]} for m in members if m.user_id in roles]


def roles_of(project: Project, user_ids: Collection[int]) -> dict[int, str]:
    """Return the roles of people in the organization of the project."""
    rows = Membership.objects.filter(organization=project.organization_id, user_id__in=user_ids)
    return dict(rows.values_list("user_id", "role"))
