"""The model of this server: says which choice fits a task, and remembers the one that people take most."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from postil_ml import Event, Model, Prediction, choices, chosen_in, find_control


class MyModel(Model):
    """Predicts what most people chose so far. Put your own model in its place."""

    def setup(self) -> None:
        """Find the control to answer for."""
        self.control = find_control(self.label_config, "Choices")
        self.favorite = str(self.state().get("favorite") or self.control.labels[0])
        self.share = float(self.state().get("share") or 0.0)

    def predict(self, tasks: Sequence[Any], context: dict[str, Any] | None) -> list[Prediction]:
        """Return one prediction for each task; `task["data"][self.control.key]` is what it shows."""
        return [Prediction([choices(self.control, self.favorite)], score=self.share) for _task in tasks]

    def fit(self, event: Event) -> None:
        """Learn from all annotations of the project."""
        counts = Counter(
            choice
            for task in self.labeled_tasks()
            for annotation in task["annotations"]
            for choice in chosen_in(annotation, self.control)
        )
        if counts:
            favorite, count = counts.most_common(1)[0]
            share = count / counts.total()
            self.keep(f"after-{counts.total()}", favorite=favorite, share=share)
            self.favorite, self.share = favorite, share
