"""Exports: direct files, snapshots, conversions, options, rights."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from postil.exports.models import ConvertedFormat, Export
from postil.infra.models import Job
from postil.tasks.models import Annotation, Task

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="c" toName="text"><Choice value="a"/><Choice value="b"/></Choices></View>"""


def choice(word: str) -> list[dict[str, Any]]:
    return [{"from_name": "c", "to_name": "text", "type": "choices", "value": {"choices": [word]}}]


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "My Reviews", "label_config": CONFIG}).json["id"])


@pytest.fixture
def ids(api: Any, project: int) -> list[int]:
    """Annotated (usual), annotated (ground truth), skipped, untouched with a prediction."""
    tasks = [
        {"data": {"text": "=1+1"}, "annotations": [{"result": choice("a"), "ground_truth": False, "lead_time": 0.1}]},
        {"data": {"text": "two"}, "annotations": [{"result": choice("b"), "ground_truth": True}]},
        {"data": {"text": "three"}, "annotations": [{"result": [], "was_cancelled": True, "ground_truth": False}]},
        {"data": {"text": "four", "n": 1}, "meta": {"k": "v"},
         "predictions": [{"result": choice("a"), "score": 0.5, "model_version": "m"}]},
    ]  # fmt: skip
    answer = api.post(f"/api/projects/{project}/import?return_task_ids=true", tasks)
    assert answer.status == 201
    return list(answer.json["task_ids"])


def direct(api: Any, project: int, query: str = "") -> Any:
    return api.get(f"/api/projects/{project}/export?{query}")


def exported_ids(answer: Any) -> list[int]:
    return [task["id"] for task in json.loads(answer.content)]


def test_json_holds_everything_of_a_task(api: Any, project: int, ids: list[int], manager: Any) -> None:
    api.post(f"/api/tasks/{ids[0]}/drafts", {"result": choice("b")})
    answer = direct(api, project)
    assert answer.status == 200
    task = json.loads(answer.content)[0]
    annotation = Annotation.objects.get(task_id=ids[0])
    row = Task.objects.get(pk=ids[0])
    stamp = "%Y-%m-%dT%H:%M:%S.%fZ"
    drafts = task.pop("drafts")
    assert [draft["result"] for draft in drafts] == [choice("b")]
    assert task == {
        "id": ids[0],
        "annotations": [
            {
                "id": annotation.pk,
                "completed_by": manager.pk,
                "result": choice("a"),
                "was_cancelled": False,
                "ground_truth": False,
                "created_at": annotation.created_at.strftime(stamp),
                "updated_at": annotation.updated_at.strftime(stamp),
                "draft_created_at": None,
                "lead_time": 0.1,
                "prediction": {},
                "result_count": 1,
                "unique_id": str(annotation.unique_id),
                "import_id": None,
                "last_action": None,
                "bulk_created": False,
                "task": ids[0],
                "project": project,
                "updated_by": manager.pk,
                "parent_prediction": None,
                "parent_annotation": None,
                "last_created_by": None,
            }
        ],
        "predictions": [],
        "data": {"text": "=1+1"},
        "meta": {},
        "created_at": row.created_at.strftime(stamp),
        "updated_at": row.updated_at.strftime(stamp),
        "allow_skip": True,
        "inner_id": 1,
        "total_annotations": 1,
        "cancelled_annotations": 0,
        "total_predictions": 0,
        "comment_count": 0,
        "unresolved_comment_count": 0,
        "last_comment_updated_at": None,
        "project": project,
        "updated_by": None,
        "comment_authors": [],
    }


def test_the_answer_is_a_file_with_a_name(api: Any, project: int, ids: list[int]) -> None:
    answer = direct(api, project, "exportType=JSON")
    name = answer.headers["filename"]
    assert name.startswith(f"project-{project}-at-20")
    assert name.endswith(".json")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Length"] == str(len(answer.content))


def test_annotated_tasks_come_by_default_and_all_when_asked_for(api: Any, project: int, ids: list[int]) -> None:
    assert exported_ids(direct(api, project)) == ids[:3]
    assert exported_ids(direct(api, project, "download_all_tasks=true")) == ids
    assert exported_ids(direct(api, project, f"download_all_tasks=1&ids[]={ids[3]}&ids[]={ids[0]}")) == [ids[0], ids[3]]
    assert exported_ids(direct(api, project, f"ids={ids[1]},{ids[3]}")) == [ids[1]]
    assert exported_ids(direct(api, project, "ids=999999")) == []


