"""Words for the JSON that the API answers: for its description, and for mypy. Nothing is checked at run time.

Each package says in `shapes.py` what its documents look like, and handlers name the shape in their return annotation:

    def list_things(request: HttpRequest) -> list[Thing]
    def create_thing(request: HttpRequest, payload: ThingIn) -> Status[Thing]
    def read_thing(request: HttpRequest, thing_id: int) -> Annotated[HttpResponse, Thing]  # text ready to be sent
"""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import WithJsonSchema
from typing_extensions import TypedDict

T = TypeVar("T")


def one_of(*words: str) -> WithJsonSchema:
    """Say of a text that it is one of these words."""
    return WithJsonSchema({"type": "string", "enum": list(words)})


Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""A time in UTC with microseconds and `Z`."""
Json = Any
"""Anything that JSON can hold; also stored text that is spliced in."""
JsonObject = Annotated[Any, WithJsonSchema({"type": "object", "additionalProperties": True})]
ResultItem = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {
            "title": "ResultItem",
            "type": "object",
            "description": "One region, relation or answer of an annotation, as it was sent.",
            "properties": {
                "id": {"type": "string"},
                "from_name": {"type": "string"},
                "to_name": {"type": "string"},
                "type": {"type": "string"},
                "value": {"type": "object", "additionalProperties": True},
            },
            "additionalProperties": True,
        }
    ),
]
Result = list[ResultItem] | None
"""What somebody or something says about a task. LS: an annotation without any keeps null."""


class Page(TypedDict, Generic[T]):
    """One page of a list."""

    count: int
    next: str | None
    previous: str | None
    results: list[T]


class Detail(TypedDict):
    """A sentence."""

    detail: str


class IdAndTitle(TypedDict):
    """Which one, in short."""

    id: int
    title: str


class Progress(TypedDict):
    """How far a job is."""

    done: int
    total: int | None
    unit: str


class Job(TypedDict):
    """A piece of background work."""

    id: str
    kind: str
    title: str
    project: int | None
    state: Annotated[str, one_of("queued", "running", "completed", "failed", "cancelled")]
    progress: Progress
    error: str
    error_count: int
    result: JsonObject
    created_at: Moment
    started_at: Moment | None
    finished_at: Moment | None
    created_by: int | None


class JobStarted(TypedDict):
    """The job that does the work."""

    job: Job
