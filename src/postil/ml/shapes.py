"""What model servers look like in the API."""

from collections.abc import Sequence
from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from postil.infra.shapes import Json, JsonObject, Moment, one_of


class MlBackend(TypedDict):
    """A model server as it is known to be."""

    id: int
    state: Annotated[str, one_of("CO", "DI", "ER", "TR", "PR")]
    readable_state: str
    is_interactive: bool
    url: str
    error_message: str | None
    checked_at: Moment | None
    title: str
    auth_method: Annotated[str, one_of("NONE", "BASIC_AUTH")]
    basic_auth_user: str
    basic_auth_pass_is_set: bool
    description: str
    extra_params: Json
    model_version: str | None
    timeout: float
    created_at: Moment
    updated_at: Moment
    auto_update: bool
    project: int


class Versions(TypedDict):
    """The model versions that a server offers, or why they are not known."""

    versions: NotRequired[Sequence[str | None]]
    message: NotRequired[str]
    error: NotRequired[str]


class Interactive(TypedDict):
    """What a model server says about what is being drawn, or why it says nothing."""

    data: NotRequired[JsonObject]
    errors: NotRequired[list[str]]


class TrialProblem(TypedDict):
    """Something in an answer that would not become a prediction: where, what, and what would be right."""

    where: str
    message: str
    options: list[str]


class Trial(TypedDict):
    """One question to a model server, and what came of it."""

    status: int
    error_message: str | None
    url: str
    task: NotRequired[JsonObject]
    request: NotRequired[JsonObject]
    response: NotRequired[Json]
    problems: NotRequired[list[TrialProblem]]
    duration_ms: NotRequired[int]
