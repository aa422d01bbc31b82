"""Choices of a project. The values are the words of the wire."""

from django.db import models


class Sampling(models.TextChoices):
    SEQUENTIAL = "Sequential sampling"
    UNIFORM = "Uniform sampling"
    UNCERTAINTY = "Uncertainty sampling"


class SkipQueue(models.TextChoices):
    REQUEUE_FOR_ME = "REQUEUE_FOR_ME"
    REQUEUE_FOR_OTHERS = "REQUEUE_FOR_OTHERS"
    IGNORE_SKIPPED = "IGNORE_SKIPPED"
