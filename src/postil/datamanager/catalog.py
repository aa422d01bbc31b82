"""The list of a project's columns, as the task table asks for it."""

from postil.accounts.models import User
from postil.datamanager import shapes
from postil.datamanager.column import Scope
from postil.datamanager.columns import COLUMNS
from postil.datamanager.queries import model_versions_of
from postil.labeling.config import parse_config
from postil.labeling.derived import data_references
from postil.labeling.references import root_key
from postil.tasks.models import Annotation

MEDIA_TAGS = {"Image": "Image", "Audio": "Audio", "AudioPlus": "AudioPlus", "Video": "Video"}
MAX_DATA_COLUMNS = 1_000
MAX_VERSIONS = 100
# Second names of other columns, for scripts.
ALIASES = ("annotations__completed_by", "data", "updated_by__active_organization")


def columns_json(scope: Scope, *, every: bool = False) -> list[shapes.Column]:
    """Return all columns: keys of the data first, then the table's own, then the parent of the data keys.

    `every` adds columns that the contract does not know, such as labels and possible slips.
    """
    types = _config_types(scope)
    keys = _ordered_keys(scope, types)
    found = [_data_column(key, types.get(key, "Unknown")) for key in keys]
    known = (column for _, column in COLUMNS.items() if column.is_listed or (every and column.id not in ALIASES))
    listed = sorted(known, key=lambda column: column.position)
    for column in listed:
        entry: shapes.Column = {
            "id": column.id,
            "title": column.title,
            "type": column.type,
            "target": "tasks",
            "project_defined": False,
        }
        if column.help:
            entry["help"] = column.help
        if column.id in ("annotators", "updated_by"):
            entry["schema"] = {"items": _people(scope)}
        elif column.id == "predictions_model_versions":
            entry["schema"] = {"items": _model_versions(scope), "multiple": True}
        entry["visibility_defaults"] = {"explore": column.in_explore, "labeling": column.in_labeling}
        found.append(entry)
    parent: shapes.Column = {
        "id": "data",
        "title": "data",
        "type": "List",
        "target": "tasks",
        "children": keys,
        "project_defined": False,
    }
    return [*found, parent]


def _data_column(key: str, kind: str) -> shapes.Column:
    return {
        "id": key,
        "title": "data" if key == "$undefined$" else key,
        "type": kind,
        "target": "tasks",
        "parent": "data",
        "visibility_defaults": {"explore": True, "labeling": kind != "Unknown"},
        "project_defined": True,
    }


def _config_types(scope: Scope) -> dict[str, str]:
    """Return the data keys that the label config shows, with the type of the tag that shows them."""
    found: dict[str, str] = {}
    for node, path in data_references(parse_config(scope.project.label_config)):
        found.setdefault(root_key(path), MEDIA_TAGS.get(node.tag, "String"))
    return found


def _ordered_keys(scope: Scope, types: dict[str, str]) -> list[str]:
    """Return keys of the config in its order, then the others as they came."""
    known = scope.project.data_columns
    shown = [key for key in types if key in known or not known]
    return [*shown, *(key for key, count in known.items() if count and key not in types)][:MAX_DATA_COLUMNS]


def _people(scope: Scope) -> list[int]:
    if not scope.sees_all_annotations:
        return [scope.user.pk]
    members = User.objects.filter(memberships__organization_id=scope.project.organization_id)
    return list(members.filter(memberships__deleted_at=None).order_by("pk").values_list("pk", flat=True)[:1000])


def _model_versions(scope: Scope) -> list[str]:
    return model_versions_of(scope.project, MAX_VERSIONS)


def annotators_of(scope: Scope) -> list[tuple[int, str]]:
    """Return id and name of everybody who annotated in the project."""
    ids = Annotation.objects.filter(project=scope.project).order_by().values("completed_by_id").distinct()
    people = User.objects.filter(pk__in=ids).order_by("pk")
    return [(person.pk, person.get_full_name() or person.email) for person in people]
