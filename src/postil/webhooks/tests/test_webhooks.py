"""Webhooks: who may have them, what is owed, what arrives, and what happens when a receiver fails."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from postil.core.clock import now
from postil.infra.secrets import decrypt
from postil.webhooks import sender
from postil.webhooks.actions import DELAYS_S, claim, drop_old_deliveries
from postil.webhooks.models import Delivery, DeliveryState, Webhook
from postil.webhooks.queries import due_deliveries
from postil.webhooks.sender import CHUNK, LEASE, attempt, run_lane

CONFIG = (
    '<View><Text name="t" value="$text"/>'
    '<Choices name="c" toName="t"><Choice value="a"/><Choice value="b"/></Choices></View>'
)
ANSWER = [{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}]
pytestmark = pytest.mark.django_db


class Receiver:
    """A real server that keeps what it is sent."""

    def __init__(self) -> None:
        self.seen: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.seen.append((dict(self.headers), body))
                self.send_response(outer.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def client(client_for, owner):
    return client_for(owner)


@pytest.fixture
def project(client) -> int:
    return client.post("/api/projects/", {"title": "Hooks", "label_config": CONFIG}).json["id"]


def owed() -> list[tuple[str, dict[str, Any]]]:
    return [(row.action, json.loads(row.body)) for row in Delivery.objects.order_by("pk")]


def subscribe(client, project, url="http://127.0.0.1:9/hook", **fields) -> dict[str, Any]:
    answer = client.post("/api/webhooks/", {"project": project, "url": url, **fields})
    assert answer.status == 201, answer.json
    return answer.json


def test_a_webhook_is_made_with_the_defaults(client, project):
    made = subscribe(client, project)
    expected = {
        "project": project, "url": "http://127.0.0.1:9/hook", "send_payload": True, "send_for_all_actions": True,
        "headers": {}, "is_active": True, "actions": [],
    }  # fmt: skip
    assert "secret_is_set" not in made
    assert {key: made[key] for key in expected} == expected
    assert client.get(f"/api/webhooks/{made['id']}/").json == made
    assert client.get(f"/api/webhooks/?project={project}").json == [made]


def test_a_partial_update_keeps_the_rest(client, project):
    made = subscribe(client, project, actions=["TASKS_CREATED"], send_for_all_actions=False)
    changed = client.patch(f"/api/webhooks/{made['id']}/", {"is_active": False}).json
    assert changed["actions"] == ["TASKS_CREATED"]
    assert changed["is_active"] is False


def test_keys_in_headers_are_hidden_and_kept(client, project):
    made = subscribe(client, project, headers={"X-Team": "blue", "Authorization": "Bearer k"}, secret="s3cret-text")
    assert made["headers"] == {"X-Team": "blue", "Authorization": "********"}
    assert made["secret_is_set"] is True
    changed = client.patch(f"/api/webhooks/{made['id']}/", {"headers": made["headers"]}).json
    assert changed["headers"] == made["headers"]
    stored = Webhook.objects.get(pk=made["id"])
    assert json.loads(decrypt(stored.headers)) == {"X-Team": "blue", "Authorization": "Bearer k"}
    assert "s3cret" not in stored.secret


def test_another_address_asks_for_the_secrets_again(client, project):
    made = subscribe(client, project, secret="s3cret-text")
    answer = client.patch(f"/api/webhooks/{made['id']}/", {"url": "http://127.0.0.1:9/other"})
    assert answer.status == 403
    answer = client.patch(f"/api/webhooks/{made['id']}/", {"url": "http://127.0.0.1:9/other", "headers": {}})
    assert answer.status == 403
    assert Webhook.objects.get(pk=made["id"]).url == "http://127.0.0.1:9/hook"
    answer = client.patch(f"/api/webhooks/{made['id']}/", {"url": "http://127.0.0.1:9/other", "secret": "another"})
    assert (answer.status, answer.json["url"]) == (200, "http://127.0.0.1:9/other")


@pytest.mark.parametrize("name", ["X-Auth", "Authorization", "X-Key", "X-Signature", "Cookie", "X-Passphrase"])
def test_values_of_headers_that_may_be_keys_are_never_given_back(client, project, name):
    made = subscribe(client, project, headers={name: "given-once"})
    assert made["headers"] == {name: "********"}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"url": "not a url"}, "url"),
        ({"actions": ["NOPE"]}, "actions"),
        ({"headers": {"bad header": "x"}}, "headers"),
        ({"headers": {"Host": "x"}}, "headers"),
        ({"headers": {"X-Name": "日本"}}, "headers"),
        ({"headers": {"X-Name": "a\r\nX-Other: b"}}, "headers"),
        ({"headers": {f"X-{n}": "x" for n in range(11)}}, "headers"),
        ({"actions": ["PROJECT_CREATED"], "send_for_all_actions": False}, "non_field_errors"),
    ],
)
def test_bad_input_is_refused_with_its_place(client, project, fields, place):
    answer = client.post("/api/webhooks/", {"project": project, "url": "http://127.0.0.1:9/x", **fields})
    assert answer.status == 400
    assert list(answer.json["validation_errors"]) == [place]
    assert Webhook.objects.count() == 0


def test_strangers_outsiders_and_annotators_get_nothing(client, project, client_for, annotator, outsider):
    made = subscribe(client, project)
    path = f"/api/webhooks/{made['id']}/"
    assert client_for(annotator).get(path).status == 403
    assert client_for(outsider).get(path).status == 404
    assert client_for(outsider).get("/api/webhooks/").json == []
    assert (
        client_for(outsider).post("/api/webhooks/", {"project": project, "url": "http://127.0.0.1:9/x"}).status == 404
    )


def test_the_catalogue_names_what_belongs_to_the_organization(client):
    own = client.get("/api/webhooks/info/?organization-only=true").json
    assert sorted(own) == ["PROJECT_CREATED", "PROJECT_DELETED"]
    whole = client.get("/api/webhooks/info/").json
    assert whole["TASKS_CREATED"] == {
        "name": "Tasks created",
        "description": "",
        "key": "tasks",
        "organization-only": False,
    }


def test_an_import_owes_one_call_with_all_tasks(client, project):
    subscribe(client, project)
    client.post(f"/api/projects/{project}/import/", [{"text": "one"}, {"text": "two"}])
    [(action, body)] = owed()
    assert action == "TASKS_CREATED"
    assert [task["data"] for task in body["tasks"]] == [{"text": "one"}, {"text": "two"}]
    assert body["project"]["task_number"] == 2
    assert "token" not in body["project"]


def test_an_annotation_owes_calls_as_it_comes_changes_and_goes(client, project):
    task = client.post("/api/tasks/", {"project": project, "data": {"text": "one"}}).json
    subscribe(client, project)
    made = client.post(f"/api/tasks/{task['id']}/annotations/", {"result": ANSWER}).json
    client.patch(f"/api/annotations/{made['id']}/", {"result": []})
    client.delete(f"/api/annotations/{made['id']}/")
    calls = owed()
    assert [action for action, _ in calls] == ["ANNOTATION_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_DELETED"]
    created, changed, deleted = (body for _, body in calls)
    assert created["annotation"]["result"] == ANSWER
    assert created["task"]["id"] == task["id"]
    assert created["project"]["total_annotations_number"] == 1
    assert changed["annotation"]["result"] == []
    assert deleted["annotations"] == [{"id": made["id"]}]


def test_only_wanted_events_are_owed_and_payloads_may_be_left_out(client, project):
    subscribe(client, project, send_for_all_actions=False, actions=["TASKS_DELETED"], send_payload=False)
    task = client.post("/api/tasks/", {"project": project, "data": {"text": "one"}}).json
    client.delete(f"/api/tasks/{task['id']}/")
    assert owed() == [("TASKS_DELETED", {"action": "TASKS_DELETED"})]


def test_a_webhook_of_the_organization_hears_projects_come_and_go(client):
    made = client.post("/api/webhooks/", {"url": "http://127.0.0.1:9/org"}).json
    assert made["project"] is None
    project = client.post("/api/projects/", {"title": "New one"}).json["id"]
    client.delete(f"/api/projects/{project}/")
    calls = owed()
    assert [action for action, _ in calls] == ["PROJECT_CREATED", "PROJECT_DELETED"]
    assert calls[1][1]["project"] == {"id": project}


def test_a_delivery_arrives_with_headers_and_signature(client, project, receiver):
    subscribe(client, project, url=receiver.url, headers={"X-Team": "blue"}, secret="s3cret-text")
    client.post("/api/tasks/", {"project": project, "data": {"text": "one"}})
    delivery = attempt(Delivery.objects.get())
    [(headers, body)] = receiver.seen
    expected = "sha256=" + hmac.new(b"s3cret-text", body, hashlib.sha256).hexdigest()
    assert headers["X-Team"] == "blue"
    assert headers["X-Postil-Signature"] == expected
    assert json.loads(body)["action"] == "TASKS_CREATED"
    assert (delivery.state, delivery.status, delivery.error) == (DeliveryState.DELIVERED, 200, "")


def test_a_failed_delivery_is_tried_again_later_and_given_up_after_a_day(client, project, receiver):
    receiver.status = 500
    subscribe(client, project, url=receiver.url)
    client.post("/api/tasks/", {"project": project, "data": {"text": "one"}})
    delivery = Delivery.objects.get()
    for number, delay_s in enumerate(DELAYS_S, 1):
        before = now()
        delivery = attempt(delivery)
        assert (delivery.state, delivery.attempts, delivery.status) == (DeliveryState.PENDING, number, 500)
        assert before + timedelta(seconds=delay_s) <= delivery.next_at <= now() + timedelta(seconds=delay_s)
    assert attempt(delivery).state == DeliveryState.FAILED
    assert delivery.error == "The receiver answered 500."


def test_the_log_shows_deliveries_and_replays_one(client, project, receiver):
    made = subscribe(client, project, url=receiver.url)
    client.post("/api/tasks/", {"project": project, "data": {"text": "one"}})
    attempt(Delivery.objects.get())
    log = client.get(f"/api/webhooks/{made['id']}/deliveries/").json
    assert [(row["action"], row["state"], row["attempts"]) for row in log["results"]] == [
        ("TASKS_CREATED", "delivered", 1)
    ]
    path = f"/api/webhooks/{made['id']}/deliveries/{log['results'][0]['id']}/"
    assert json.loads(client.get(path).json["body"])["action"] == "TASKS_CREATED"
    assert client.post(path + "replay/").status == 201
    assert Delivery.objects.filter(state="pending").count() == 1


def test_old_deliveries_are_forgotten_and_pending_ones_kept(client, project):
    subscribe(client, project)
    client.post("/api/tasks/", {"project": project, "data": {"text": "one"}})
    kept = Delivery.objects.get()
    old = Delivery.objects.create(webhook=kept.webhook, action="TASKS_CREATED", body="{}", next_at=now())
    Delivery.objects.filter(pk=old.pk).update(state="delivered", finished_at=now() - timedelta(days=31))
    assert drop_old_deliveries() == 1
    assert list(Delivery.objects.all()) == [kept]


def test_a_delivery_is_sent_by_one_process_only(client, project, receiver):
    subscribe(client, project, url=receiver.url)
    client.post("/api/tasks/", {"project": project, "data": {"text": "one"}})
    mine, theirs = Delivery.objects.get(), Delivery.objects.get()
    [taken] = claim([mine], LEASE)
    assert taken == mine
    assert claim([theirs], LEASE) == []
    assert list(due_deliveries(now(), 10)) == []
    assert [row.pk for row in due_deliveries(now() + LEASE + timedelta(seconds=1), 10)] == [mine.pk]


def test_links_of_labels_are_told_with_their_label(client, project):
    subscribe(client, project)
    label = {"title": "Cat", "value": "cat", "project": project, "from_name": "c"}
    made = client.post("/api/labels/", [label]).json[0]
    link = client.get(f"/api/label_links/?project={project}").json["results"][0]
    client.patch(f"/api/label_links/{link['id']}/", {"from_name": "d"})
    client.delete(f"/api/labels/{made['id']}/")
    created, changed, deleted = owed()
    assert (created[0], created[1]["label_link"], created[1]["label"]["value"]) == ("LABEL_LINK_CREATED", link, "cat")
    assert (changed[0], changed[1]["label_link"]["from_name"]) == ("LABEL_LINK_UPDATED", "d")
    assert (deleted[0], deleted[1]["label_link"]) == ("LABEL_LINK_DELETED", {"id": link["id"]})


def owe_many(client, project, count) -> list[Delivery]:
    """Owe a receiver so many calls."""
    client.post("/api/tasks/", {"project": project, "data": {"text": "one"}})
    first = Delivery.objects.get()
    rows = [Delivery(webhook=first.webhook, action=first.action, body=first.body, next_at=first.next_at)] * (count - 1)
    Delivery.objects.bulk_create(rows)
    return list(due_deliveries(now(), 500))


def test_a_lane_sends_in_order_and_notes_every_call(client, project, receiver, monkeypatch):
    monkeypatch.setattr(sender, "CHUNK_S", 60.0)
    subscribe(client, project, url=receiver.url)
    due = owe_many(client, project, CHUNK + 5)
    assert run_lane(due) == CHUNK + 5
    sent = [int(headers["X-Postil-Delivery"]) for headers, _ in receiver.seen]
    assert sent == [delivery.pk for delivery in due]
    assert set(Delivery.objects.values_list("state", "attempts", "status")) == {("delivered", 1, 200)}
    assert run_lane([]) == 0


def test_a_lane_ends_with_the_first_failure_and_leaves_the_rest_due(client, project, receiver):
    subscribe(client, project, url=receiver.url)
    due = owe_many(client, project, 5)
    receiver.status = 500
    assert run_lane(due) == 1
    [failed] = Delivery.objects.filter(attempts=1)
    assert failed.error == "The receiver answered 500."
    assert [delivery.pk for delivery in due_deliveries(now(), 10)] == [delivery.pk for delivery in due[1:]]
    receiver.status = 200
    assert run_lane(due_deliveries(now(), 10)) == 4


def test_a_lane_that_takes_long_notes_what_it_sent_and_goes_on(client, project, receiver, monkeypatch):
    monkeypatch.setattr(sender, "CHUNK_S", 0.0)
    subscribe(client, project, url=receiver.url)
    due = owe_many(client, project, CHUNK + 5)
    assert run_lane(due) == 1, "later chunks do not overtake what is left of the first"
    assert [delivery.pk for delivery in due_deliveries(now(), 100)] == [delivery.pk for delivery in due[1:]]
