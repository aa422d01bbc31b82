"""The Django application of progress and quality."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "postil.quality"
    label = "quality"
