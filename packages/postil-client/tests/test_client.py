"""The waiting client against a real server."""

import json
from pathlib import Path

import httpx
import pytest
from tests.faults.server import Server

from postil_client import (
    ChangedMeanwhile,
    Client,
    Invalid,
    JobFailed,
    NotFound,
    Project,
    Unauthorized,
    column,
    data,
)

MOOD = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]


def texts(count: int) -> list[dict[str, str]]:
    return [{"text": f"number {number}"} for number in range(count)]


def test_a_script_from_project_to_labels(client: Client, project: Project) -> None:
    done: list[tuple[int, int | None]] = []
    found = project.import_tasks(texts(5), batch=2, progress=lambda at, total: done.append((at, total)))
    assert found["task_count"] == 5
    assert len(set(found["task_ids"])) == 5
    assert done == [(2, 5), (4, 5), (5, 5)]

    annotation = client.create_annotation(found["task_ids"][0], MOOD, lead_time=2.5)
    assert annotation["lead_time"] == 2.5
    labeled = list(project.get_labeled_tasks())
    assert [(task["data"]["text"], task["annotations"][0]["result"]) for task in labeled] == [("number 0", MOOD)]
    assert [task["id"] for task in project.get_unlabeled_tasks()] == found["task_ids"][1:]
    assert project.refresh().info["num_tasks_with_annotations"] == 1


def test_tasks_come_page_by_page_in_the_order_asked_for(project: Project) -> None:
    project.import_tasks(texts(7))
    found = [task["data"]["text"] for task in project.get_tasks(order=["-id"], page_size=3)]
    assert found == [f"number {number}" for number in reversed(range(7))]
    assert [task["id"] for task in project.get_tasks(page_size=7)] == sorted(t["id"] for t in project.get_tasks())


def test_filters_choose_tasks(client: Client, project: Project) -> None:
    ids = project.import_tasks(texts(12))["task_ids"]
    client.create_prediction(ids[3], {"choices": ["good"]}, score=0.25, model_version="v1")

    def chosen(where: object) -> list[int]:
        return [task["id"] for task in project.get_tasks(where)]  # type: ignore[arg-type]

    assert chosen(data("text").contains("NUMBER 1")) == [ids[1], ids[10], ids[11]]
    assert chosen(data("text").contains("number 1") & (column("id") > ids[1])) == ids[10:]
    assert chosen((column("id") == ids[0]) | (column("id") == ids[5])) == [ids[0], ids[5]]
    assert chosen((column("id") > ids[9]) & ((data("text") == "number 10") | (data("text") == "number 3"))) == [ids[10]]
    assert chosen(~(column("id") > ids[1])) == ids[:2]
    assert chosen((column("id") < ids[4]) & ~data("text").contains("2") & ~(column("id") == ids[0])) == [ids[1], ids[3]]
    assert chosen(column("id").between(ids[2], ids[4])) == ids[2:5]
    assert chosen(column("id").one_of([ids[7], ids[8]])) == ids[7:9]
    assert chosen(column("total_predictions") == 1) == [ids[3]]
    assert chosen(data("text").matches("^number [35]$")) == [ids[3], ids[5]]


def test_an_export_arrives_as_an_iterator_and_as_a_file(client: Client, project: Project, tmp_path: Path) -> None:
    ids = project.import_tasks([{"text": "ä" * 1000 + str(number)} for number in range(900)])["task_ids"]
    client.create_annotation(ids[4], MOOD)
    assert [task["id"] for task in project.export_tasks(only_annotated=False)] == ids
    assert [task["id"] for task in project.export_tasks()] == [ids[4]]
    assert [task["id"] for task in project.export_tasks(ids=ids[3:6], only_annotated=False)] == ids[3:6]

    sizes: list[int] = []
    path = project.export_file(
        tmp_path / "all.json", only_annotated=False, progress=lambda at, _total: sizes.append(at)
    )
    assert [task["id"] for task in json.loads(path.read_text())] == ids
    assert sizes[-1] == path.stat().st_size
    assert list(tmp_path.iterdir()) == [path]

    with pytest.raises(Invalid, match="NOPE is not supported"):
        project.export_file(tmp_path / "no.json", "NOPE")
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_imported_by_a_job(project: Project, tmp_path: Path) -> None:
    good = tmp_path / "tasks.json"
    good.write_text(json.dumps(texts(2500)))
    steps: list[int] = []
    assert project.import_tasks(good, progress=lambda done, _total: steps.append(done))["task_count"] == 2500
    assert steps[-1] == 2500

    bad = tmp_path / "bad.csv"
    bad.write_text("text,other\nfine,1\n,,,\n")
    with pytest.raises(JobFailed, match="Nothing was imported") as caught:
        project.import_tasks(bad)
    assert caught.value.job["state"] == "failed"
    assert project.refresh().info["task_number"] == 2500


