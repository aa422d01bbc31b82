"""What the annotations of a task add up to: one pure rule for submit, import, delete, restore and re-check."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from postil.projects.counters import COUNTERS, Counts, counts_of
from postil.projects.enums import SkipQueue


class Answer(NamedTuple):
    """What counting needs to know of an annotation."""

    author: int | None
    was_cancelled: bool
    ground_truth: bool
    has_result: bool
    created_at: datetime | None = None


class Tally(NamedTuple):
    """The sums of one task. `useful` leaves out skips, ground truth and answers without a result."""

    annotations: int = 0
    cancelled: int = 0
    ground_truth: int = 0
    useful: int = 0
    is_labeled: bool = False
    completed_at: datetime | None = None

    def project_counts(self) -> Counts:
        """Return what this task adds to the counters of its project, beside itself and its predictions."""
        return {
            "finished_task_count": int(self.is_labeled),
            "annotated_task_count": int(self.useful > 0),
            "annotation_count": self.annotations,
            "useful_annotation_count": self.useful,
            "ground_truth_count": self.ground_truth,
            "skipped_annotation_count": self.cancelled,
        }


def tally(answers: Iterable[Answer], *, overlap: int, skip_queue: str) -> Tally:
    """Add up the annotations of one task.

    A task is labeled when as many different people as its overlap says have finished an annotation: not skipped and
    with a result; where skips are ignored, a skip is a finished annotation as well.
    """
    annotations = cancelled = ground_truth = useful = 0
    people: set[int | None] = set()
    newest: datetime | None = None
    for answer in answers:
        if answer.was_cancelled:
            cancelled += 1
        else:
            annotations += 1
        ground_truth += answer.ground_truth
        useful += not answer.was_cancelled and not answer.ground_truth and answer.has_result
        if is_finished(answer, skip_queue):
            people.add(answer.author)
        if answer.created_at is not None and (newest is None or answer.created_at > newest):
            newest = answer.created_at
    is_labeled = len(people) >= overlap
    return Tally(annotations, cancelled, ground_truth, useful, is_labeled, newest if is_labeled else None)


def is_finished(answer: Answer, skip_queue: str) -> bool:
    """Whether an annotation counts towards the overlap."""
    if answer.was_cancelled:
        return skip_queue == SkipQueue.IGNORE_SKIPPED
    return answer.has_result


def difference(before: Counts, after: Counts) -> Counts:
    """Return what must be added to come from `before` to `after`."""
    return counts_of({name: after.get(name, 0) - before.get(name, 0) for name in COUNTERS})
