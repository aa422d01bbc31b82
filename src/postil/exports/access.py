"""The only way from a person and an id to a snapshot."""

from postil.core.errors import NotFound
from postil.exports.models import Export
from postil.projects.models import Project


def get_export(project: Project, export_id: int) -> Export:
    """Return the snapshot of a project that was looked up with the right to export it."""
    try:
        return Export.objects.select_related("created_by", "project").get(pk=export_id, project=project)
    except Export.DoesNotExist:
        raise NotFound("No Export matches the given query.") from None