def test_predictions_that_do_not_fit_are_named(project: Project) -> None:
    ids = project.import_tasks(texts(2))["task_ids"]
    wrong = [{**MOOD[0], "from_name": "nothing"}]
    found = project.import_predictions(
        [{"task": ids[0], "result": MOOD, "model_version": "v1"}, {"task": ids[1], "result": wrong}]
    )
    assert found["created"] == 1
    assert len(found["errors"]) == 1
    assert project.get_model_versions() == {"v1": 1}


def test_a_change_by_somebody_else_is_not_overwritten(client: Client, project: Project) -> None:
    task = project.import_tasks(texts(1))["task_ids"][0]
    mine = client.create_annotation(task, MOOD)
    seen = client.get_annotation(mine["id"])
    assert (seen["etag"], seen["result"]) == (mine["etag"], MOOD)
    theirs = client.update_annotation(mine["id"], etag=seen["etag"], lead_time=1.0)
    with pytest.raises(ChangedMeanwhile) as caught:
        client.update_annotation(mine["id"], etag=seen["etag"], lead_time=9.0)
    assert caught.value.current["lead_time"] == 1.0
    assert client.update_annotation(mine["id"], etag=theirs["etag"], lead_time=2.0)["lead_time"] == 2.0


def test_predictions_come_and_go(client: Client, project: Project) -> None:
    task = project.import_tasks(texts(1))["task_ids"][0]
    made = client.create_prediction(task, {"choices": ["good"]}, score=0.5, model_version="v1")
    assert [each["id"] for each in client.get_task(task)["predictions"]] == [made["id"]]
    client.delete_prediction(made["id"])
    assert client.get_task(task)["predictions"] == []


def test_deleting_nothing_deletes_nothing(client: Client, project: Project) -> None:
    ids = project.import_tasks(texts(3))["task_ids"]
    project.delete_tasks([])
    assert project.refresh().info["task_number"] == 3
    project.delete_tasks(ids[:1])
    client.delete_task(ids[1])
    assert [task["id"] for task in project.get_tasks()] == ids[2:]
    assert client.update_task(ids[2], meta={"source": "a"})["meta"] == {"source": "a"}


def test_projects_are_found_changed_and_deleted(client: Client) -> None:
    made = client.create_project("Unmistakable title")
    assert [project.id for project in client.list_projects(title="unmistakable")] == [made.id]
    assert made.update(description="new").info["description"] == "new"
    made.delete()
    with pytest.raises(NotFound):
        client.get_project(made.id)
    assert repr(made) == f"<Project {made.id}: Unmistakable title>"


def test_errors_name_the_field(client: Client) -> None:
    with pytest.raises(Invalid) as caught:
        client.create_project("Broken", "<View><Text></View>")
    assert "label_config" in caught.value.fields
    assert "label_config" in str(caught.value)
    assert caught.value.error_id


def test_a_wrong_key_is_said(server: Server) -> None:
    with Client(server.url, "f" * 40) as client, pytest.raises(Unauthorized):
        client.check()


def test_a_key_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POSTIL_API_KEY", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ValueError, match="POSTIL_API_KEY"):
        Client("http://localhost:1")


def test_address_and_key_come_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", server.url + "/")
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "0123456789abcdef0123456789abcdef01234567")
    with Client() as client:
        assert client.check()["email"] == "owner@example.com"


def test_a_personal_token_is_exchanged(server: Server, client: Client) -> None:
    answer = httpx.post(
        f"{server.url}/api/token/", headers={"Authorization": "Token 0123456789abcdef0123456789abcdef01234567"}
    )
    with Client(server.url, answer.json()["token"]) as personal:
        assert personal.check()["email"] == "owner@example.com"
        assert personal.check()["id"] == client.check()["id"]
