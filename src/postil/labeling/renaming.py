"""Renaming and dropping labels inside results."""

from collections.abc import Sequence
from typing import Any

from postil.labeling.results import is_region_type, words_key

# A word, a path of words, or a number of stars.
Label = str | Sequence[str] | int


def rename_label(
    result: Sequence[dict[str, Any]], old: Label, new: Label, *, control: str | None = None
) -> tuple[list[dict[str, Any]], int]:
    """Return `result` with `old` replaced by `new`, and the number of items changed.

    A label is a word (Labels, Choices) or a path (Taxonomy, nested Choices); a path of one element also stands for the
    word. Only items of `control` are touched when it is named. An item that would then hold a label twice keeps one.
    """
    changed = 0
    items: list[dict[str, Any]] = []
    for item in result:
        renamed = _rename_item(item, old, new) if control in (None, item.get("from_name")) else None
        changed += renamed is not None
        items.append(item if renamed is None else renamed)
    return items, changed


def drop_label(
    result: Sequence[dict[str, Any]], label: Label, *, control: str | None = None
) -> tuple[list[dict[str, Any]], int]:
    """Return `result` without `label`, and the number of items changed.

    An item that is left without any goes, and with a region all that was said about it.
    """
    changed = 0
    items: list[dict[str, Any]] = []
    for item in result:
        value, key = item.get("value"), words_key(str(item.get("type", "")))
        labels = _labels(item) if control in (None, item.get("from_name")) else None
        if not isinstance(labels, list) or not any(_same(word, label) for word in labels):
            items.append(item)
            continue
        changed += 1
        kept = [word for word in labels if not _same(word, label)]
        if kept and isinstance(value, dict):
            items.append({**item, "value": {**value, key: kept}})
    return _without_loose_ends(result, items), changed


def _without_loose_ends(before: Sequence[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is left without answers about regions that are gone, and without links to them."""
    drawn = [{item.get("id") for item in items if is_region_type(item.get("type"))} for items in (before, after)]
    gone = drawn[0] - drawn[1] - {None}
    if not gone:
        return after
    names = ("id", "from_id", "to_id")
    left = [item for item in after if not any(item.get(name) in gone for name in names)]
    return [{**item, "parentID": None} if item.get("parentID") in gone else item for item in left]


def _rename_item(item: dict[str, Any], old: Label, new: Label) -> dict[str, Any] | None:
    """Return the changed item, or None when the label is not in it."""
    value = item.get("value")
    key = words_key(str(item.get("type", "")))
    if not isinstance(value, dict):
        return None
    labels = _labels(item)
    if not isinstance(labels, list) or not any(_same(label, old) for label in labels):
        return None
    if isinstance(value.get(key), int | float):
        return {**item, "value": {**value, key: new}}
    kept: list[Any] = []
    for label in labels:
        name = _in_the_form_of(label, new) if _same(label, old) else label
        if name not in kept:
            kept.append(name)
    return {**item, "value": {**value, key: kept}}


def _labels(item: dict[str, Any]) -> object:
    """Return what an item says in words; stars are one word."""
    value, key = item.get("value"), words_key(str(item.get("type", "")))
    found = value.get(key) if isinstance(value, dict) else None
    return [found] if item.get("type") == "rating" and isinstance(found, int | float) else found


def _path(label: object) -> list[object]:
    return list(label) if isinstance(label, list | tuple) else [label]


def _same(label: object, wanted: Label) -> bool:
    return _path(label) == _path(wanted)


def _in_the_form_of(label: object, new: Label) -> object:
    """Write `new` as a word where a word stood and it fits, else as a path."""
    path = _path(new)
    return path[0] if isinstance(label, str) and len(path) == 1 else path


def rename_control(
    result: Sequence[dict[str, Any]], old: str, new: str, *, to_names: Sequence[str]
) -> tuple[list[dict[str, Any]], int]:
    """Return `result` with what control `old` said given to `new`, and the number of items changed.

    An item that is about an object which `new` is not about goes to the first of `to_names`.
    """
    changed = 0
    items: list[dict[str, Any]] = []
    for item in result:
        if item.get("from_name") == old:
            fits = item.get("to_name") in to_names or not to_names
            items.append({**item, "from_name": new, "to_name": item.get("to_name") if fits else to_names[0]})
            changed += 1
        else:
            items.append(item)
    return items, changed


def drop_control(
    result: Sequence[dict[str, Any]], control: str, *, but_about: Sequence[str] = ()
) -> tuple[list[dict[str, Any]], int]:
    """Return `result` without what `control` said, and the number of its items; `but_about` names objects that stay.

    With a region that is gone go all answers about it and the links to it.
    """
    kept = [item for item in result if item.get("from_name") != control or item.get("to_name") in but_about]
    return _without_loose_ends(result, kept), len(result) - len(kept)


def relabel_links(result: Sequence[dict[str, Any]], old: str, new: str | None) -> tuple[list[dict[str, Any]], int]:
    """Return `result` with a label of links replaced by `new`, or taken away, and the number of links changed."""
    changed = 0
    items: list[dict[str, Any]] = []
    for item in result:
        labels = item.get("labels")
        if item.get("type") != "relation" or not isinstance(labels, list) or old not in labels:
            items.append(item)
            continue
        changed += 1
        words = [new if word == old else word for word in labels]
        items.append({**item, "labels": list(dict.fromkeys(word for word in words if word is not None))})
    return items, changed
