"""What a server sends of its own requests: handed over in memory with a lease, and awaited for single acts only."""

import pytest

from postil.core.clock import now
from postil.infra.outbox import MOST_HANDED, Handed
from postil.infra.waiting import serve_a_script, serving
from postil.webhooks import actions, sender
from postil.webhooks.enums import Action
from postil.webhooks.models import Delivery, DeliveryState, Webhook
from postil.webhooks.queries import due_deliveries
from postil.webhooks.sender import LEASE, SINGLE_ACTS, SINGLE_S, is_worth_waiting, run_lane
from postil.webhooks.tests.test_webhooks import client, project, receiver, subscribe

pytestmark = pytest.mark.django_db
__all__ = ["client", "project", "receiver"]
QUICK = 10_001


@pytest.fixture
def hook(client, project, receiver) -> Webhook:
    return Webhook.objects.get(pk=subscribe(client, project, receiver.url)["id"])


def leased(*hooks: Webhook, for_s: float = LEASE.total_seconds()) -> list[Delivery]:
    return actions.queue(
        hooks, Action.PROJECT_UPDATED, {"action": "PROJECT_UPDATED", "project": {"id": 1}}, for_s=for_s
    )


def test_single_acts_wait_for_a_quick_receiver_and_many_in_a_row_do_not():
    waits = [is_worth_waiting(QUICK, 100 + number * 0.01) for number in range(SINGLE_ACTS * 3)]
    assert waits == [True] * SINGLE_ACTS + [False] * SINGLE_ACTS * 2
    assert is_worth_waiting(QUICK, 100 + SINGLE_S)
    assert is_worth_waiting(QUICK + 1, 100)


def test_nobody_waits_for_a_receiver_that_failed(hook, receiver):
    receiver.status = 500
    assert run_lane(leased(hook)) == 1
    assert not is_worth_waiting(hook.pk, 0)
    receiver.status = 200
    assert run_lane(leased(hook)) == 1
    assert is_worth_waiting(hook.pk, 0)


def test_what_a_server_owes_is_its_own_until_the_lease_ends(hook, receiver, django_assert_num_queries):
    owed = leased(hook, hook)
    assert due_deliveries(now(), 10) == []
    assert [row.pk for row in due_deliveries(now() + LEASE, 10)] == [row.pk for row in owed]
    with django_assert_num_queries(4):  # a savepoint, and one note for each: nothing is looked for, nothing claimed
        assert run_lane(owed) == 2
    assert len(receiver.seen) == 2
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DELIVERED}


def test_what_lay_too_long_is_claimed_first(hook, receiver):
    owed = leased(hook, for_s=LEASE.total_seconds() / 3)
    Delivery.objects.update(next_at=now() + LEASE)  # the worker was quicker
    assert run_lane(owed) == 0
    assert receiver.seen == []


def test_a_webhook_that_is_deleted_while_its_call_goes_out_leaves_no_trace(hook, receiver):
    owed = leased(hook)
    hook.delete()
    assert run_lane(owed) == 1
    assert Delivery.objects.count() == 0


def test_the_worker_gets_what_nobody_waits_for_until_it_is_calm_again(monkeypatch):
    quick = [number * 0.01 for number in range(SINGLE_ACTS)]
    moments = iter([*quick, 0.4, 1.5, 2.0, 4.1])
    monkeypatch.setattr(sender, "monotonic_s", lambda: next(moments))
    assert sender.is_sent_here(QUICK + 2), "what a job owes, the worker's own process sends"
    with serving():
        serve_a_script()
        sent = [sender.is_sent_here(QUICK + 3) for _ in range(SINGLE_ACTS + 4)]
    assert sent == [True] * SINGLE_ACTS + [False] * 3 + [True]


def test_people_leave_everything_to_the_worker():
    with serving():
        assert not sender.is_sent_here(QUICK + 4)


def test_only_requests_keep_what_they_owe_from_the_worker(monkeypatch):
    monkeypatch.setattr(sender, "runs_at_once", lambda: False)
    assert sender.head_start_s() == 0
    with serving():
        assert sender.head_start_s() == LEASE.total_seconds()


def test_rows_are_handed_to_idle_receivers_in_order_and_the_oldest_are_given_up():
    handed = Handed[int](lambda row: row % 3)
    handed.put([1, 2, 3, 4])
    assert handed.take({1}) == [2, 3]
    assert handed.take({1}) == []
    assert handed.take(()) == [1, 4]
    handed.put(range(MOST_HANDED + 5))
    assert handed.take(()) == list(range(5, MOST_HANDED + 5))
