"""Prepared statements give and do what the querysets they were made of would."""

import uuid
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import DateTimeField, F, Value
from django.test.utils import CaptureQueriesContext

from postil.accounts.access import actor_of, anybody, reach_of, slots_of
from postil.accounts.enums import Role
from postil.accounts.models import User, UserSession
from postil.accounts.tests.factories import make_organization, make_user
from postil.core.clock import now
from postil.infra.db import Raw, RawJson
from postil.infra.prepared import PreparedDelete, PreparedRows, PreparedUpdate, Slot, insert
from postil.projects.models import Project
from postil.projects.queries import visible_projects
from postil.tasks.models import Annotation, Task, TaskLock
from postil.tasks.tests.factories import choice, make_project, make_task

pytestmark = pytest.mark.django_db
LATE = datetime(2031, 5, 6, 7, 8, 9, 123456, UTC)


@pytest.fixture
def owner():
    return make_user(organization=make_organization(title="House"), role="owner", first_name="Ada")


@pytest.fixture
def tasks(owner):
    project = make_project(owner)
    return [make_task(project, text, overlap=number) for number, text in enumerate(("a", "ä", '"c"'), start=1)]


def test_instances_come_with_related_rows_and_annotations(tasks):
    def by_id(number):
        joined = Task.objects.select_related("project__organization").annotate(twice=F("overlap") * 2)
        return joined.filter(pk=number)

    prepared = PreparedRows[Task](lambda: by_id(Slot("task")))
    for task in tasks:
        found, usual = prepared.first(task=task.pk), by_id(task.pk).get()
        assert found == usual == task
        assert {**vars(found), "_state": 0} == {**vars(usual), "_state": 0}
        with CaptureQueriesContext(connection) as statements:
            assert (found.project.title, found.project.organization.title) == ("Reviews", "House")
            assert (found.data, found.twice) == (task.data, task.overlap * 2)
        assert len(statements) == 0
    assert prepared.first(task=0) is None


def test_what_was_left_out_is_loaded_when_asked_for(tasks):
    ordered = Task.objects.select_related("project").order_by("pk")
    prepared = PreparedRows[Task](lambda: ordered.defer("data", "project__label_config"))
    found = prepared.all()
    assert [task.get_deferred_fields() for task in found] == [{"data"}] * 3
    assert [task.data for task in found] == [{"text": "a"}, {"text": "ä"}, {"text": '"c"'}]
    assert found[0].project.get_deferred_fields() == {"label_config"}
    assert found[0].project.label_config.startswith("<View>")


def test_plain_rows_come_as_dicts_and_tuples(tasks):
    def shown(least):
        return Task.objects.annotate(raw=RawJson("data")).filter(overlap__gte=least).order_by("-pk")

    as_dicts = PreparedRows(lambda: shown(Slot("least")).values("overlap", "raw", "pk", title=F("project__title")))
    as_tuples = PreparedRows(lambda: shown(Slot("least")).values_list("is_labeled", "created_at", "raw"))
    for least in (1, 2, 4):
        assert as_dicts.all(least=least) == list(shown(least).values("overlap", "raw", "pk", title=F("project__title")))
        assert as_tuples.all(least=least) == list(shown(least).values_list("is_labeled", "created_at", "raw"))
    assert as_dicts.first(least=2) == {"overlap": 3, "raw": '{"text":"\\"c\\""}', "pk": tasks[2].pk, "title": "Reviews"}
    assert as_tuples.first(least=1)[0] is False


def test_each_kind_of_value_finds_its_row(owner, tasks):
    lock = TaskLock.objects.create(task=tasks[0], project=tasks[0].project, user=owner, expires_at=LATE)
    by_token = PreparedRows[TaskLock](lambda: TaskLock.objects.filter(unique_id=Slot("token")))
    by_time = PreparedRows[TaskLock](lambda: TaskLock.objects.filter(expires_at__lte=Slot("moment")))
    by_name = PreparedRows[User](lambda: User.objects.filter(email=Slot("name"), is_active=Slot("active")))
    assert by_token.first(token=lock.unique_id) == lock
    assert by_token.first(token=uuid.uuid4()) is None
    assert by_time.all(moment=LATE) == [lock]
    assert by_time.all(moment=LATE.astimezone(timezone(timedelta(hours=-7)))) == [lock]
    assert by_time.all(moment=LATE - timedelta(microseconds=1)) == []
    assert by_name.first(name=owner.email, active=True) == owner
    assert by_name.first(name=owner.email, active=False) is None
    assert by_name.first(name="' OR 1=1 --", active=True) is None


def test_a_missing_value_is_a_mistake_and_a_needless_one_is_not(tasks):
    prepared = PreparedRows[Task](lambda: Task.objects.filter(pk=Slot("task")))
    assert prepared.first(task=tasks[0].pk, user=1) == tasks[0]
    with pytest.raises(KeyError):
        prepared.first(user=1)


