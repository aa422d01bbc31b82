"""The class that a model server's author fills in."""

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from postil_client import Client
from postil_client.types import Task
from postil_ml.results import Result

FIRST_VERSION = "untrained"
STATE = "state.json"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model says of one task. Without `model_version` it is that of the model."""

    result: list[Result]
    score: float | None = None
    model_version: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a project: `action` as webhooks name it, `body` all that was sent."""

    action: str
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Introduction:
    """How a labeling server introduced a project: where it is, with which key, and what people label there."""

    key: str
    label_config: str
    hostname: str = ""
    access_token: str = ""
    extra_params: Any = None

    @property
    def project_id(self) -> int:
        """The id of the project."""
        return int(self.key.partition(".")[0])


class Model:
    """One project's model. Subclass it; `predict` is needed, `setup` and `fit` are not.

    `predict` runs while `fit` does: make the new model aside, and put it in place with one assignment.
    """

    train_on = frozenset(
        {"ANNOTATION_CREATED", "ANNOTATIONS_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_DELETED", "START_TRAINING"}
    )

    def __init__(self, introduction: Introduction, folder: Path) -> None:
        self.introduction = introduction
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.setup()

    @property
    def label_config(self) -> str:
        """The project's label config."""
        return self.introduction.label_config

    @property
    def version(self) -> str:
        """The name under which predictions are kept; it stays over restarts."""
        return str(self.state().get("version", FIRST_VERSION))

    def setup(self) -> None:
        """Get ready: find the controls, load what was learned. Runs again when the label config changes.

        Raise `BadConfigError` for a config that this model cannot serve; people see its text.
        """

    def predict(self, tasks: Sequence[Task], context: dict[str, Any] | None) -> Sequence[Prediction]:
        """Return one prediction for each task. `context` holds what a person is drawing, in interactive mode."""
        raise NotImplementedError

    def fit(self, event: Event) -> None:
        """Learn. Runs in the background, one run at a time; events that come meanwhile make one more run."""

    def versions(self) -> list[str]:
        """Return the versions that can be asked for."""
        return [self.version]

    def labeled_tasks(self) -> Iterator[Task]:
        """Yield the tasks that have annotations, fetched from the labeling server."""
        with Client(self.introduction.hostname, self.introduction.access_token) as client:
            yield from client.get_project(self.introduction.project_id).export_tasks()

    def state(self) -> dict[str, Any]:
        """Return what `keep` stored."""
        try:
            kept: dict[str, Any] = json.loads((self.folder / STATE).read_text())
        except FileNotFoundError:
            return {}
        return kept

    def keep(self, version: str, **state: Any) -> None:
        """Store the version and anything that fits JSON, in one step: a crash leaves the old state or the new one."""
        write_whole(self.folder / STATE, json.dumps({**self.state(), **state, "version": version}).encode())


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place that only this user can read; nobody ever sees half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
