"""The only way from a person and an id to a label or a link."""

from postil.accounts.access import Actor
from postil.core.errors import NotFound
from postil.labels import queries
from postil.labels.models import Label, LabelLink


def get_label(who: Actor, label_id: int) -> Label:
    """Return the label if it belongs to the organization of `who`; to others it does not exist."""
    try:
        return queries.visible_labels(who).get(pk=label_id)
    except Label.DoesNotExist:
        raise NotFound("No Label matches the given query.") from None


def get_link(who: Actor, link_id: int) -> LabelLink:
    """Return the link if `who` may see its project; to others it does not exist."""
    try:
        return queries.visible_links(who).get(pk=link_id)
    except LabelLink.DoesNotExist:
        raise NotFound("No LabelLink matches the given query.") from None
