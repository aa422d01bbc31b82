"""Snapshots: what they hold, options, conversions, downloads that go on, files that are gone."""

import csv
import io
import json
from typing import Any

import pytest

from postil.exports.models import ConvertedFormat, Export
from postil.exports.tests.conftest import choice
from postil.infra.models import Job


def direct(api: Any, project: int, query: str = "") -> Any:
    return api.get(f"/api/projects/{project}/export?{query}")


def exported_ids(answer: Any) -> list[int]:
    return [task["id"] for task in json.loads(answer.content)]


def make(api: Any, project: int, **body: Any) -> dict[str, Any]:
    answer = api.post(f"/api/projects/{project}/exports/", body)
    assert answer.status == 201, answer.json
    return dict(answer.json)


def download(api: Any, project: int, export_id: int, query: str = "") -> Any:
    return api.get(f"/api/projects/{project}/exports/{export_id}/download?{query}")


def test_a_snapshot_holds_all_tasks_and_stays_as_it_was(api: Any, project: int, ids: list[int], manager: Any) -> None:
    made = make(api, project)
    assert (made["status"], made["counters"], made["converted_formats"]) == ("completed", {"task_number": 4}, [])
    assert made["title"].startswith("My-Reviews-at-20")
    assert made["created_by"]["id"] == manager.pk
    assert (made["task_filter_options"], made["serialization_options"]) == (None, None)
    assert len(made["md5"]) == 32
    api.delete(f"/api/tasks/{ids[0]}/")
    assert exported_ids(download(api, project, made["id"])) == ids
    assert api.get(f"/api/projects/{project}/exports/{made['id']}").json["md5"] == made["md5"]
    newer = make(api, project, title="Second")
    assert [row["id"] for row in api.get(f"/api/projects/{project}/exports/").json] == [newer["id"], made["id"]]
    files = api.get(f"/api/projects/{project}/export/files").json["export_files"]
    assert [file["name"] for file in files] == ["Second.json", f"{made['title']}.json"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"task_filter_options": {"annotated": "only"}}, [0, 1]),
        ({"task_filter_options": {"annotated": "exclude"}}, [2, 3]),
        ({"task_filter_options": {"skipped": "only"}}, [2]),
        ({"task_filter_options": {"skipped": "exclude"}}, [0, 1, 3]),
        ({"task_filter_options": {"finished": "only"}}, [0, 1]),
        ({"task_filter_options": {"finished": "exclude", "skipped": "only"}}, [2]),
        ({"task_filter_options": {"only_with_annotations": True}}, [0, 1, 2]),
        ({"task_filter_options": {"only_with_annotations": True},
          "annotation_filter_options": {"ground_truth": True}}, [1]),
    ],
)  # fmt: skip
def test_snapshots_of_some_tasks(
    api: Any, project: int, ids: list[int], options: dict[str, Any], expected: list[int]
) -> None:
    made = make(api, project, **options)
    assert exported_ids(download(api, project, made["id"])) == [ids[number] for number in expected]


def test_a_snapshot_of_a_view_holds_its_tasks(api: Any, project: int, ids: list[int]) -> None:
    item = {"filter": "filter:tasks:data.text", "operator": "equal", "type": "String", "value": "two"}
    data = {"title": "v", "filters": {"conjunction": "and", "items": [item]}}
    view = api.post("/api/dm/views/", {"project": project, "data": data}).json["id"]
    made = make(api, project, task_filter_options={"view": view})
    assert exported_ids(download(api, project, made["id"])) == [ids[1]]
    other = api.post("/api/projects/", {"title": "Other"}).json["id"]
    foreign = api.post(f"/api/projects/{other}/exports/", {"task_filter_options": {"view": view}})
    assert foreign.status == 404


def test_a_snapshot_of_a_question_holds_the_tasks_that_the_table_shows(api: Any, project: int, ids: list[int]) -> None:
    item = {"filter": "filter:tasks:data.text", "operator": "equal", "type": "String", "value": "two"}
    filters = {"conjunction": "and", "items": [item]}
    made = make(api, project, task_filter_options={"query": {"filters": filters}})
    assert exported_ids(download(api, project, made["id"])) == [ids[1]]
    chosen = {"all": False, "included": [ids[0], ids[3]]}
    made = make(api, project, task_filter_options={"query": {"selectedItems": chosen}, "skipped": "exclude"})
    assert exported_ids(download(api, project, made["id"])) == [ids[0], ids[3]]
    made = make(api, project, task_filter_options={"query": {"selectedItems": {"all": False, "included": []}}})
    assert exported_ids(download(api, project, made["id"])) == []


