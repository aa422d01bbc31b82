"""Reads of the label library."""

from datetime import UTC, datetime

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from postil.accounts.access import Actor
from postil.accounts.permissions import Permission
from postil.core.errors import Invalid
from postil.labels.models import Label, LabelLink
from postil.projects.queries import visible_projects


def visible_labels(who: Actor) -> QuerySet[Label]:
    """Return the labels of the organization; to those who may not change them, the ones in projects they see."""
    labels = Label.objects.filter(organization=who.organization)
    return labels if who.may(Permission.LABEL_CHANGE) else labels.filter(pk__in=visible_links(who).values("label"))


def visible_links(who: Actor) -> QuerySet[LabelLink]:
    """Return the links into projects that `who` may see."""
    return LabelLink.objects.filter(project__in=visible_projects(who)).select_related("label")


def with_links(labels: QuerySet[Label]) -> QuerySet[Label]:
    """Load the links of the labels in one further query."""
    return labels.prefetch_related("links").order_by("pk")


def filtered_links(
    links: QuerySet[LabelLink],
    *,
    project_id: int | None,
    created_by_id: int | None,
    created_from: str,
    created_to: str,
) -> QuerySet[LabelLink]:
    """Narrow links to a project and to who made their labels when; times are ISO 8601.

    Raises `Invalid` for a time that cannot be read.
    """
    if project_id is not None:
        links = links.filter(project_id=project_id)
    if created_by_id is not None:
        links = links.filter(label__created_by_id=created_by_id)
    if created_from:
        links = links.filter(label__created_at__gte=_moment("label__created_at__gte", created_from))
    if created_to:
        links = links.filter(label__created_at__lte=_moment("label__created_at__lte", created_to))
    return links.prefetch_related("label__links").order_by("pk")


def _moment(name: str, text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid.field(name, "Give a time as YYYY-MM-DDTHH:MM:SSZ.")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
