"""Exports: direct files, snapshots, conversions, options, rights."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from postil.exports.tests.conftest import CONFIG, choice
from postil.tasks.models import Annotation, Task


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
    told = {found["name"]: (found["title"], found.get("tags")) for found in formats}
    assert told["YOLO"] == ("YOLO", ["image segmentation", "object detection", "keypoints"])
    assert told["YOLO_OBB"] == ("YOLOv8 OBB", ["image segmentation", "object detection"])
    assert told["YOLO_OBB_WITH_IMAGES"] == ("YOLOv8 OBB with Images", ["image segmentation", "object detection"])
    assert told["BRUSH_TO_COCO"] == ("Brush labels to COCO", ["image segmentation", "brush annotations"])
    disabled = {found["name"] for found in formats if found.get("disabled")}
    assert "COCO" in disabled
    assert not disabled & {"JSON", "JSON_MIN", "CSV", "TSV"}
    limits = api.get(f"/api/exports/formats/?project={project}").json
    assert limits[0]["loses"] == "nothing"
    assert all(found["carries"] for found in limits)
