"""Measure the task table at a size where others tell people to split their project.

python bench/data_manager.py                         SQLite, 1 000 000 tasks, 300 000 annotations
python bench/data_manager.py --postgresql            on a PostgreSQL server of its own
python bench/data_manager.py --tasks 100000          fewer; annotations and predictions shrink with them
python bench/data_manager.py --keep FOLDER           keep the filled database there, and use it the next time
python bench/data_manager.py --save NAME             also write bench/baselines/NAME.json
"""

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "bench")]

from bulk_actions import bulk  # noqa: E402 -- the path is set above
from run import TOKEN, Api, environment  # noqa: E402 -- the path is set above
from tests.faults.server import Server, cpu_seconds, environment_for  # noqa: E402

import postgres  # noqa: E402 -- the path is set above

OWNER = ["--username", "bench@example.com", "--password", "correct horse 9", "--user-token", TOKEN]
CALLS = 20
WARM = 2
PAGE = 100
BULK_TASKS = 100_000


def query(**parts: Any) -> str:
    """Return the `query` parameter of a list request."""
    return "&query=" + quote(json.dumps(parts))


def where(column: str, operator: str, kind: str, value: Any) -> dict[str, Any]:
    """Return a filter group with one item."""
    item = {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
    return {"conjunction": "and", "items": [item]}


def requests_of(project: int, tasks: int, author: int) -> dict[str, tuple[str, float]]:
    """Return what is asked, by name, and the milliseconds that the 95th of a hundred may take."""
    table = f"/api/tasks/?project={project}&page_size={PAGE}&totals=quick"
    deep = max(tasks // PAGE // 2, 1)
    rare = f"Sentence {tasks - 77} "
    return {
        "projects": ("/api/projects/", 50),
        "project": (f"/api/projects/{project}/", 50),
        "page 1": (table, 50),
        f"page {deep}": (f"{table}&page={deep}", 50),
        "last page": (f"{table}&page={tasks // PAGE}", 50),
        "text, common": (table + query(filters=where("data.text", "contains", "String", "coffee")), 300),
        "text, rare": (table + query(filters=where("data.text", "contains", "String", rare)), 300),
        "text, none": (table + query(filters=where("data.text", "contains", "String", "qqxyzzy")), 300),
        "text, regex": (table + query(filters=where("data.text", "regex", "String", "Sent.nce 12[0-9]{3} ")), 500),
        "search, common": (table + query(filters=where("search", "contains", "String", "coffee north")), 500),
        "search, rare": (table + query(filters=where("search", "contains", "String", str(tasks - 77))), 300),
        "data equal": (table + query(filters=where("data.source", "equal", "String", "page-7")), 300),
        "number range": (table + query(filters=where("data.size", "greater", "Number", 99_990)), 300),
        "annotator": (table + query(filters=where("annotators", "contains", "List", author)), 300),
        "score above": (table + query(filters=where("predictions_score", "greater", "Number", 0.5)), 300),
        "score, rare": (table + query(filters=where("predictions_score", "greater", "Number", 0.9999)), 300),
        "not labeled": (table + query(filters=where("is_labeled", "equal", "Boolean", False)), 300),
        "created": (table + query(filters=where("created_at", "greater", "Datetime", "2030-01-01T00:00:00Z")), 300),
        "sorted by data": (table + query(ordering=["tasks:data.source"]), 300),
        "sorted by data, page 100": (f"{table}&page=100" + query(ordering=["-tasks:data.source"]), 300),
        "sorted by updated": (table + query(ordering=["-tasks:updated_at"]), 300),
        "sorted by annotations": (table + query(ordering=["-tasks:total_annotations"]), 300),
        "exact totals, text": (
            f"/api/dm/totals/?project={project}" + query(filters=where("data.text", "contains", "String", rare)), 500,
        ),
        "columns": (f"/api/dm/columns/?project={project}", 50),
        "values": (f"/api/dm/values/?project={project}&column=data.source", 300),
        "dashboard": (f"/api/projects/{project}/dashboard/", 300),
        "next task": (f"/api/projects/{project}/next/", 50),
    }  # fmt: skip


def times(api: Api, path: str, calls: int, pids: list[int]) -> dict[str, float]:
    """Return the middle and the 95th of a hundred, and what a call costs the server's processors."""
    for _ in range(WARM):
        api.call("GET", path)
    taken = []
    before = sum(map(cpu_seconds, pids))
    for _ in range(calls):
        start = time.perf_counter()
        api.call("GET", path)
        taken.append((time.perf_counter() - start) * 1000)
    cost = (sum(map(cpu_seconds, pids)) - before) * 1000 / calls
    p95 = statistics.quantiles(taken, n=20)[18]
    return {"p50_ms": round(statistics.median(taken), 1), "p95_ms": round(p95, 1), "cpu_ms": round(cost, 1)}


def bare_rates(variables: dict[str, str], project: int, count: int) -> dict[str, float]:
    """Return what bare SQL takes for the effect of each bulk action, in rows a second."""
    command = [
        sys.executable,
        str(ROOT / "bench" / "bulk_actions.py"),
        "--project",
        str(project),
        "--count",
        str(count),
    ]
    environment = {**variables, "DJANGO_SETTINGS_MODULE": "postil.infra.settings"}
    found = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    rates: dict[str, float] = json.loads(found.stdout)
    return rates


def fill(project_id: int, tasks: int) -> None:
    """Write the rows in this process, by the importer's fast path."""
    import django

    django.setup()
    from django.db import connection, transaction

    from postil.accounts.access import actor_of
    from postil.accounts.models import User
    from postil.projects.models import Project
    from postil.tasks.bulk import TaskWriter

    project = Project.objects.get(pk=project_id)
    who = actor_of(User.objects.order_by("pk")[0])
    people = list(User.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, tasks, 50_000):
        with transaction.atomic(), TaskWriter(project=project, who=who, expected=50_000) as writer:
            for number in range(start, min(start + 50_000, tasks)):
                writer.add(Item(number, people))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


class Item:
    """A task of about 200 bytes; three of ten have an annotation, two of ten a prediction."""

    meta = None
    allow_skip = None
    file_upload_id = None

    def __init__(self, number: int, people: list[int]) -> None:
        self.data = {
            "text": f"Sentence {number} is about coffee, weather and trains in the north of a city, and it goes on. "
            * 2,
            "source": f"page-{number * 7919 % 99_991}",
            "size": number % 100_003,
        }
        result = [
            {
                "id": f"r{number}",
                "from_name": "mood",
                "to_name": "text",
                "type": "choices",
                "value": {"choices": ["good" if number % 7 else "bad"]},
            }
        ]
        self.annotations = [self._answer(number, people, result)] if number % 10 in (1, 4, 7) else []
        self.predictions = (
            [{"result": result, "score": number * 31 % 100_000 / 100_000, "model_version": "m1"}]
            if number % 10 in (0, 5)
            else []
        )
        self.drafts: list[dict[str, Any]] = []

    def _answer(self, number: int, people: list[int], result: list[dict[str, Any]]) -> dict[str, Any]:
        return {"result": result, "completed_by": people[number % len(people)], "lead_time": number % 60 + 1}

    def data_json(self) -> bytes:
        """Return `data` as JSON text."""
        return json.dumps(self.data).encode()


CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/><Choice value="bad"/></Choices></View>"""


def filled(server: Server, variables: dict[str, str], tasks: int) -> tuple[int, float]:
    """Make the project and its rows; return its id and how many seconds the rows took."""
    with server.running(*OWNER):
        api = Api(server.port)
        made = api.call("POST", "/api/projects/", json.dumps({"title": "Million", "label_config": CONFIG}).encode())
        for number in range(5):
            body = {"email": f"annotator{number}@example.com", "password": "correct horse 9"}
            with contextlib.suppress(SystemExit):
                api.call("POST", "/api/users/", json.dumps(body).encode())
    project = int(json.loads(made)["id"])
    start = time.perf_counter()
    command = [sys.executable, __file__, "--fill", str(project), "--tasks", str(tasks)]
    subprocess.run(command, check=True, env={**variables, "DJANGO_SETTINGS_MODULE": "postil.infra.settings"})
    return project, time.perf_counter() - start


def measure(server: Server, project: int, tasks: int, only: str) -> dict[str, Any]:
    """Return all figures of one run."""
    figures: dict[str, Any] = {}
    with server.running():
        api = Api(server.port)
        pids = [server.pid, *server.children()]
        author = json.loads(api.call("GET", "/api/current-user/whoami"))["id"]
        for name, (path, budget) in requests_of(project, tasks, author).items():
            if only and only not in name:
                continue
            try:
                found = times(api, path, CALLS, pids)
            except SystemExit as error:
                print(f"{name:28} {str(error)[:160]}", flush=True)
                api = Api(server.port)
                continue
            figures[name] = {**found, "budget_ms": budget}
            print(f"{name:28} {found} {budget}{'' if found['p95_ms'] <= budget else '  over'}", flush=True)
    return figures


@contextlib.contextmanager
def place(asked: argparse.Namespace, folder: Path) -> Iterator[dict[str, str]]:
    """Give the environment of the server: a kept folder, or one for this run."""
    if asked.url:
        yield {**environment_for(folder / "data"), "POSTIL_DATABASE_URL": asked.url}
    elif asked.keep and asked.postgresql:
        kept = Path(asked.keep).absolute()
        with postgres.server(safe=True, keep=kept) as url:
            yield {**environment_for(kept / "files"), "POSTIL_DATABASE_URL": url}
    elif asked.keep:
        yield environment_for(Path(asked.keep).absolute())
    else:
        with environment(asked.postgresql, folder) as variables:
            yield variables


def bytes_per_task(variables: dict[str, str], tasks: int) -> dict[str, Any]:
    """Return the size of SQLite's file for each task; annotations and predictions included."""
    file = Path(variables["POSTIL_DATA_DIR"]) / "postil.sqlite3"
    if "POSTIL_DATABASE_URL" in variables or not file.exists():
        return {}
    return {"file_bytes_per_task": round(file.stat().st_size / tasks)}


def main() -> int:
    """Fill, measure, print a table, perhaps save it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--url", default="", help="a PostgreSQL database of yours instead")
    parser.add_argument("--keep", default="", help="a folder for the database; filled once, then used again")
    parser.add_argument("--project", type=int, default=0, help="measure this project of a kept database")
    parser.add_argument("--only", default="", help="only requests whose name holds this")
    parser.add_argument("--bulk", action="store_true", help="also run bulk actions; they change the database")
    parser.add_argument("--save", default="")
    parser.add_argument("--fill", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill:
        fill(asked.fill, asked.tasks)
        return 0
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name, place(asked, Path(name)) as variables:
        server = Server(variables)
        figures: dict[str, Any] = {"tasks": asked.tasks}
        note = Path(asked.keep or name) / "bench.json"
        project = asked.project or (json.loads(note.read_text())["project"] if note.exists() else 0)
        if not project:
            project, spent = filled(server, variables, asked.tasks)
            figures |= {"fill_tasks_s": round(asked.tasks / spent), **bytes_per_task(variables, asked.tasks)}
            note.write_text(json.dumps({"project": project, "tasks": asked.tasks}))
            print(f"project {project}: {figures}", flush=True)
        figures |= measure(server, project, asked.tasks, asked.only)
        if asked.bulk:
            count = min(BULK_TASKS, asked.tasks // 3)
            bare = bare_rates(variables, project, count)
            with server.running():
                figures["bulk"] = bulk(server.port, project, count, bare)
    if asked.save:
        target = ROOT / "bench" / "baselines" / f"{asked.save}.json"
        target.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