@pytest.mark.parametrize("question", [5, {"filters": {"conjunction": "and", "items": [{"filter": "filter:tasks:x__y",
                                      "operator": "equal", "value": 1}]}}])  # fmt: skip
def test_a_question_that_makes_no_sense_makes_no_snapshot(api: Any, project: int, question: Any) -> None:
    refused = api.post(f"/api/projects/{project}/exports/", {"task_filter_options": {"query": question}})
    assert refused.status == 400
    assert api.get(f"/api/projects/{project}/exports/").json == []


def test_annotations_of_some_people(
    api: Any, project: int, ids: list[int], manager: Any, reviewer: Any, client_for: Any
) -> None:
    api.post(f"/api/projects/{project}/members/", {"user": reviewer.pk})
    client_for(reviewer).post(f"/api/tasks/{ids[0]}/annotations/", {"result": choice("b")})
    for people, kinds, expected in (
        ([reviewer.pk], {}, [[reviewer.pk], [], [], []]),
        ([reviewer.pk], {"ground_truth": True}, [[], [], [], []]),
        ([reviewer.pk, manager.pk], {"usual": True}, [[manager.pk, reviewer.pk], [], [], []]),
        ([10**9], {}, [[], [], [], []]),
    ):
        made = make(api, project, annotation_filter_options={"annotators": people, **kinds})
        tasks = json.loads(download(api, project, made["id"]).content)
        assert [[one["completed_by"] for one in task["annotations"]] for task in tasks] == expected, (people, kinds)
    only = {"only_with_annotations": True}
    made = make(api, project, task_filter_options=only, annotation_filter_options={"annotators": [reviewer.pk]})
    assert exported_ids(download(api, project, made["id"])) == [ids[0]]


def test_a_download_goes_on_where_it_was_broken_off(api: Any, project: int, ids: list[int]) -> None:
    made = make(api, project, export_type="CSV")
    path = f"/api/projects/{project}/exports/{made['id']}/download?exportType=CSV"
    whole = api.get(path)
    assert (whole.headers["Accept-Ranges"], int(whole.headers["Content-Length"])) == ("bytes", len(whole.content))
    rest = api.get(path, Range="bytes=20-")
    assert (rest.status, rest.content) == (206, whole.content[20:])
    assert rest.headers["Content-Range"] == f"bytes 20-{len(whole.content) - 1}/{len(whole.content)}"
    assert rest.headers["Content-Disposition"] == whole.headers["Content-Disposition"]
    etag = whole.headers["ETag"]
    assert api.get(path, Range="bytes=20-", If_Range=etag).status == 206
    assert api.get(path, Range="bytes=20-", If_Range='"other"').content == whole.content
    assert api.get(path, If_None_Match=etag).status == 304
    assert api.get(path, Range="bytes=9999999-").status == 416


def test_which_annotations_and_how_much_of_them(api: Any, project: int, ids: list[int], manager: Any) -> None:
    made = make(api, project, annotation_filter_options={"usual": True, "skipped": True})
    tasks = json.loads(download(api, project, made["id"]).content)
    assert [len(task["annotations"]) for task in tasks] == [1, 0, 1, 0]
    whole = {
        "predictions": {"only_id": False},
        "drafts": {"only_id": True},
        "annotations__completed_by": {"only_id": False},
    }
    api.post(f"/api/tasks/{ids[0]}/drafts", {"result": choice("b")})
    made = make(api, project, serialization_options={**whole, "include_annotation_history": True})
    tasks = json.loads(download(api, project, made["id"]).content)
    assert tasks[3]["predictions"][0]["score"] == 0.5
    assert isinstance(tasks[0]["drafts"][0], int)
    assert tasks[0]["annotations"][0]["completed_by"] == {
        "id": manager.pk, "email": manager.email, "first_name": "", "last_name": "",
    }  # fmt: skip
    assert tasks[0]["annotations"][0]["history"] == []


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"task_filter_options": {"skipped": "zzz"}},
         {"task_filter_options": {"skipped": ['"zzz" is not a valid choice.']}}),
        ({"task_filter_options": {"view": "x"}}, {"task_filter_options": {"view": ["A valid integer is required."]}}),
        ({"annotation_filter_options": {"usual": 5}},
         {"annotation_filter_options": {"usual": ["Must be a valid boolean."]}}),
        ({"annotation_filter_options": {"annotators": [True]}},
         {"annotation_filter_options": {"annotators": ["A list of ids is required."]}}),
        ({"serialization_options": {"drafts": 5}}, {"serialization_options": {"drafts": ["Expected an object."]}}),
        ({"export_type": "NOPE"}, {"export_type": ["NOPE is not supported export format"]}),
        ({"mode": "later"}, {"mode": ['Must be "job" or left out.']}),
    ],
)  # fmt: skip
def test_options_that_make_no_sense_are_refused(
    api: Any, project: int, options: dict[str, Any], place: dict[str, Any]
) -> None:
    answer = api.post(f"/api/projects/{project}/exports/", options)
    assert (answer.status, answer.json["validation_errors"]) == (400, place)
    assert Export.objects.count() == 0


