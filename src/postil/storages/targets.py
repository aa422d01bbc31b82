"""What targets are owed: wishes are written with the annotation, claimed in bulk, and noted when they are done."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from postil.core.clock import now
from postil.storages.enums import WriteAction, WriteState
from postil.storages.models import Storage, StorageWrite

# Ten tries over a day: half a minute, then about three times as long each time.
DELAYS_S = (30, 90, 270, 600, 1_800, 3_600, 7_200, 14_400, 28_800)
LEASE = timedelta(seconds=120)
BATCH = 500


def owe(storage: Storage, annotation_ids: Collection[int], action: WriteAction = WriteAction.WRITE) -> None:
    """Wish that a target has these annotations as they are now, or no longer. Must run in the act's transaction.

    A wish that is being fulfilled stays claimed: it comes up again when that is done.
    """
    ids = list(annotation_ids)
    moment = now()
    if action == WriteAction.WRITE:
        rows = [StorageWrite(storage=storage, annotation_id=pk, next_at=moment, version=0) for pk in ids]
        StorageWrite.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    for start in range(0, len(ids), BATCH):
        wishes = StorageWrite.objects.filter(storage=storage, annotation_id__in=ids[start : start + BATCH])
        fresh = {"action": action, "version": F("version") + 1, "error": ""}
        wishes.filter(state=WriteState.PENDING).update(**fresh)
        wishes.exclude(state=WriteState.PENDING).update(**fresh, state=WriteState.PENDING, attempts=0, next_at=moment)


def drop_wishes(storage: Storage, annotation_ids: Collection[int]) -> None:
    """Forget what was never written of annotations that are gone; objects that stand there stay."""
    StorageWrite.objects.filter(
        storage=storage, annotation_id__in=list(annotation_ids), state=WriteState.PENDING, claimed_by=""
    ).delete()


def claim(write_ids: Iterable[int]) -> tuple[str, list[StorageWrite]]:
    """Take due writes for oneself until the lease ends; returns a token and those that nobody else has."""
    token, moment = uuid4().hex, now()
    due = StorageWrite.objects.filter(pk__in=list(write_ids), state=WriteState.PENDING, next_at__lte=moment)
    due.update(claimed_by=token, claimed_version=F("version"), next_at=moment + LEASE)
    return token, list(StorageWrite.objects.filter(claimed_by=token).order_by("pk"))


@transaction.atomic
def note_done(token: str, write_ids: Collection[int]) -> None:
    """Note that claimed writes are done. Those that were wished again meanwhile are due at once."""
    mine = StorageWrite.objects.filter(claimed_by=token, pk__in=list(write_ids))
    mine.filter(version=F("claimed_version")).update(
        state=WriteState.DONE, written_at=now(), claimed_by="", attempts=0, error=""
    )
    mine.update(claimed_by="", next_at=now(), attempts=0)


@transaction.atomic
def note_failed(token: str, errors: dict[int, str]) -> None:
    """Note that claimed writes failed: they are tried again later, up to a day."""
    moment = now()
    for write in StorageWrite.objects.filter(claimed_by=token, pk__in=list(errors)):
        write.attempts += 1
        write.error, write.claimed_by = errors[write.pk][:500], ""
        if write.attempts > len(DELAYS_S):
            write.state = WriteState.FAILED
        else:
            write.next_at = moment + timedelta(seconds=DELAYS_S[write.attempts - 1])
        write.save(update_fields=["attempts", "error", "claimed_by", "state", "next_at"])


def give_back(token: str) -> None:
    """Let go of claimed writes that were not tried."""
    StorageWrite.objects.filter(claimed_by=token).update(claimed_by="", next_at=now())
