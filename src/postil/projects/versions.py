"""The list of a project's label configs."""

from django.db.models import Count, Q

from postil.projects import shapes
from postil.projects.documents import config_version_json
from postil.projects.models import LabelConfigVersion, Project


def versions_json(project: Project) -> list[shapes.ConfigVersion]:
    """Return all versions, newest first, with the number of annotations made under each."""
    versions = LabelConfigVersion.objects.filter(project=project).select_related("created_by")
    counted = versions.annotate(used=Count("annotations", filter=Q(annotations__deleted_at=None))).order_by("-number")
    return [config_version_json(version, version.used) for version in counted]
