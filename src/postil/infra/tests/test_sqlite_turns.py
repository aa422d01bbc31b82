"""Transactions on SQLite take turns, and no turn is ever lost."""

import sqlite3
import threading
import time
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, connections, transaction

from postil.accounts.models import User
from postil.accounts.tests.factories import make_user
from postil.infra import db
from postil.infra.db import is_postgres
from postil.infra.sqlite import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(is_postgres(), reason="PostgreSQL has many writers and needs no turns"),
]
PATIENCE_S = 20


@pytest.fixture
def user():
    return make_user(organization=None)


def beside(act):
    """Run `act` in a thread with a connection of its own; returns its result or what it raised."""
    found = []

    def run():
        try:
            found.append(act())
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(PATIENCE_S)
    assert found, "it still waits"
    return found[0]


def rename(user, phone="1"):
    with transaction.atomic():
        return User.objects.filter(pk=user.pk).update(phone=phone)


def test_who_comes_second_writes_as_soon_as_the_first_is_done(user):
    started, results = threading.Event(), []

    def second():
        started.set()
        results.append(rename(user, "second"))
        results.append(time.monotonic())
        connections.close_all()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(phone="first")
        thread.start()
        assert started.wait(PATIENCE_S)
        thread.join(0.3)  # long enough for SQLite's own naps to have become long
        assert results == []
    freed = time.monotonic()
    thread.join(PATIENCE_S)
    assert results[0] == 1
    assert results[1] - freed < 5
    assert User.objects.get(pk=user.pk).phone == "second"


def test_a_failed_transaction_gives_its_turn_back(user):
    def fail():
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(phone="lost")
            raise ValueError("x")

    for _ in range(3):
        with pytest.raises(ValueError, match="x"):
            fail()
        assert beside(lambda: rename(user)) == 1
    assert User.objects.get(pk=user.pk).phone == "1"


def test_a_savepoint_keeps_the_turn(user, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    with transaction.atomic():
        with pytest.raises(ValueError, match="x"), transaction.atomic():
            raise ValueError("x")
        assert isinstance(beside(lambda: rename(user)), OperationalError)
    assert beside(lambda: rename(user)) == 1


def test_a_connection_that_closes_in_the_middle_gives_its_turn_back(user):
    def leave():
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(phone="lost")
            connection.close()

    assert beside(leave) is None
    assert beside(lambda: rename(user)) == 1


def test_who_waits_for_another_process_looks_as_often_after_long_as_at_first(user, monkeypatch):
    path = connection.settings_dict["NAME"]
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    turn = base.turn_of(str(path))
    naps, wanted = [], [turn.is_wanted()]

    def nap(seconds):
        naps.append(seconds)
        wanted.append(turn.is_wanted())
        if len(naps) == 50:
            other.execute("ROLLBACK")

    monkeypatch.setattr(base, "time", SimpleNamespace(sleep=nap, monotonic=time.monotonic))
    try:
        assert beside(lambda: rename(user)) == 1
    finally:
        other.close()
    assert naps == [base.LOOK_EVERY_S] * 50
    # Meanwhile other processes could see that somebody waits.
    assert [*wanted, turn.is_wanted()] == [False, *[True] * 50, False]


def test_a_begin_that_another_process_prevents_gives_its_turn_back(user, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "locked" in str(beside(lambda: rename(user)))
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert beside(lambda: rename(user)) == 1


def test_waiting_for_a_turn_has_an_end(user, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    with transaction.atomic():
        refused = beside(lambda: rename(user))
        assert isinstance(refused, OperationalError)
        assert str(refused) == "database is locked"
        assert beside(lambda: User.objects.get(pk=user.pk)) == user  # reading needs no turn
    assert beside(lambda: rename(user)) == 1


def test_work_in_steps_breaks_off_only_for_somebody(user, monkeypatch):
    turn = base.turn_of(str(connection.settings_dict["NAME"]))
    naps = []
    monkeypatch.setattr(db, "time", SimpleNamespace(sleep=naps.append))
    db.let_others_write()
    assert naps == []
    with transaction.atomic():
        thread = threading.Thread(target=lambda: (rename(user), connections.close_all()))
        thread.start()
        while not turn.waiting:
            thread.join(0.01)
        db.let_others_write()  # not inside a transaction
        assert naps == []
        assert turn.is_wanted()
    thread.join(PATIENCE_S)
    assert not turn.is_wanted()
    monkeypatch.setattr(turn, "waiting", 1)
    db.let_others_write()
    assert naps == [db.BREATH_S]