def test_predictions_are_ids_and_tasks_of_files_name_them(api: Any, project: int, ids: list[int]) -> None:
    api.upload(f"/api/projects/{project}/import", {"f": SimpleUploadedFile("rows.csv", b"text\nfrom a file\n")})
    tasks = json.loads(direct(api, project, "download_all_tasks=true").content)
    assert isinstance(tasks[3]["predictions"][0], int)
    assert tasks[4]["file_upload"].endswith("-rows.csv")
    assert "file_upload" not in tasks[3]


def test_an_export_can_be_imported_again(api: Any, project: int, ids: list[int]) -> None:
    body = direct(api, project, "download_all_tasks=true").content
    other = api.post("/api/projects/", {"title": "Copy", "label_config": CONFIG}).json["id"]
    assert api.post(f"/api/projects/{other}/import", body).status == 201

    def essence(content: bytes) -> list[Any]:
        keys = ("result", "was_cancelled", "ground_truth", "lead_time")
        return [
            (task["data"], task["meta"], [[annotation[key] for key in keys] for annotation in task["annotations"]])
            for task in json.loads(content)
        ]

    assert essence(direct(api, other, "download_all_tasks=true").content) == essence(body)


def test_short_json_and_tables(api: Any, project: int, ids: list[int]) -> None:
    brief = json.loads(direct(api, project, "export_type=JSON_MIN").content)
    assert [(row["id"], row["c"], row["text"]) for row in brief] == [(ids[0], "a", "=1+1"), (ids[1], "b", "two")]
    rows = list(csv.DictReader(io.StringIO(direct(api, project, "exportType=CSV").content.decode("utf-8-sig"))))
    assert [(row["id"], row["c"], row["text"]) for row in rows] == [
        (str(ids[0]), "a", "'=1+1"),
        (str(ids[1]), "b", "two"),
    ]
    raw = direct(api, project, "exportType=CSV&raw=1").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(raw)))["text"] == "=1+1"
    tsv = direct(api, project, "exportType=TSV").content.decode("utf-8-sig")
    assert "\t" in tsv.splitlines()[0]


def test_coco_is_a_zip_with_sizes_read_from_the_pictures(api: Any) -> None:
    config = """<View><Image name="image" value="$image"/>
    <RectangleLabels name="box" toName="image"><Label value="cat"/></RectangleLabels></View>"""
    project = api.post("/api/projects/", {"title": "Boxes", "label_config": config}).json["id"]
    out = io.BytesIO()
    Image.new("RGB", (200, 100)).save(out, "PNG")
    made = api.upload(
        f"/api/projects/{project}/import?return_task_ids=true", {"f": SimpleUploadedFile("one.png", out.getvalue())}
    )
    region = {
        "id": "r1", "from_name": "box", "to_name": "image", "type": "rectanglelabels",
        "original_width": 200, "original_height": 100, "image_rotation": 0,
        "value": {"x": 10, "y": 20, "width": 30, "height": 40, "rotation": 0, "rectanglelabels": ["cat"]},
    }  # fmt: skip
    api.post(f"/api/tasks/{made.json['task_ids'][0]}/annotations/", {"result": [region]})
    plain = zipfile.ZipFile(io.BytesIO(direct(api, project, "exportType=COCO").content))
    coco = json.loads(plain.read("result.json"))
    assert [(image["width"], image["height"]) for image in coco["images"]] == [(200, 100)]
    assert coco["annotations"][0]["bbox"] == [20, 20, 60, 40]
    with_images = zipfile.ZipFile(io.BytesIO(direct(api, project, "exportType=COCO_WITH_IMAGES").content))
    assert [with_images.read(name) for name in with_images.namelist() if name.endswith(".png")] == [out.getvalue()]


@pytest.mark.parametrize("query", ["exportType=NOPE", "ids=x", "download_all_tasks=perhaps", "ids=1,,-2"])
def test_bad_requests_are_refused(api: Any, project: int, ids: list[int], query: str) -> None:
    answer = direct(api, project, query)
    assert answer.status == 400
    assert answer.json["detail"] == "Validation error"


def test_formats_that_suit_come_first(api: Any, project: int) -> None:
    formats = api.get(f"/api/projects/{project}/export/formats").json
    names = [found["name"] for found in formats]
    assert names[:4] == ["JSON", "JSON_MIN", "CSV", "TSV"]
    disabled = {found["name"] for found in formats if found.get("disabled")}
    assert "COCO" in disabled
    assert not disabled & {"JSON", "JSON_MIN", "CSV", "TSV"}
    limits = api.get(f"/api/exports/formats/?project={project}").json
    assert limits[0]["loses"] == "nothing"
    assert all(found["carries"] for found in limits)


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
