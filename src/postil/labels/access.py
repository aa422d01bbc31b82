"""The only way from a person and an id to a label or a link."""

from collections.abc import Iterable

from postil.accounts.access import Actor, require
from postil.accounts.permissions import Permission
from postil.core.errors import NotFound
from postil.labels import queries
from postil.labels.models import Label, LabelLink
from postil.projects.access import require_open
from postil.projects.configs import stored_config
from postil.projects.models import Project


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


def require_adding(who: Actor, project: Project, from_names: Iterable[str]) -> None:
    """Raise `Forbidden` unless `who` may add labels to these controls.

    Those who label may add items only to trees that the config opens to them: a Taxonomy with `legacy`.
    """
    config = stored_config(project)
    found = [config.find_control(name) for name in from_names]
    if not all(control and control.tag == "Taxonomy" and control.node.flag("legacy") for control in found):
        require(who, Permission.LABEL_CHANGE)
    require_open(who, project)


def require_removing(who: Actor, link: LabelLink) -> None:
    """Raise `Forbidden` unless `who` may take away this link: those who label, only what they added themselves."""
    if link.label.created_by_id != who.user.pk:
        require(who, Permission.LABEL_CHANGE)
    require_adding(who, link.project, [link.from_name])
