"""POST /api/projects/{id}/import/: shapes, what is stored, what is refused, and that nothing is half-imported."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from postil.imports.models import FileUpload, ImportOutcome
from postil.infra.models import Job, JobError
from postil.projects.models import Project
from postil.tasks.models import Annotation, Draft, Prediction, Task
from postil.tasks.totals import recount

CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="c" toName="text"><Choice value="a"/><Choice value="b"/></Choices></View>"""


def choice(word: str) -> list[dict[str, Any]]:
    return [{"from_name": "c", "to_name": "text", "type": "choices", "value": {"choices": [word]}}]


@pytest.fixture
def api(client_for: Any, manager: Any) -> Any:
    return client_for(manager)


@pytest.fixture
def project(api: Any) -> int:
    return int(api.post("/api/projects/", {"title": "Import", "label_config": CONFIG}).json["id"])


def bring(api: Any, project: int, body: Any, query: str = "") -> Any:
    return api.post(f"/api/projects/{project}/import{query}", body)


def upload(api: Any, project: int, name: str, content: bytes, query: str = "") -> Any:
    return api.upload(f"/api/projects/{project}/import{query}", {"file": SimpleUploadedFile(name, content)})


def texts() -> list[Any]:
    return [task.data for task in Task.objects.order_by("pk")]


def messages(answer: Any) -> list[str]:
    return list(answer.json["validation_errors"]["non_field_errors"])


def counters_are_true(project: int) -> bool:
    return recount(Project.objects.get(pk=project)) == {}


def test_bare_rows_and_tasks_are_stored_with_their_meta(api: Any, project: int) -> None:
    answer = bring(api, project, [{"text": "one"}, {"data": {"text": "two"}, "meta": {"m": 1}}])
    assert answer.status == 201
    duration = answer.json.pop("duration")
    assert 0 <= duration < 10
    assert answer.json == {
        "task_count": 2, "annotation_count": 0, "prediction_count": 0, "file_upload_ids": [],
        "could_be_tasks_list": False, "found_formats": [], "data_columns": [],
    }  # fmt: skip
    assert [(task.data, task.meta, task.inner_id) for task in Task.objects.order_by("pk")] == [
        ({"text": "one"}, {}, 1),
        ({"text": "two"}, {"m": 1}, 2),
    ]
    stored = Project.objects.get(pk=project)
    assert (stored.task_count, stored.data_columns) == (2, {"text": 2})


def test_one_object_is_one_task_and_ids_come_back_when_asked_for(api: Any, project: int) -> None:
    answer = bring(api, project, {"text": "single"}, "?return_task_ids=true")
    assert answer.json["task_ids"] == [Task.objects.get().pk]


def test_the_other_spelling_of_the_address_works(api: Any, project: int) -> None:
    assert api.post(f"/api/projects/{project}/tasks/bulk/", [{"text": "x"}]).status == 201
    assert texts() == [{"text": "x"}]


def test_annotations_predictions_and_drafts_come_along(api: Any, project: int, manager: Any, annotator: Any) -> None:
    task = {
        "data": {"text": "full"},
        "annotations": [
            {"id": 77, "result": choice("a"), "lead_time": 3.5, "ground_truth": False},
            {"result": [], "was_cancelled": True, "ground_truth": False, "completed_by": annotator.pk},
            {"result": choice("b"), "completed_by": {"email": annotator.email.upper()}},
        ],
        "predictions": [
            {"result": choice("b"), "score": 0.25, "model_version": "m1"},
            {"result": "a", "score": "high"},
        ],
        "drafts": [{"result": choice("a"), "lead_time": 1}],
    }
    answer = bring(api, project, [task])
    assert (answer.json["annotation_count"], answer.json["prediction_count"]) == (3, 2)
    stored = Annotation.objects.order_by("pk")
    assert [(a.completed_by_id, a.ground_truth, a.was_cancelled, a.lead_time, a.import_id) for a in stored] == [
        (manager.pk, False, False, 3.5, 77),
        (annotator.pk, False, True, None, None),
        (annotator.pk, True, False, None, None),
    ]
    assert {a.imported_by_id for a in stored} == {manager.pk}
    predictions = Prediction.objects.order_by("pk")
    assert [(p.result, p.score, p.model_version) for p in predictions] == [
        (choice("b"), 0.25, "m1"),
        (choice("a"), None, "undefined"),
    ]
    assert Draft.objects.get().user_id == manager.pk
    assert Project.objects.get(pk=project).model_version == "undefined"
    task_row = Task.objects.get()
    assert (task_row.annotation_count, task_row.cancelled_annotation_count, task_row.prediction_count) == (2, 1, 2)
    assert task_row.is_labeled
    assert counters_are_true(project)