def test_each_shape_is_made_once(tasks):
    made = []

    def make(*names):
        made.append(names)
        return Task.objects.filter(pk=Slot("task")).values(*names)

    prepared = PreparedRows(make)
    for _ in range(3):
        assert prepared.first("overlap", task=tasks[1].pk) == {"overlap": 2}
        assert prepared.first("id", "overlap", task=tasks[1].pk) == {"id": tasks[1].pk, "overlap": 2}
    assert made == [("overlap",), ("id", "overlap")]


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may_see_stays_the_same(role, owner, tasks):
    stranger = make_user(organization=make_organization(title="Other"), role=role)
    colleague = make_user(organization=owner.active_organization, role=role)
    member = make_user(organization=owner.active_organization, role=role)
    beside = make_project(owner, members=(member,))
    prepared = PreparedRows[Project](lambda reach: visible_projects(anybody(reach)).order_by("pk"))
    sees_all = role.covers(Role.MANAGER)
    expected = {
        stranger: [],
        colleague: [tasks[0].project, beside] if sees_all else [],
        member: [tasks[0].project, beside] if sees_all else [beside],
    }
    for person, projects in expected.items():
        who = actor_of(person)
        assert prepared.all(reach_of(who), **slots_of(who)) == projects == list(visible_projects(who).order_by("pk"))


def test_updates_write_what_they_are_told_and_count_rows(tasks):
    prepared = PreparedUpdate(
        lambda *names: (
            Task.objects.filter(overlap__gte=Slot("least")),
            {"meta": Slot("meta"), "completed_at": Slot("moment"), **{name: F(name) + Slot("more") for name in names}},
        )
    )
    assert prepared.run("overlap", least=2, meta='{"a":[1,"ü"]}', moment=LATE, more=10) == 2
    stored = list(Task.objects.order_by("pk").values_list("overlap", "meta", "completed_at"))
    assert stored == [(1, {}, None), (12, {"a": [1, "ü"]}, LATE), (13, {"a": [1, "ü"]}, LATE)]
    assert prepared.run(least=13, meta="{}", moment=None) == 1
    assert list(Task.objects.filter(pk=tasks[2].pk).values_list("meta", "completed_at", "overlap")) == [({}, None, 13)]
    assert prepared.run(least=99, meta="{}", moment=None) == 0


def test_deletes_take_only_what_they_name(owner, tasks):
    for task in tasks:
        TaskLock.objects.create(task=task, project=task.project, user=owner, expires_at=LATE)
    prepared = PreparedDelete(lambda: TaskLock.objects.filter(task=Slot("task"), user=Slot("user")))
    assert prepared.run(task=tasks[1].pk, user=owner.pk) == 1
    assert prepared.run(task=tasks[1].pk, user=owner.pk) == 0
    assert prepared.run(task=tasks[0].pk, user=owner.pk + 1) == 0
    assert list(TaskLock.objects.order_by("pk").values_list("task", flat=True)) == [tasks[0].pk, tasks[2].pk]


def test_a_new_row_is_stored_as_saving_stores_it(owner, tasks):
    def make(task):
        return Annotation(task=task, project=task.project, completed_by=owner, result=choice(), lead_time=1.5)

    before = now()
    ours, usual = make(tasks[0]), make(tasks[1])
    insert(ours)
    usual.save(force_insert=True)
    assert ours.pk is not None
    assert usual.pk == ours.pk + 1
    assert (ours._state.adding, ours._state.db) == (usual._state.adding, usual._state.db) == (False, "default")
    assert before <= ours.created_at <= usual.created_at
    stored = {row["id"]: row for row in Annotation.objects.values()}
    own = {"id", "task_id", "unique_id", "created_at", "updated_at"}
    assert {k: v for k, v in stored[ours.pk].items() if k not in own} == {
        k: v for k, v in stored[usual.pk].items() if k not in own
    }
    assert [stored[ours.pk][name] for name in sorted(own)] == [getattr(ours, name) for name in sorted(own)]
    ours.lead_time = 2.5
    ours.save(update_fields=["lead_time"])
    assert Annotation.objects.get(pk=ours.pk).lead_time == 2.5


def test_a_new_row_that_breaks_a_rule_is_refused(owner, tasks):
    first = Annotation(task=tasks[0], project=tasks[0].project, completed_by=owner, result=None, prediction=None)
    insert(first)
    again = Annotation(task=tasks[0], project=tasks[0].project, unique_id=first.unique_id)
    with pytest.raises(IntegrityError, match="unique_id"), transaction.atomic():
        insert(again)
    assert Annotation.objects.count() == 1
    assert Annotation.objects.get().result is None


def test_stored_json_text_goes_in_as_it_is(tasks):
    text = orjson.dumps({"z": 1, "a": [1.0, "é"]}).decode()
    row = Task(project=tasks[0].project, data=Raw(text))
    insert(row)
    assert Task.objects.annotate(raw=RawJson("data")).values_list("raw", flat=True).get(pk=row.pk) == text


def test_a_session_is_found_while_it_lasts(owner):
    session = UserSession.objects.create(session_key="k", session_data="", expire_date=LATE, user=owner)
    lasting = PreparedRows[UserSession](
        lambda: UserSession.objects.annotate(left=Value(LATE, DateTimeField())).filter(
            expire_date__gt=Slot("moment"), session_key=Slot("key")
        )
    )
    assert lasting.first(moment=LATE - timedelta(seconds=1), key="k") == session
    assert lasting.first(moment=LATE, key="k") is None
    assert lasting.first(moment=now(), key="k").left == LATE
