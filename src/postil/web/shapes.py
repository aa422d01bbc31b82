"""What the server says about itself."""

from typing import NotRequired

from typing_extensions import TypedDict


class PartVersion(TypedDict):
    version: str
    short_version: NotRequired[str]
    commit: NotRequired[str]
    message: NotRequired[str]
    branch: NotRequired[str]
    date: NotRequired[str]


PartVersion.__doc__ = "The version of a part."
Version = TypedDict(
    "Version",
    {
        "product": str,
        "edition": str,
        "release": NotRequired[str],
        "label-studio-os-package": NotRequired[PartVersion],
        "label-studio-os-backend": NotRequired[PartVersion],
        "label-studio-frontend": NotRequired[PartVersion],
        "dm2": NotRequired[PartVersion],
        "lsf": NotRequired[PartVersion],
        "label-studio-converter": NotRequired[PartVersion],
        "backend": NotRequired[dict[str, str]],
    },
)
Version.__doc__ = "Versions of the server's parts; strangers learn the product's name only."


class Root(TypedDict):
    """Where the API begins."""

    users: str