def test_fields_become_predictions(api: Any, project: int) -> None:
    rows = [{"text": "p", "c": "a"}, {"text": "q"}, {"text": "r", "c": ["a", "b"]}]
    answer = bring(api, project, rows, "?preannotated_from_fields=c,zz")
    assert (answer.status, answer.json["prediction_count"]) == (201, 2)
    stored = Prediction.objects.order_by("pk")
    assert [(p.result, p.score, p.model_version) for p in stored] == [
        (choice("a"), 1.0, "preannotated"),
        (
            [{"from_name": "c", "to_name": "text", "type": "choices", "value": {"choices": ["a", "b"]}}],
            1.0,
            "preannotated",
        ),
    ]


def test_without_commit_nothing_is_stored_but_files_are_kept(api: Any, project: int) -> None:
    answer = bring(api, project, [{"nothing": 1}], "?commit_to_project=false")
    assert (answer.status, answer.json["task_count"], answer.json["annotation_count"]) == (201, 1, None)
    answer = upload(api, project, "late.json", b'[{"text": "late"}]', "?commit_to_project=false")
    assert (answer.json["task_count"], answer.json["prediction_count"]) == (1, None)
    assert (Task.objects.count(), FileUpload.objects.count()) == (0, 1)
    again = api.post(f"/api/projects/{project}/reimport", {"file_upload_ids": answer.json["file_upload_ids"]})
    assert (again.status, again.json["task_count"]) == (201, 1)
    assert "could_be_tasks_list" not in again.json
    assert texts() == [{"text": "late"}]


@pytest.mark.parametrize(
    ("name", "content", "expected", "columns", "is_list"),
    [
        ("a.csv", b'text,n\nhello,1\n"two, words",2\n',
         [{"text": "hello", "n": 1}, {"text": "two, words", "n": 2}], ["text", "n"], True),
        ("a.csv", b"text;n\nhello;1\n", [{"text": "hello", "n": 1}], ["text", "n"], True),
        ("a.tsv", b"text\tn\nhello\t1\n", [{"text": "hello", "n": 1}], ["text", "n"], True),
        ("a.json", b'[{"data": {"text": "j1"}}, {"text": "j2"}]', [{"text": "j1"}, {"text": "j2"}], ["text"], False),
        ("a.jsonl", b'{"text": "l1"}\n{"text": "l2"}\n', [{"text": "l1"}, {"text": "l2"}], ["text"], False),
        ("A.TXT", b"first line\nsecond line\n", [{"text": "first line"}, {"text": "second line"}], ["text"], True),
        ("a.html", b"<b>bold</b>", [{"text": "<b>bold</b>"}], ["text"], False),
    ],
)  # fmt: skip
def test_files_of_tasks(
    api: Any, project: int, name: str, content: bytes, expected: list[Any], columns: list[str], is_list: bool
) -> None:
    answer = upload(api, project, name, content)
    assert answer.status == 201, answer.json
    assert texts() == expected
    assert answer.json["found_formats"] == {"." + name.lower().rpartition(".")[2]: 1}
    assert answer.json["data_columns"] == columns
    assert answer.json["could_be_tasks_list"] is is_list
    stored = FileUpload.objects.get()
    assert answer.json["file_upload_ids"] == [stored.pk]
    assert set(Task.objects.values_list("file_upload_id", flat=True)) == {stored.pk}
    row = api.get(f"/api/tasks/?project={project}").json["tasks"][0]
    assert row["file_upload"] == stored.stored_name.rsplit("/", 1)[1]


def test_several_files_of_one_name_are_all_taken(api: Any, project: int) -> None:
    files = [
        SimpleUploadedFile("a.txt", b"one"),
        SimpleUploadedFile("a.txt", b"two"),
        SimpleUploadedFile("b.csv", b"text\nx\n"),
    ]
    answer = api.upload(f"/api/projects/{project}/import", {"file": files})
    assert (answer.json["task_count"], answer.json["found_formats"]) == (3, {".txt": 2, ".csv": 1})
    assert texts() == [{"text": "one"}, {"text": "two"}, {"text": "x"}]


