"""Predictions in the trash: packed, because nothing else asks about them until somebody wants them back."""

import zlib
from collections import Counter
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Func

from postil.datamanager.models import DeletedPredictions
from postil.infra.bulk import insert_rows
from postil.infra.bulk_update import update_rows
from postil.infra.db import QuickMoment, RawJson
from postil.infra.expressions import IsAmong
from postil.projects.counters import change_counters, note_reopening
from postil.projects.models import TrashEntry
from postil.tasks.models import Annotation, Prediction, Task
from postil.tasks.totals import add_predictions

COLUMNS = (
    "id", "task_id", "project_id", "result", "score", "model_version", "cluster", "neighbors", "mislabeling",
    "created_at", "updated_at",
)  # fmt: skip
MOMENTS = (COLUMNS.index("created_at"), COLUMNS.index("updated_at"))
FAST = 1


def move_predictions(task_ids: list[int], entry: TrashEntry) -> int:
    """Put the predictions of live, locked tasks into the trash as a part of one act; returns how many there were."""
    quick: dict[str, Func] = {"result": RawJson("result"), "neighbors": RawJson("neighbors")}
    quick |= {name: QuickMoment(name) for name in ("created_at", "updated_at")}
    found = (
        Prediction.objects.filter(IsAmong("task_id", task_ids))
        .order_by("pk")
        .annotate(**{f"raw_{name}": read for name, read in quick.items()})
    )
    rows = list(found.values_list(*(f"raw_{name}" if name in quick else name for name in COLUMNS)))
    if not rows:
        return 0
    ids = [row[0] for row in rows]
    links = Annotation.all_objects.filter(IsAmong("parent_prediction_id", ids))
    made = list(links.values_list("pk", "parent_prediction_id"))
    packed = zlib.compress(orjson.dumps({"rows": rows, "links": made}), FAST)
    DeletedPredictions.objects.create(trash=entry, packed=packed)
    if made:
        links.update(parent_prediction=None)
    Prediction.objects.filter(IsAmong("id", ids))._raw_delete(found.db)
    Task.objects.filter(IsAmong("id", task_ids)).update(prediction_count=0)
    change_counters(rows[0][2], {"prediction_count": -len(rows)})
    return len(rows)


def bring_back_some(entry: TrashEntry) -> int | None:
    """Bring back what one step deleted; returns how many predictions, None if nothing is left in the trash."""
    with transaction.atomic():
        part = DeletedPredictions.objects.select_for_update().filter(trash=entry).order_by("pk").first()
        if part is None:
            return None
        stored = orjson.loads(zlib.decompress(bytes(part.packed)))
        part.delete()
        return _bring_back(stored["rows"], stored["links"])


def _bring_back(rows: list[list[Any]], links: list[tuple[int, int]]) -> int:
    """Store predictions again whose tasks are still there, be it in the trash."""
    tasks = Task.all_objects.select_for_update(of=("self",)).filter(IsAmong("id", [row[1] for row in rows]))
    is_live = {pk: deleted_at is None for pk, deleted_at in tasks.order_by("pk").values_list("pk", "deleted_at")}
    kept = [row for row in rows if row[1] in is_live]
    if not kept:
        return 0
    for row in kept:
        for at in MOMENTS:
            row[at] = datetime.fromisoformat(row[at])
    insert_rows(Prediction, COLUMNS, kept)
    per_task = Counter(row[1] for row in kept)
    add_predictions(Task.all_objects.all(), per_task)
    project_id = kept[0][2]
    change_counters(project_id, {"prediction_count": sum(n for pk, n in per_task.items() if is_live[pk])})
    note_reopening(project_id)
    known = {row[0] for row in kept}
    free = Annotation.all_objects.filter(IsAmong("id", [pk for pk, _ in links]), parent_prediction=None)
    still = set(free.values_list("pk", flat=True))
    update_rows(Annotation, ("parent_prediction_id",), [(to, pk) for pk, to in links if pk in still and to in known])
    return len(kept)


def erase(entry: TrashEntry) -> bool:
    """Forget the predictions of one act of deleting for good, all at once."""
    DeletedPredictions.objects.filter(trash=entry).delete()
    return False
