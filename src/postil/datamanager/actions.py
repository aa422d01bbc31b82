"""Writes of views: create, change, order, delete, restore."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Max

from postil.accounts.access import Actor
from postil.accounts.audit import record
from postil.core.errors import Forbidden, Invalid, NotFound
from postil.datamanager.filters import check_saved_filters
from postil.datamanager.models import View
from postil.datamanager.queries import views_of
from postil.projects.models import Project, TrashEntry
from postil.projects.trash import entry_of, move_to_trash, open_entry, restore_entry, take_out

KEPT_KEYS = ("filters", "ordering")
MAX_VIEWS = 500


@transaction.atomic
def create_view(*, who: Actor, project: Project, data: dict[str, Any], is_private: bool = False) -> View:
    """Add a view behind the others of its project."""
    check_view_data(data)
    if views_of(project).count() >= MAX_VIEWS:
        raise Invalid.items([f"A project can have {MAX_VIEWS} views at most. Delete some first."])
    last = views_of(project).aggregate(last=Max("order"))["last"]
    return View.objects.create(
        project=project,
        user=who.user,
        data=data,
        is_private=is_private,
        order=0 if last is None else last + (1 if last else 0),
    )


@transaction.atomic
def update_view(
    *,
    who: Actor,
    view: View,
    data: dict[str, Any] | None,
    is_private: bool | None = None,
    may_change: Callable[[View], None] = lambda _: None,
) -> View:
    """Replace what the view holds; filters and ordering that the new data does not name stay as they are.

    What is None stays. `may_change` is asked once the stored view is held.
    """
    if data is not None:
        check_view_data(data)
    stored = View.objects.select_for_update().filter(pk=view.pk).first()
    if stored is None:
        raise NotFound("Somebody deleted this view meanwhile. It lies in the trash.")
    may_change(stored)
    if is_private and stored.user_id != who.user.pk:
        raise Forbidden("Only who made a view can make it private. Duplicate it instead.")
    if data is not None:
        kept = {key: stored.data[key] for key in KEPT_KEYS if key in stored.data and key not in data}
        stored.data = {**data, **kept}
    stored.is_private = stored.is_private if is_private is None else is_private
    stored.revision += 1
    stored.save(update_fields=["data", "is_private", "revision", "updated_at"])
    return stored


@transaction.atomic
def order_views(*, project: Project, ids: list[int]) -> None:
    """Put the named views first, in this order; the others follow as they were."""
    views = {view.pk: view for view in views_of(project).select_for_update()}
    unknown = [view_id for view_id in ids if view_id not in views]
    if unknown:
        raise Invalid.field("ids", f"The project has no view {unknown[0]}.")
    named = list(dict.fromkeys(ids))
    for place, view_id in enumerate([*named, *(view_id for view_id in views if view_id not in set(named))]):
        views[view_id].order = place
    View.objects.bulk_update(views.values(), ["order"])


@transaction.atomic
def delete_view(*, who: Actor, view: View) -> None:
    """Put the view into the trash."""
    _to_trash(who, view.project, [view], str(view.data.get("title") or "View"))


@transaction.atomic
def reset_views(*, who: Actor, project: Project) -> int:
    """Put all views of the project that one sees into the trash; returns how many there were."""
    views = list(views_of(project, who.user))
    if views:
        _to_trash(
            who, project, views, f"{len(views)} views" if len(views) > 1 else str(views[0].data.get("title") or "View")
        )
    return len(views)


def _to_trash(who: Actor, project: Project, views: list[View], title: str) -> None:
    entry = open_entry(
        who=who,
        project=project,
        kind="view",
        object_id=views[0].pk if len(views) == 1 else None,
        title=title,
        count=len(views),
    )
    move_to_trash(View.objects.filter(pk__in=[view.pk for view in views]), entry=entry)
    record(
        who, "view.deleted", object_type="view", object_id=entry.object_id or "", project_id=project.pk,
        details={"count": len(views)},
    )  # fmt: skip


def bring_back(entry: TrashEntry) -> int:
    """Take the views of one act of deleting out of the trash."""
    return take_out(View, entry)


def erase(entry: TrashEntry) -> bool:
    """Delete the views of one act of deleting for good, all at once."""
    View.all_objects.filter(trash=entry).delete()
    return False


@transaction.atomic
def restore_view(*, who: Actor, view: View) -> View:
    """Bring back a view; what was deleted together with it comes back, too."""
    restore_entry(who=who, entry=entry_of(view))
    return View.objects.get(pk=view.pk)


def check_view_data(data: Any) -> None:
    """Refuse data that a view must not keep."""
    if not isinstance(data, dict):
        raise Invalid.field("data", "An object with title, filters and ordering is needed.")
    check_saved_filters(data.get("filters"))
    ordering = data.get("ordering")
    if ordering is not None and not (isinstance(ordering, list) and all(isinstance(key, str) for key in ordering)):
        raise Invalid(fields={"data": {"ordering": ["A list of columns is needed."]}})