def test_lines_wait_for_a_config_under_a_name_of_their_own(api: Any) -> None:
    bare = api.post("/api/projects/", {"title": "Bare"}).json["id"]
    answer = upload(api, bare, "a.txt", b"line")
    assert answer.json["data_columns"] == ["$undefined$"]
    assert texts() == [{"$undefined$": "line"}]


def test_a_form_may_hold_the_tasks_themselves(api: Any, project: int) -> None:
    answer = api.upload(f"/api/projects/{project}/import", {"url": '[{"text": "from a form"}]'})
    assert (answer.status, texts()) == (201, [{"text": "from a form"}])


BAD_BODIES = [
    (b"[]", "empty list"),
    (b"", "No data"),
    (b"{", "JSON parse error"),
    (b'[{"text": "a"}', "JSON parse error"),
    (b"5", "JSON parse error"),
    (b'"text"', "JSON parse error"),
    (b"\xff\xfe[\x00]\x00", "JSON parse error"),
    (b'[{"text": "\xff"}]', "UTF-8"),
    (b'[{"text": NaN}]', "NaN"),
    (b'[{"text": 1e999}]', "infinity"),
    (b'[{"text": "\\ud800"}]', "half of a surrogate pair"),
    (b'[{"text": "a\\u0000"}]', "NUL"),
    (b'[{"text": "a", "text": "b"}]', "text"),
    (b'[{"text": "ok"}, 5]', "Error at item 1"),
    (b'[{"nottext": 1}, {"text": "ok"}]', 'Error at item 0: "text" key is expected in task data'),
    (b'[{"text": {"a": 1}}]', "Text expects"),
    (b'[{"data": 5}]', "Error at item 0"),
    (b'[{"data": {"text": "a"}, "annotations": 5}]', "annotations"),
    (b'[{"data": {"text": "a"}, "annotations": [{"no": 1}]}]', 'Annotation must have "result" fields'),
    (b'[{"data": {"text": "a"}, "annotations": [{"result": 5}]}]', "must be a list"),
    (b'[{"data": {"text": "a"}, "annotations": [{"result": [5]}]}]', "must be an object"),
    (b'[{"data": {"text": "a"}, "annotations": [{"result": [], "lead_time": "x"}]}]', "must be a number"),
    (b'[{"data": {"text": "a"}, "annotations": [{"result": [], "was_cancelled": "x"}]}]', "must be true or false"),
    (b'[{"data": {"text": "a"}, "annotations": [{"result": [], "completed_by": {"email": "nobody@x.com"}}]}]',
     "Unknown annotator's email nobody@x.com"),
    (b'[{"data": {"text": "a"}, "annotations": [{"result": [], "completed_by": 999999}]}]', "Unknown annotator's ID"),
    (b'[{"data": {"text": "a"}, "annotations": [{"result": [], "completed_by": "x"}]}]', "completed_by"),
    (b'[{"data": {"text": "a"}, "predictions": [{"score": 1}]}]', 'Prediction must have "result" fields'),
    (b'[{"data": {"text": "a"}, "predictions": [{"result": 1.5}]}]', "no control"),
    (b'[{"data": {"text": "a"}, "meta": 5}]', "meta"),
    (b'[{"text": ' + b"[" * 200 + b"]" * 200 + b"}]", "Error at item 0"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words"), BAD_BODIES)
def test_bad_json_is_refused_whole(api: Any, project: int, body: bytes, words: str) -> None:
    answer = bring(api, project, body)
    assert answer.status == 400
    assert words in json.dumps(answer.json, ensure_ascii=False).replace('\\"', '"')
    assert (Task.objects.count(), Annotation.objects.count(), Prediction.objects.count()) == (0, 0, 0)
    assert counters_are_true(project)


BAD_FILES = [
    ("bad.json", b"{bad", "Failed to parse input file bad.json"),
    ("empty.csv", b"", "empty"),
    ("x.zip", b"PK\x03\x04", ".zip extension is not supported"),
    ("noextension", b"text", "extension is not supported"),
    ("photo.csv", b"\x89PNG\r\n\x1a\n", "PNG"),
    ("text.png", b"just text", "PNG"),
    ("cut.png", b"\x89PNG\r\n\x1a\n", "damaged"),
    ("bad.csv", b"text\n\xff\n", "UTF-8"),
    ("wrong.csv", b"text\tn\nhello\t1\n", "tab"),
    ("wrong.csv", b"other,n\nhello,1\n", '"text" key is expected'),
    ("short.csv", b"text,n\nhello\n", "line 2, column `n`: missing"),
    ("twice.csv", b"text,text\na,b\n", "twice"),
    ("wide.tsv", b"text\nhello\tmore\n", "line 2"),
    ("nul.txt", b"a\x00b\n", "NUL"),
    ("lines.jsonl", b'{"text": "a"}\n{"text": \n', "line 2"),
    ("script.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "script"),
    ("event.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "onload"),
    ("page.svg", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>&lt;svg</html><!--<svg-->", "SVG"),
    ("bomb.svg", b'<!DOCTYPE x [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "SVG"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD_FILES)
def test_bad_files_are_refused_and_leave_nothing(
    api: Any, project: int, name: str, content: bytes, words: str, settings: Any
) -> None:
    good = SimpleUploadedFile("good.csv", b"text\nfine\n")
    answer = api.upload(f"/api/projects/{project}/import", {"a": good, "b": SimpleUploadedFile(name, content)})
    assert answer.status == 400
    assert words in " ".join(messages(answer))
    assert (Task.objects.count(), FileUpload.objects.count()) == (0, 0)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_a_task_that_is_too_large_is_one_bad_item(api: Any, project: int, settings: Any) -> None:
    large = json.dumps([{"text": "small"}, {"text": "x" * (settings.CONFIG.max_task_mb * 1024 * 1024)}]).encode()
    answer = bring(api, project, large)
    assert answer.status == 400
    good, bad = messages(answer)
    assert (good, bad[:17]) == ({}, "Error at item 1: ")
    assert "10 MB" in bad
    assert Task.objects.count() == 0


def test_at_most_a_hundred_messages_are_given(api: Any, project: int) -> None:
    answer = bring(api, project, [{"no": number} for number in range(250)])
    found = messages(answer)
    assert len(found) == 100
    assert found[0] == 'Error at item 0: "text" key is expected in task data'
    assert found[-1].endswith("(and 150 more errors)")


def test_more_files_than_allowed_are_refused(api: Any, project: int) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(101)]
    answer = api.upload(f"/api/projects/{project}/import", {"file": files})
    assert answer.status in (400, 413)
    assert (Task.objects.count(), FileUpload.objects.count()) == (0, 0)


def test_other_kinds_of_bodies_are_refused(api: Any, project: int) -> None:
    answer = api.post(f"/api/projects/{project}/import", b"text,n", **{"Content-Type": "text/csv"})
    assert answer.status == 415
    assert api.upload(f"/api/projects/{project}/import", {"x": "y"}).status == 400
    assert bring(api, project, [{"text": "a"}], "?mode=later").status == 400
    assert bring(api, project, [{"text": "a"}], "?return_task_ids=perhaps").status == 400
    assert Task.objects.count() == 0


def test_an_inside_address_is_not_fetched(api: Any, project: int, settings: Any) -> None:
    for url in ("http://10.0.0.1/x.csv", "http://169.254.169.254/latest/", "file:///etc/passwd", "ftp://example.com/a"):
        answer = api.upload(f"/api/projects/{project}/import", {"url": url})
        assert answer.status == 400, url
    assert Job.objects.count() == 0


def test_a_file_upload_of_another_project_is_not_named(api: Any, project: int) -> None:
    other = api.post("/api/projects/", {"title": "Other"}).json["id"]
    theirs = upload(api, other, "a.txt", b"x").json["file_upload_ids"][0]
    ours = upload(api, project, "a.txt", b"x").json["file_upload_ids"][0]
    bring(
        api,
        project,
        [{"data": {"text": "a"}, "file_upload_id": theirs}, {"data": {"text": "b"}, "file_upload_id": ours}],
    )
    stored = Task.objects.filter(project_id=project).order_by("pk").values_list("file_upload_id", flat=True)
    assert list(stored)[1:] == [None, ours]


@pytest.mark.django_db(transaction=True)
def test_as_a_job_the_answer_is_its_state_and_the_result_is_kept(api: Any, project: int) -> None:
    answer = bring(api, project, [{"text": "one"}, {"text": "two"}], "?mode=job")
    assert answer.status == 202
    job = api.get(f"/api/jobs/{answer.json['job']['id']}/").json
    assert (job["state"], job["kind"], job["project"]) == ("completed", "import_tasks", project)
    assert (job["result"]["task_count"], job["error_count"]) == (2, 0)
    assert texts() == [{"text": "one"}, {"text": "two"}]


@pytest.mark.django_db(transaction=True)
def test_clients_that_know_no_jobs_can_ask_how_far_an_import_is(api: Any, project: int, client_for: Any) -> None:
    path = f"/api/projects/{project}/imports/"
    later = bring(api, project, [{"text": "one"}], "?mode=job&return_task_ids=true").json
    assert later["import"] == later["job"]["id"]
    done = api.get(f"{path}{later['import']}").json
    assert (done["status"], done["task_count"], done["error"], done["project"]) == ("completed", 1, None, project)
    assert done["task_ids"] == list(Task.objects.values_list("pk", flat=True))
    failed = bring(api, project, [{"other": "one"}], "?mode=job").json["import"]
    shown = api.get(f"{path}{failed}/").json
    assert (shown["status"], shown["task_ids"]) == ("failed", [])
    assert shown["error"].startswith("Nothing was imported. ")
    for unknown in ("1", "nonsense", "0b0b0b0b-0000-4000-8000-000000000000"):
        assert api.get(f"{path}{unknown}/").status == 404
    elsewhere = api.post("/api/projects/", {}).json["id"]
    assert api.get(f"/api/projects/{elsewhere}/imports/{failed}/").status == 404
    again = api.get(f"/api/projects/{project}/reimports/{failed}/")
    assert (again.status, again.json["status"]) == (200, "failed")


@pytest.mark.django_db(transaction=True)
def test_a_failed_job_says_why_and_keeps_its_errors_as_rows(api: Any, project: int) -> None:
    content = b"text,n\nfine,1\nbroken\n"
    answer = upload(api, project, "a.csv", content, "?mode=job")
    job = Job.objects.get(pk=answer.json["job"]["id"])
    assert job.state == "failed"
    assert job.error.startswith("Nothing was imported. ")
    rows = JobError.objects.filter(job=job)
    assert [(row.where, row.field, row.reason) for row in rows] == [("line 3", "n", "missing")]
    assert (Task.objects.count(), FileUpload.objects.count()) == (0, 0)


def test_an_import_that_runs_twice_is_stored_once(api: Any, project: int, manager: Any, organization: Any) -> None:
    from postil.imports import handlers
    from postil.imports.jobs import ImportTasks
    from postil.infra.jobs import NullRun

    ids = upload(api, project, "a.txt", b"one\ntwo\n", "?commit_to_project=false").json["file_upload_ids"]
    spec = ImportTasks("token", project, organization.pk, manager.pk, upload_ids=ids)
    first = handlers.import_tasks(spec, NullRun())
    again = handlers.import_tasks(spec, NullRun())
    assert (first["task_count"], again["task_count"], Task.objects.count()) == (2, 2, 2)
    assert ImportOutcome.objects.count() == 1


def test_who_may_import(api: Any, project: int, client_for: Any, annotator: Any, reviewer: Any, outsider: Any) -> None:
    upload_id = upload(api, project, "a.txt", b"one").json["file_upload_ids"][0]
    calls = [
        ("POST", f"/api/projects/{project}/import", [{"text": "x"}]),
        ("POST", f"/api/projects/{project}/import/predictions", []),
        ("POST", f"/api/projects/{project}/reimport", {"file_upload_ids": [upload_id]}),
        ("GET", f"/api/projects/{project}/file-uploads?all=true", None),
        ("DELETE", f"/api/projects/{project}/file-uploads", {}),
        ("GET", f"/api/import/file-upload/{upload_id}", None),
        ("DELETE", f"/api/import/file-upload/{upload_id}", None),
    ]
    for person in (annotator, reviewer):
        api.post(f"/api/projects/{project}/members/", {"user": person.pk})
    for method, path, body in calls:
        for person, status in ((annotator, 403), (reviewer, 403), (outsider, 404), (None, 401)):
            assert client_for(person).request(method, path, body).status == status, (method, path)
    assert (Task.objects.count(), FileUpload.objects.count()) == (1, 1)
