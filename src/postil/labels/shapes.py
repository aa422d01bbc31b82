"""What labels and label links look like in the API."""

from typing import Union

from typing_extensions import TypedDict

from postil.infra.shapes import Json, Moment


class LabelFields(TypedDict):
    """What every form of a label has."""

    id: int
    created_at: Moment
    updated_at: Moment
    value: Json
    title: str
    description: str | None
    approved: bool
    created_by: int | None
    approved_by: int | None
    organization: int
    projects: list[int]


class Label(LabelFields):
    """A label; its links by id, or in full with `expand=links`."""

    links: list[Union[int, "LabelLink"]]


class NewLabel(LabelFields):
    """A label that was just made, with the project and control it was made for."""

    project: int
    from_name: str


class LabelLink(TypedDict):
    """Where a label is used; the label by id, or in full with `expand=label`."""

    id: int
    annotations_count: int
    from_name: str
    project: int
    label: int | Label
