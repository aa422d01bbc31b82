"""Classifies texts: words and pairs of words, weighed by TF-IDF, in a logistic regression.

Learns anew after every `train_every` annotations (an `extra_params` of the connection), and when training is asked for.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from postil_ml import Event, Model, Prediction, choices, chosen_in, find_control, write_whole

LEAST = 4


class TextClassifier(Model):
    """One choice for each text."""

    def setup(self) -> None:
        """Find the control, load what was learned."""
        self.control = find_control(self.label_config, "Choices")
        path = self.folder / "model.joblib"
        self.pipeline: Pipeline | None = joblib.load(path) if path.exists() else None
        given = self.introduction.extra_params
        self.train_every = int(given.get("train_every", 1)) if isinstance(given, dict) else 1

    def predict(self, tasks: Sequence[Any], context: dict[str, Any] | None) -> list[Prediction]:
        """Return the likeliest choice, or nothing while too little was learned."""
        pipeline = self.pipeline
        if pipeline is None:
            return [Prediction([], score=0.0) for _task in tasks]
        chances = pipeline.predict_proba([str(task["data"].get(self.control.key, "")) for task in tasks])
        best = chances.argmax(axis=1)
        return [
            Prediction([choices(self.control, str(pipeline.classes_[at]))], score=float(row[at]))
            for row, at in zip(chances, best, strict=True)
        ]

    def fit(self, event: Event) -> None:
        """Learn from the texts that people classified."""
        texts, labels = [], []
        for task in self.labeled_tasks():
            for annotation in task["annotations"]:
                for choice in chosen_in(annotation, self.control)[:1]:
                    texts.append(str(task["data"].get(self.control.key, "")))
                    labels.append(choice)
        due = event.action == "START_TRAINING" or len(labels) % self.train_every == 0
        if not due or len(labels) < LEAST or len(set(labels)) < 2:
            return
        pipeline = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=1000, C=10))
        pipeline.fit(texts, labels)
        content = BytesIO()
        joblib.dump(pipeline, content)
        write_whole(self.folder / "model.joblib", content.getvalue())
        self.keep(f"text-{len(labels)}")
        self.pipeline = pipeline
