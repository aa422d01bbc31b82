"""What differs between databases, and what threads may do to each other."""

import gc
import weakref

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from postil.accounts.models import User
from postil.accounts.tests.factories import make_user
from postil.infra.db import let_go, without_waiting
from postil.infra.tests.test_concurrency import at_once


class Mark:
    """Something whose end can be seen."""


@pytest.mark.django_db
def test_letting_go_frees_what_a_traceback_keeps_alive():
    seen = []

    def fail():
        mark = Mark()
        seen.append(weakref.ref(mark))
        raise ValueError("x")

    def fail_behind():
        try:
            fail()
        except ValueError as inner:
            raise KeyError("y") from inner

    gc.disable()
    try:
        with pytest.raises(KeyError) as caught:
            fail_behind()
        assert seen[0]() is not None
        let_go(caught.value)
        assert seen[0]() is None
    finally:
        gc.enable()


@pytest.mark.django_db(transaction=True)
def test_what_may_be_left_out_does_not_wait_for_another_writer():
    user = make_user(organization=None)
    answers = []

    def write_beside():
        try:
            with without_waiting(), transaction.atomic():
                User.objects.filter(pk=user.pk).update(phone="1")
        except DatabaseError as error:
            let_go(error)
            return "left out"
        return "written"

    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(phone="2")
        answers += at_once(write_beside)
    answers += at_once(write_beside)
    assert answers == ["left out", "written"]


@pytest.mark.django_db(transaction=True)
def test_failing_and_writing_threads_do_not_stop_each_other():
    """Errors of one thread must not be collected by another that holds what the first one waits for."""
    make_user(organization=None, email="taken@example.com")

    def fail_and_write():
        for number in range(20):
            try:
                with transaction.atomic():
                    User.objects.create(email="taken@example.com")
            except IntegrityError as error:
                let_go(error)
            with transaction.atomic():
                User.objects.filter(email="taken@example.com").update(phone=str(number))
        return connection.vendor

    assert len(at_once(*[fail_and_write] * 6)) == 6
    assert User.objects.get().phone == "19"
