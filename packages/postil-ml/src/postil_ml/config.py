"""What a model needs to know of a label config: its controls, their labels, and the data they are about."""

from dataclasses import dataclass

from defusedxml.ElementTree import ParseError, fromstring

LABEL_TAGS = frozenset({"Label", "Choice"})


class BadConfigError(ValueError):
    """The label config is no XML, or has no control that the model can serve."""


@dataclass(frozen=True, slots=True)
class Control:
    """One control. `keys` are the keys of a task's data that its objects show, in the order of `to_name`."""

    name: str
    tag: str
    to_name: tuple[str, ...]
    keys: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def type(self) -> str:
        """The type of its results."""
        return self.tag.lower()

    @property
    def key(self) -> str:
        """The key of the first object's data."""
        return self.keys[0]


def controls_of(label_config: str) -> list[Control]:
    """Return the controls in their order; raises `BadConfigError` for a text that is no XML."""
    try:
        root = fromstring(label_config)
    except ParseError as error:
        raise BadConfigError(f"The label config is not valid XML: {error}") from None
    named = {node.get("name"): node for node in root.iter() if node.get("name")}
    found = []
    for node in root.iter():
        name, given = node.get("name"), node.get("toName")
        if not (name and given):
            continue
        to_name = tuple(each.strip() for each in given.split(",") if each.strip())
        objects = [named[each] for each in to_name if each in named]
        keys = tuple((each.get("value") or "").lstrip("$") for each in objects)
        labels = tuple(
            child.get("alias") or child.get("value") or "" for child in node.iter() if child.tag in LABEL_TAGS
        )
        found.append(Control(name, node.tag, to_name, keys, labels))
    return found


def find_control(label_config: str, *tags: str) -> Control:
    """Return the first control of one of these tags that is about some data; raises `BadConfigError` without one."""
    for control in controls_of(label_config):
        if control.tag in tags and control.keys:
            return control
    raise BadConfigError(f"The label config has no {' or '.join(tags)}, which this model needs.")
