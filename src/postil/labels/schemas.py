"""Label Studio's shapes of labels and label links."""

from typing import Any

from ninja import Schema
from pydantic import Field

from postil.core.clock import iso
from postil.infra.bodies import Body
from postil.labels import shapes
from postil.labels.actions import LabelFields
from postil.labels.models import Label, LabelLink

MAX_TITLE = 2048
MAX_NAME = 500
Value = str | bool | int | float | list[Any] | dict[str, Any]


class LabelIn(Body):
    title: str = Field(max_length=MAX_TITLE)
    value: Value
    project: int
    from_name: str = Field(max_length=MAX_NAME)
    description: str | None = None


class LabelPatch(Body):
    title: str | None = Field(None, max_length=MAX_TITLE)
    value: Value | None = None
    description: str | None = None
    approved: bool | None = None

    def fields(self) -> LabelFields:
        """Return what was sent; null means "as it was", except for the description."""
        sent = self.dict(exclude_unset=True)
        return {name: value for name, value in sent.items() if value is not None or name == "description"}  # type: ignore[return-value]  # the schema has these keys


class LabelLinkIn(Body):
    project: int
    label: int
    from_name: str = Field(max_length=MAX_NAME)


class LabelLinkPatch(Body):
    from_name: str | None = Field(None, max_length=MAX_NAME)


class BulkRenameIn(Body):
    project: int | None = None
    old_label: Any
    new_label: Any


class BulkRenameOut(Schema):
    annotations_updated: int


def label_json(label: Label, *, expand_links: bool = False) -> shapes.Label:
    """Return a label as the API shows it; its links must be loaded."""
    links = list(label.links.all())
    shown: list[int | shapes.LabelLink] = [link_json(link) if expand_links else link.pk for link in links]
    return {**_label_fields(label, links), "links": shown}


def _label_fields(label: Label, links: list[LabelLink]) -> shapes.LabelFields:
    return {
        "id": label.pk,
        "created_at": iso(label.created_at),
        "updated_at": iso(label.updated_at),
        "value": label.value,
        "title": label.title,
        "description": label.description,
        "approved": label.approved,
        "created_by": label.created_by_id,
        "approved_by": label.approved_by_id,
        "organization": label.organization_id,
        "projects": sorted({link.project_id for link in links}),
    }


def created_label_json(label: Label, link: LabelLink) -> shapes.NewLabel:
    """Return a label as the answer to its creation shows it: with the project and control it was made for."""
    fields = _label_fields(label, list(label.links.all()))
    return {**fields, "project": link.project_id, "from_name": link.from_name}


def link_json(link: LabelLink, *, expand_label: bool = False) -> shapes.LabelLink:
    """Return a link as the API shows it."""
    return {
        "id": link.pk,
        "annotations_count": link.annotation_count,
        "from_name": link.from_name,
        "project": link.project_id,
        "label": label_json(link.label) if expand_label else link.label_id,
    }