def test_conversions_are_made_once_and_downloaded_in_any_format(api: Any, project: int, ids: list[int]) -> None:
    made = make(api, project)
    base = f"/api/projects/{project}/exports/{made['id']}"
    done = api.post(f"{base}/convert", {"export_type": "CSV"})
    assert done.json == {"export_type": "CSV", "converted_format": ConvertedFormat.objects.get().pk}
    again = api.post(f"{base}/convert", {"export_type": "CSV"})
    assert again.json["validation_errors"] == {"non_field_errors": ["Conversion to CSV already started"]}
    unknown = api.post(f"{base}/convert", {"export_type": "NOPE"})
    assert unknown.json["validation_errors"] == {"export_type": ["NOPE is not supported export format"]}
    shown = api.get(base).json["converted_formats"]
    assert [(each["status"], each["export_type"], each["traceback"]) for each in shown] == [("completed", "CSV", None)]
    stored = download(api, project, made["id"], "exportType=CSV")
    assert len(list(csv.DictReader(io.StringIO(stored.content.decode("utf-8-sig"))))) == 3
    assert stored.headers["filename"].endswith(f"-{made['md5'][:8]}.csv")
    on_the_way = download(api, project, made["id"], "exportType=JSON_MIN")
    assert [row["id"] for row in json.loads(on_the_way.content)] == [ids[0], ids[1], ids[3]]
    assert download(api, project, made["id"], "exportType=NOPE").status == 400


def test_a_deleted_snapshot_takes_its_files_along(api: Any, project: int, ids: list[int], settings: Any) -> None:
    made = make(api, project)
    api.post(f"/api/projects/{project}/exports/{made['id']}/convert", {"export_type": "CSV"})
    folder = settings.MEDIA_ROOT / "export" / str(project)
    assert len(list(folder.iterdir())) == 2
    assert api.delete(f"/api/projects/{project}/exports/{made['id']}").status == 204
    assert list(folder.iterdir()) == []
    assert download(api, project, made["id"]).status == 404


def test_a_snapshot_whose_file_is_gone_says_so(api: Any, project: int, ids: list[int], settings: Any) -> None:
    made = make(api, project)
    (settings.MEDIA_ROOT / Export.objects.get().file_name).unlink()
    answer = download(api, project, made["id"])
    assert (answer.status, answer.json["detail"]) == (404, "The file of this export is gone. Make a new export.")


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_as_a_job_with_its_conversion(api: Any, project: int, ids: list[int]) -> None:
    made = make(api, project, export_type="CSV", mode="job")
    job = Job.objects.get(pk=made["job"])
    assert (job.state, job.result["task_count"], job.result["export_type"]) == ("completed", 4, "CSV")
    shown = api.get(f"/api/projects/{project}/exports/{made['id']}").json
    assert (shown["status"], [each["export_type"] for each in shown["converted_formats"]]) == ("completed", ["CSV"])


def test_an_export_to_a_path_stands_there_whole_or_not_at_all(
    project: int, ids: list[int], manager: Any, actor_for: Any, tmp_path: Any
) -> None:
    from postil.core.errors import Cancelled, Invalid
    from postil.exports.actions import export_to_path
    from postil.infra.jobs import NullRun
    from postil.projects.models import Project

    class Stopped(NullRun):
        def progress(self, done: int, total: int | None = None) -> None:
            raise Cancelled

    row, who = Project.objects.get(pk=project), actor_for(manager)
    path = tmp_path / "out.json"
    report = export_to_path(who=who, project=row, format_name="JSON", path=path)
    assert (report.written, [task["id"] for task in json.loads(path.read_bytes())]) == (4, ids)
    with pytest.raises(Invalid):
        export_to_path(who=who, project=row, format_name="NOPE", path=tmp_path / "x")
    with pytest.raises(Cancelled):
        export_to_path(who=who, project=row, format_name="JSON", path=tmp_path / "y.json", run=Stopped())
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["out.json"]
