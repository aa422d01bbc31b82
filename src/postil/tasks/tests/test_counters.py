"""Counters stay true whatever people do, in any order and at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postil.accounts.access import Actor, actor_of
from postil.core.errors import Conflict, PreconditionFailed
from postil.projects.actions import update_project
from postil.projects.models import Project, TrashEntry
from postil.projects.trash import open_entry, restore_entry
from postil.tasks import actions, annotation_actions, many, model_versions
from postil.tasks.enums import VersionAction
from postil.tasks.models import Annotation, Prediction, Task
from postil.tasks.tests.factories import choice, make_project, make_task
from postil.tasks.totals import recount, recount_tasks

STEPS = (
    "task", "submit", "skip", "empty", "truth", "unskip", "change", "delete_annotation", "delete_task", "restore",
    "predict", "forget", "mark", "overlap", "maximum", "cohort", "skip_queue", "data", "to_draft", "version",
    "classify_many", "mark_many", "rewrite_many", "trash_many",
)  # fmt: skip


class Play:
    """One project in which people do what the numbers say."""

    def __init__(self, owner: Any, people: list[Any]) -> None:
        self.project = make_project(owner, members=tuple(people))
        self.who = actor_of(owner)
        self.people: list[Actor] = [self.who, *(actor_of(person) for person in people)]

    def step(self, name: str, number: int) -> None:
        """Do one thing; what cannot be done now is passed over."""
        task = self._pick(Task.objects.filter(project=self.project), number)
        annotation = self._pick(Annotation.objects.filter(project=self.project, task__deleted_at=None), number)
        person = self.people[number % len(self.people)]
        project = Project.objects.get(pk=self.project.pk)
        if name == "task":
            make_task(project, overlap=1 + number % 2)
        elif name in ("maximum", "cohort", "skip_queue"):
            queues = ("REQUEUE_FOR_ME", "REQUEUE_FOR_OTHERS", "IGNORE_SKIPPED")
            fields: dict[str, Any] = {
                "maximum": {"maximum_annotations": 1 + number % 3},
                "cohort": {"overlap_cohort_percentage": (0, 50, 100)[number % 3]},
                "skip_queue": {"skip_queue": queues[number % 3]},
            }[name]
            update_project(who=self.who, project=project, fields=fields)  # type: ignore[arg-type]  # named above
        elif name == "restore":
            entry = TrashEntry.objects.order_by("pk")[number % 3 : number % 3 + 1].first()
            if entry is not None:
                self._restore(entry)
        elif name == "forget":
            model_versions.delete(project, None)
        elif name.endswith("_many"):
            self._on_many(name, number, project, person)
        elif task is not None and name in (
            "submit",
            "skip",
            "empty",
            "truth",
            "delete_task",
            "predict",
            "mark",
            "overlap",
            "data",
        ):
            self._on_task(name, number, task, person)
        elif annotation is not None:
            self._on_annotation(name, annotation, person)

    def _on_many(self, name: str, number: int, project: Project, person: Actor) -> None:
        """Do something with up to three tasks, as bulk actions do; some of them may be in the trash."""
        ids = list(Task.all_objects.filter(project=project).order_by("-pk").values_list("pk", flat=True)[:3])
        author = person.user.pk
        if name == "classify_many":
            wanted = [many.NewAnnotation(task_id, json.dumps(choice()), 1) for task_id in ids]
            many.annotate_many(project, author, wanted, VersionAction.SUBMITTED)
        elif name == "trash_many":
            entry = open_entry(who=self.who, project=project, kind="annotation", object_id=None, title="", count=0)
            many.trash_annotations(project, ids, entry, editor_id=author, author_id=author if number % 2 else None)
        else:
            found = list(many.stored(Annotation.objects.filter(task__in=ids, task__deleted_at=None).order_by("pk")))
            result = choice() if name == "rewrite_many" else None
            changes = [many.Change(row, result=result, ground_truth=number % 2 == 0) for row in found]
            many.change_many(project, author, changes, VersionAction.UPDATED)

    def _on_task(self, name: str, number: int, task: Task, person: Actor) -> None:
        answers: dict[str, Any] = {
            "submit": {"result": choice()},
            "skip": {"result": [], "was_cancelled": True},
            "empty": {"result": None},
            "truth": {"result": choice(), "ground_truth": True},
        }
        changes: dict[str, Any] = {
            "mark": {"is_labeled": number % 2 == 0},
            "overlap": {"overlap": 1 + number % 3, "is_labeled": number % 2 == 0},
            "data": {"data": {"text": "x", f"more{number % 2}": 1}},
        }
        if name in answers:
            annotation_actions.create_annotation(task=task, who=person, fields=answers[name])
        elif name in changes:
            actions.update_task(task=task, who=self.who, fields=changes[name])
        elif name == "predict":
            actions.create_prediction(task=task, fields={"result": "good", "model_version": f"v{number % 2}"})
        else:
            actions.delete_tasks(project=task.project, who=self.who, tasks=Task.objects.filter(pk=task.pk))

    def _on_annotation(self, name: str, annotation: Annotation, person: Actor) -> None:
        changes: dict[str, Any] = {
            "unskip": {"was_cancelled": False, "result": choice()},
            "change": {"was_cancelled": not annotation.was_cancelled, "ground_truth": not annotation.ground_truth},
        }
        if name in changes:
            annotation_actions.update_annotation(annotation=annotation, who=person, fields=changes[name])
        elif name == "to_draft":
            annotation_actions.convert_to_draft(annotation=annotation, who=person)
        elif name == "version":
            version = annotation.versions.first()
            if version is not None:
                annotation_actions.restore_version(annotation=annotation, who=person, version=version)
        elif name == "delete_annotation":
            annotation_actions.delete_annotation(annotation=annotation, who=person)

    def _restore(self, entry: TrashEntry) -> None:
        with suppress(Conflict):  # its task lies in the trash itself
            restore_entry(who=self.who, entry=entry)

    @staticmethod
    def _pick(rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def check(self) -> None:
        """Compare every counter with the rows."""
        project = Project.objects.get(pk=self.project.pk)
        assert recount(project) == {}
        assert recount_tasks() == 0
        columns: dict[str, int] = {}
        for data in Task.objects.filter(project=project).values_list("data", flat=True):
            for key in data:
                columns[key] = columns.get(key, 0) + 1
        assert project.data_columns == columns


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11)), min_size=3, max_size=25))
def test_counters_are_true_after_anything(steps: list[tuple[str, int]], manager: Any, annotator: Any) -> None:
    with transaction.atomic():
        play = Play(manager, [annotator])
        play.step("task", 0)
        for name, number in steps:
            play.step(name, number)
            play.check()
        transaction.set_rollback(True)


def _at_once(count: int, act: Any) -> list[Any]:
    def run(number: int) -> Any:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_submits_at_once_are_all_kept_and_counted(manager: Any, make_user: Any) -> None:
    people = [make_user("annotator") for _ in range(6)]
    project = make_project(manager, members=tuple(people))
    task = make_task(project)

    def submit(number: int) -> bool:
        fields: annotation_actions.AnnotationFields = {"result": choice()}
        made = annotation_actions.create_annotation(task=task, who=actor_of(people[number]), fields=fields)
        return made.is_surplus

    assert sorted(_at_once(6, submit)) == [False] + [True] * 5
    task.refresh_from_db()
    project.refresh_from_db()
    assert (task.annotation_count, task.is_labeled) == (6, True)
    assert (project.annotation_count, project.finished_task_count, recount(project)) == (6, 1, {})


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_from_one_revision_only_one_is_taken(manager: Any) -> None:
    who = actor_of(manager)
    task = make_task(make_project(manager))
    made = annotation_actions.create_annotation(task=task, who=who, fields={"result": choice()})

    def only_first(revision: int) -> None:
        if revision != 1:
            raise PreconditionFailed

    def change(number: int) -> bool:
        try:
            annotation_actions.update_annotation(
                annotation=made, who=who, fields={"result": choice(region_id=str(number))}, may_change=only_first
            )
        except PreconditionFailed:
            return False
        return True

    assert sorted(_at_once(4, change)) == [False, False, False, True]
    made.refresh_from_db()
    assert (made.revision, made.versions.count()) == (2, 1)


def test_a_submit_costs_a_fixed_number_of_statements(client_for: Any, manager: Any) -> None:
    project = make_project(manager)
    tasks = [make_task(project).pk for _ in range(3)]
    api = client_for(manager)
    costs = []
    for task_id in (tasks[0], tasks[1], tasks[2], tasks[2]):
        with CaptureQueriesContext(connection) as statements:
            assert api.post(f"/api/tasks/{task_id}/annotations/", {"result": choice()}).status == 201
        costs.append(len([row for row in statements if "SAVEPOINT" not in row["sql"]]))
    # Who and what; lock, insert, three to count and to unlock, who listens (webhooks, models, storages). The first
    # writes who was here; a task that has annotations is counted from them.
    assert costs[1:] == [10, 10, 11]


def test_predictions_are_gone_with_their_version(manager: Any) -> None:
    project = make_project(manager)
    task = make_task(project)
    for version in ("a", "a", "b"):
        actions.create_prediction(task=task, fields={"result": "good", "model_version": version})
    assert model_versions.counts(project) == {"a": 2, "b": 1}
    assert model_versions.delete(project, "a") == 2
    task.refresh_from_db()
    project.refresh_from_db()
    assert (task.prediction_count, Prediction.objects.count(), recount(project)) == (1, 1, {})
