"""Classifies small pictures: their grey values in a logistic regression.

Learns anew after every `train_every` annotations (an `extra_params` of the connection), and when training is asked for.
"""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

import joblib
import numpy as np
from PIL import Image
from sklearn.linear_model import LogisticRegression

from postil_ml import Event, Model, Prediction, choices, chosen_in, find_control, read_file, write_whole

SIDE = 16
LEAST = 10


class ImageClassifier(Model):
    """One choice for each picture."""

    def setup(self) -> None:
        """Find the control, load what was learned."""
        self.control = find_control(self.label_config, "Choices")
        path = self.folder / "model.joblib"
        self.classifier: LogisticRegression | None = joblib.load(path) if path.exists() else None
        given = self.introduction.extra_params
        self.train_every = int(given.get("train_every", 1)) if isinstance(given, dict) else 1
        self.features = lru_cache(maxsize=20_000)(self._features)

    def _features(self, value: str, task_id: int) -> np.ndarray:
        content = read_file(self.introduction, value, task_id)
        with Image.open(BytesIO(content)) as picture:
            return np.asarray(picture.convert("L").resize((SIDE, SIDE)), dtype=float).ravel() / 255

    def predict(self, tasks: Sequence[Any], context: dict[str, Any] | None) -> list[Prediction]:
        """Return the likeliest choice, or nothing while too little was learned."""
        classifier = self.classifier
        if classifier is None or not tasks:
            return [Prediction([], score=0.0) for _task in tasks]
        rows = [self.features(task["data"][self.control.key], task.get("id", 0)) for task in tasks]
        chances = classifier.predict_proba(rows)
        best = chances.argmax(axis=1)
        return [
            Prediction([choices(self.control, str(classifier.classes_[at]))], score=float(row[at]))
            for row, at in zip(chances, best, strict=True)
        ]

    def fit(self, event: Event) -> None:
        """Learn from the pictures that people classified."""
        rows, labels = [], []
        for task in self.labeled_tasks():
            for annotation in task["annotations"]:
                for choice in chosen_in(annotation, self.control)[:1]:
                    rows.append(self.features(task["data"][self.control.key], task["id"]))
                    labels.append(choice)
        due = event.action == "START_TRAINING" or len(labels) % self.train_every == 0
        if not due or len(labels) < LEAST or len(set(labels)) < 2:
            return
        classifier = LogisticRegression(max_iter=2000).fit(rows, labels)
        content = BytesIO()
        joblib.dump(classifier, content)
        write_whole(self.folder / "model.joblib", content.getvalue())
        self.keep(f"image-{len(labels)}")
        self.classifier = classifier
