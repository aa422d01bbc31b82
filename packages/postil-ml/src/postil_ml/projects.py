"""The projects that a model server knows, and their learning in the background."""

import json
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from postil_ml.model import Event, Introduction, Model, write_whole

logger = logging.getLogger(__name__)
KNOWN = "introduction.json"
MakeModel = Callable[[Introduction, Path], Model]


class UnknownProjectError(LookupError):
    """No labeling server has introduced this project."""


class Projects:
    """Models by project. They are made when they are first needed, also after a restart."""

    def __init__(self, make: MakeModel, folder: Path) -> None:
        self._make = make
        self._folder = folder
        self._models: dict[str, Model] = {}
        self._lock = threading.RLock()
        self._learner = Learner()

    def introduce(self, given: Introduction) -> Model:
        """Take note of a project; a changed config or key makes its model anew."""
        with self._lock:
            model = self._models.get(given.key)
            if model is None or model.introduction != given:
                folder = self._folder_of(given.key)
                folder.mkdir(parents=True, exist_ok=True)
                model = self._make(given, folder)
                write_whole(folder / KNOWN, json.dumps(asdict(given)).encode())
                self._models[given.key] = model
            return model

    def model_of(self, key: str, label_config: str = "") -> Model:
        """Return the model of a project that predictions are asked for.

        A project that was never introduced works as far as it needs no key; without a config it raises
        `UnknownProjectError`.
        """
        with self._lock:
            known = self._known(key)
            if known is None:
                if not label_config:
                    raise UnknownProjectError(
                        f"Project {key} is not known here. Connect this model server to it again."
                    )
                known = Introduction(key, label_config)
            if label_config and known.label_config != label_config:
                known = Introduction(**{**asdict(known), "label_config": label_config})
            return self.introduce(known)

    def tell(self, project_id: int, event: Event) -> list[str]:
        """Have the models of a project learn of an event; returns the names of the runs."""
        keys = [path.parent.name for path in self._folder.glob(f"{project_id}.*/{KNOWN}")]
        models = [self.model_of(key) for key in sorted(keys)]
        return [self._learner.ask(model, event) for model in models if event.action in model.train_on]

    def close(self) -> None:
        """End after the run at hand."""
        self._learner.close()

    def _known(self, key: str) -> Introduction | None:
        model = self._models.get(key)
        if model is not None:
            return model.introduction
        try:
            return Introduction(**json.loads((self._folder_of(key) / KNOWN).read_text()))
        except FileNotFoundError:
            return None

    def _folder_of(self, key: str) -> Path:
        project, _, made = key.partition(".")
        if not (project.isdigit() and (made.isdigit() or not made)):
            raise UnknownProjectError(f"A project is named <id>.<unix time>, not {key[:50]!r}.")
        return self._folder / f"{project}.{made or 0}"


class Learner:
    """One thread that runs `fit`. Of the events that wait for a model only the newest is kept."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[str, Model, Event]] = {}
        self._turns: queue.Queue[str | None] = queue.Queue()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="learner", daemon=True)
        self._thread.start()

    def ask(self, model: Model, event: Event) -> str:
        """Have a model learn soon; returns the name of the run."""
        key = model.introduction.key
        with self._lock:
            waiting = self._waiting.get(key)
            name = waiting[0] if waiting else uuid4().hex
            self._waiting[key] = (name, model, event)
            if waiting is None:
                self._turns.put(key)
        return name

    def close(self) -> None:
        """End after the run at hand."""
        self._turns.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (key := self._turns.get()) is not None:
            with self._lock:
                _name, model, event = self._waiting.pop(key)
            try:
                model.fit(event)
            except Exception:
                logger.exception("learning of project %s failed", key)
