"""What a tag is: its attributes, its place in the tree and the values it stores.

The specifications themselves are in `tags/`, one file a family. The same data is written to TypeScript and to the
reference page by `tools/gen_tags.py`, so nothing here may depend on a database or on a request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None

AttrType: TypeAlias = Literal[
    "boolean", "color", "css", "enum", "field", "format", "html", "integer", "list", "name", "number", "size",
    "string", "target", "targets", "template",
]  # fmt: skip

Kind: TypeAlias = Literal[
    "classification", "label", "labels", "object", "object+control", "part", "relations", "shape", "structure", "visual"
]

ValueType: TypeAlias = Literal[
    "any", "boolean", "bytes", "choices", "data_url", "integer", "labels", "list", "number", "object", "paths",
    "points", "position", "string", "text", "texts",
]  # fmt: skip

CONTROL_KINDS: frozenset[Kind] = frozenset({"classification", "labels", "object+control", "shape"})
OBJECT_KINDS: frozenset[Kind] = frozenset({"object", "object+control"})


@dataclass(frozen=True, slots=True)
class Attr:
    """One attribute. `type` says how the text is read:

    `field` is one `$reference`; `template` is text that may hold references; `target`/`targets` are names of other
    tags; `list` is a comma list whose words come from `values` (when given); `size` is a CSS length.
    `or_field` lets a typed attribute take a `$reference` instead; `spellings` are other names met in the wild.
    """

    type: AttrType = "string"
    default: Scalar = None
    doc: str = ""
    required: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    or_field: bool = False
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One key of a stored value. `item` describes the elements of a `list`, `fields` the keys of an `object`.

    `position` is a number, or text that holds one; `text` is a string or a list of strings; `choices` are strings or
    paths; `labels` and `choices` and `paths` must be among the words the config offers.
    """

    type: ValueType
    required: bool = True
    minimum: float | None = None
    maximum: float | None = None
    values: tuple[str, ...] = ()
    item: "Value | None" = None
    fields: Mapping[str, "Value"] = field(default_factory=lambda: MappingProxyType({}))
    at_least: int = 0


@dataclass(frozen=True)
class TagSpec:
    """Everything the server and the editor must know about a tag.

    `targets` are the tags a control labels (`*`: any); with `targets_enforced` another target is a fault.
    `result_type` and `value` describe what the control stores. `region` marks controls whose results are located.
    """

    name: str
    kind: Kind
    doc: str
    family: str
    attrs: Mapping[str, Attr] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    targets_enforced: bool = False
    result_type: str | None = None
    value: Mapping[str, Value] = field(default_factory=dict)
    units: str | None = None
    edition: Literal["community", "enterprise"] = "community"
    aliases: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spellings = {}
        for name, attr in self.attrs.items():
            for spelling in (name, *attr.spellings):
                spellings[spelling.lower()] = name
        object.__setattr__(self, "spellings", MappingProxyType(spellings))
        object.__setattr__(self, "attrs", MappingProxyType(dict(self.attrs)))
        object.__setattr__(self, "value", MappingProxyType(dict(self.value)))

    @property
    def is_control(self) -> bool:
        """Whether the tag makes results."""
        return self.kind in CONTROL_KINDS

    @property
    def is_object(self) -> bool:
        """Whether the tag shows task data that controls can label."""
        return self.kind in OBJECT_KINDS

    @property
    def is_region(self) -> bool:
        """Whether the tag's results are located regions of the object."""
        return self.kind in {"labels", "shape"}

    @property
    def label_key(self) -> str | None:
        """Key of the value that holds words offered by the config, if there is one."""
        return next((key for key, value in self.value.items() if value.type in {"labels", "choices", "paths"}), None)
