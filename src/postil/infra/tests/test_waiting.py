"""Waiting for other servers: bounded in requests, never inside a transaction."""

from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import transaction

from postil.core.errors import Invalid, Unavailable
from postil.infra.db import in_transaction
from postil.infra.outgoing import check_address, send
from postil.infra.tests.test_concurrency import at_once
from postil.infra.waiting import serving, waiting_for_others

ROOM = settings.CONFIG.threads // 2


def take_places(stack, count):
    for _ in range(count):
        stack.enter_context(serving())
        stack.enter_context(waiting_for_others())


def test_half_of_the_threads_may_wait_and_the_next_request_is_told_so():
    with ExitStack() as stack:
        take_places(stack, ROOM)
        with serving(), pytest.raises(Unavailable) as refused:
            check_address("http://192.0.2.1/", purpose="model")
        assert refused.value.detail.startswith("Other servers are slow")
        with serving(), pytest.raises(Unavailable):
            send("GET", "http://192.0.2.1/", purpose="model")
    with serving(), pytest.raises(Invalid):  # there is room again: refused for its address now
        check_address("http://192.0.2.1/", purpose="model")


def test_one_request_takes_one_place_however_deep_it_waits():
    with ExitStack() as stack:
        take_places(stack, ROOM - 1)
        with serving(), waiting_for_others(), waiting_for_others(), waiting_for_others():
            pass  # there was one place left
        with serving(), waiting_for_others():
            pass


def test_background_work_is_not_bounded_by_requests():
    with ExitStack() as stack:
        take_places(stack, ROOM)

        def work():
            with waiting_for_others():
                return "done"

        assert at_once(work, work) == ["done", "done"]


def test_a_place_is_given_back_after_an_error():
    for _ in range(ROOM * 2):
        with serving(), pytest.raises(ValueError, match="x"), waiting_for_others():
            raise ValueError("x")


@pytest.mark.django_db
def test_waiting_inside_a_transaction_is_reported():
    assert not in_transaction()  # the one that the test runs in does not count
    with transaction.atomic():
        assert in_transaction()
        with pytest.raises(RuntimeWarning, match="transaction is open"):
            check_address("http://192.0.2.1/", purpose="model")
    assert not in_transaction()


@pytest.mark.django_db(transaction=True)
def test_outside_of_tests_transactions_are_told_from_none():
    assert not in_transaction()
    with transaction.atomic(), transaction.atomic():
        assert in_transaction()
    assert not in_transaction()
