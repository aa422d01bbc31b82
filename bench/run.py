"""Measure the server against the raw limits of the same machine, in the same run.

python bench/run.py                      SQLite, 100 000 tasks
python bench/run.py --tasks 20000        fewer
python bench/run.py --postgresql         on a PostgreSQL server of its own
python bench/run.py --save NAME          also write bench/baselines/NAME.json
"""

import argparse
import contextlib
import http.client
import json
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from tests.faults.server import Server, command_of, cpu_seconds, environment_for  # noqa: E402

import postgres  # noqa: E402 -- the path is set above

TOKEN = "0123456789abcdef0123456789abcdef01234567"
CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/><Choice value="bad"/></Choices></View>"""
RESULT = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]
CALLS, SUBMITS, CONNECTIONS = 300, 800, 8
READ = """SELECT id, data, meta, created_at, updated_at, allow_skip, inner_id, annotation_count,
cancelled_annotation_count, prediction_count, project_id, updated_by_id FROM tasks_task ORDER BY id"""
FOREIGN_KEYS = """SELECT pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = 'tasks_task'::regclass AND contype = 'f'"""


class Api:
    """One kept-alive connection with a token."""

    def __init__(self, port: int) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def call(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Return the body of the answer; anything but 2xx ends the run."""
        headers = {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"}
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        content = answer.read()
        if not 200 <= answer.status < 300:
            raise SystemExit(f"{method} {path}: {answer.status} {content[:500]!r}")
        return content


def sample_tasks(count: int) -> list[dict[str, str]]:
    """Return tasks of about 200 bytes."""
    return [
        {"text": f"Sentence {i} about coffee, weather and trains. " * 4, "source": f"page-{i % 97}"}
        for i in range(count)
    ]


def bare_sqlite(database: Path, folder: Path) -> tuple[float, float]:
    """Return rows a second of inserting the same rows into the same table, as durably, and of splicing them out."""
    with contextlib.closing(sqlite3.connect(database)) as source:
        rows = source.execute("SELECT * FROM tasks_task").fetchall()
        makes = source.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'tasks_task' AND sql IS NOT NULL"
        ).fetchall()
    with contextlib.closing(sqlite3.connect(folder / "bare.sqlite3")) as link:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("PRAGMA synchronous=FULL")
        for (sql,) in makes:
            link.execute(sql)
        marks = ", ".join("?" * len(rows[0]))
        start = time.perf_counter()
        with link:
            link.executemany(f"INSERT INTO tasks_task VALUES ({marks})", rows)
        insert = len(rows) / (time.perf_counter() - start)
        start = time.perf_counter()
        splice(link.execute(READ), folder / "bare.json")
        return insert, len(rows) / (time.perf_counter() - start)


def bare_postgresql(url: str, folder: Path) -> tuple[float, float]:
    """Return rows a second of COPY into the same table, and of splicing them out."""
    import psycopg

    with psycopg.connect(url) as link, link.cursor() as cursor:
        with cursor.copy("COPY tasks_task TO STDOUT (FORMAT csv)") as copy:
            content = b"".join(bytes(block) for block in copy)
        cursor.execute("CREATE TABLE bare (LIKE tasks_task INCLUDING ALL)")
        cursor.execute(FOREIGN_KEYS)
        for (key,) in cursor.fetchall():  # LIKE leaves them out, and they are checked row by row
            cursor.execute(f"ALTER TABLE bare ADD {key}")
        link.commit()
        start = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv)") as copy:
            copy.write(content)
        link.commit()
        spent = time.perf_counter() - start
        start = time.perf_counter()
        count = splice(
            cursor.execute(READ.replace("data", "data::text").replace("meta", "meta::text")), folder / "bare.json"
        )
        return count / spent, count / (time.perf_counter() - start)


def splice(rows: Iterable[tuple[Any, ...]], target: Path) -> int:
    """Write rows as a JSON list around the stored texts, the same documents as an export; return how many."""
    count = 0
    with target.open("w") as file:
        file.write("[")
        for number, data, meta, created, updated, skip, inner, done, cancelled, predicted, project, person in rows:
            file.write(
                f'{{"id":{number},"data":{data},"meta":{meta},"created_at":"{created}","updated_at":"{updated}",'
                f'"allow_skip":{"true" if skip else "false"},"inner_id":{inner},"total_annotations":{done},'
                f'"cancelled_annotations":{cancelled},"total_predictions":{predicted},"project":{project},'
                f'"updated_by":{person or "null"},"annotations":[],"drafts":[],"predictions":[],"comment_count":0,'
                '"unresolved_comment_count":0,"last_comment_updated_at":null,"comment_authors":[]},'
            )
            count += 1
    return count


class Meter:
    """Times calls, and what they cost the processor: other programs make calls slower, but hardly dearer."""

    def __init__(self, server: Server) -> None:
        self._pids = [pid for pid in server.children() if b"\0worker\0" not in command_of(pid)]

    def cpu_ms(self) -> float:
        """Return the time that the server's process has had the processor for so far."""
        return sum(cpu_seconds(pid) for pid in self._pids) * 1000

    def calls(
        self, act: Callable[[int], object], before: Callable[[int], object] = lambda _i: None
    ) -> dict[str, float]:
        """Return p50, p95 and cost of many calls; what comes `before` each is not counted."""
        taken, spent_ms = [], 0.0
        for number in range(CALLS):
            before(number)
            cost, start = self.cpu_ms(), time.perf_counter()
            act(number)
            taken.append((time.perf_counter() - start) * 1000)
            spent_ms += self.cpu_ms() - cost
        cuts = statistics.quantiles(taken, n=20)
        return {
            "p50_ms": round(statistics.median(taken), 2),
            "p95_ms": round(cuts[18], 2),
            "cpu_ms": round(spent_ms / CALLS, 2),
        }

    def submits(self, port: int, ids: list[int]) -> dict[str, float]:
        """Return submitted annotations a second over several connections, and the cost of one."""
        cost = self.cpu_ms()
        rate = submits_per_second(port, ids)
        return {"per_s": round(rate), "cpu_ms": round((self.cpu_ms() - cost) / len(ids), 2)}


def submits_per_second(port: int, ids: list[int]) -> float:
    """Return submitted annotations a second over several connections."""
    body = json.dumps({"result": RESULT}).encode()

    def work(mine: list[int]) -> None:
        api = Api(port)
        for task in mine:
            api.call("POST", f"/api/tasks/{task}/annotations/", body)

    threads = [threading.Thread(target=work, args=(ids[i::CONNECTIONS],)) for i in range(CONNECTIONS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(ids) / (time.perf_counter() - start)


def memory_mb(pids: list[int]) -> dict[str, int]:
    """Return the proportional memory of each process now."""
    found = {}
    for pid in pids:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        name = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        kind = "worker" if " worker " in name else "server" if pid != pids[0] else "parent"
        found[kind] = int(text.split("Pss:")[1].split()[0]) // 1024
    return found


def until_worker_works(api: Api, project: int) -> None:
    """Return once the worker has done a first job: it loads for a second after the server answers."""
    job = json.loads(api.call("POST", f"/api/projects/{project}/import?mode=job", b'[{"text": "first"}]'))["job"]
    while job["state"] != "completed":
        job = json.loads(api.call("GET", f"/api/jobs/{job['id']}/"))
        if job["state"] in {"failed", "cancelled"}:
            raise SystemExit(f"the first import: {job['state']}, {job['error']}")


def measure(server: Server, count: int) -> dict[str, Any]:
    """Return all figures of one run."""
    api = Api(server.port)
    project = json.loads(
        api.call("POST", "/api/projects/", json.dumps({"title": "Bench", "label_config": CONFIG}).encode())
    )["id"]
    body = json.dumps(sample_tasks(count)).encode()
    until_worker_works(api, project)
    start = time.perf_counter()
    api.call("POST", f"/api/projects/{project}/import", body)
    imported = count / (time.perf_counter() - start)
    start = time.perf_counter()
    exported = api.call("GET", f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true")
    read = count / (time.perf_counter() - start)
    first = json.loads(exported)[0]["id"]
    meter = Meter(server)
    submit = json.dumps({"result": RESULT}).encode()
    held = first + CALLS + SUBMITS

    def next_task(_number: int) -> None:
        nonlocal held
        held = json.loads(api.call("GET", f"/api/projects/{project}/next/"))["id"]

    figures: dict[str, Any] = {
        "tasks": count,
        "import_rows_s": round(imported),
        "export_rows_s": round(read),
        "get_task": meter.calls(lambda i: api.call("GET", f"/api/tasks/{first + i * 7 % count}/")),
        "submit": meter.calls(lambda i: api.call("POST", f"/api/tasks/{first + i}/annotations/", submit)),
        "submits_8_connections": meter.submits(server.port, [first + CALLS + i for i in range(SUBMITS)]),
        "next_task": meter.calls(
            next_task, before=lambda _i: api.call("POST", f"/api/tasks/{held}/annotations/", submit)
        ),
        "next_task_held": meter.calls(next_task),
        "memory_mb": memory_mb([server.pid, *server.children()]),
    }
    return figures


@contextlib.contextmanager
def environment(use_postgresql: bool, folder: Path) -> Iterator[dict[str, str]]:
    """Give the environment of the server to measure."""
    made = environment_for(folder / "data")
    if not use_postgresql:
        yield made
        return
    with postgres.server(safe=True) as url:
        yield {**made, "POSTIL_DATABASE_URL": url}


def first_load_kb() -> dict[str, int]:
    """Return the packed size of what the label page loads first: the index's own files."""
    app = ROOT / "src/postil/web/static/app"
    index = app / "index.html"
    if not index.exists():
        return {}
    names = [word.split('"')[0].removeprefix("/static/app/") for word in index.read_text().split("/static/app/")[1:]]
    sizes = {name: (app / f"{name}.br") for name in names}
    return {"entry_br_kb": sum(path.stat().st_size for path in sizes.values() if path.exists()) // 1024}


def main() -> int:
    """Measure, print a table, perhaps save it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--save", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name:
        folder = Path(name)
        with environment(asked.postgresql, folder) as variables:
            server = Server(variables)
            owner = ["--username", "bench@example.com", "--password", "correct horse 9", "--user-token", TOKEN]
            with server.running(*owner):
                figures = measure(server, asked.tasks)
            first = server.seconds_to_health
            with server.running():
                figures["start_s"] = {"first": round(first, 2), "second": round(server.seconds_to_health, 2)}
            url = variables.get("POSTIL_DATABASE_URL")
            raw = bare_postgresql(url, folder) if url else bare_sqlite(folder / "data/postil.sqlite3", folder)
        figures |= {
            "raw_insert_rows_s": round(raw[0]),
            "raw_read_rows_s": round(raw[1]),
            "import_to_raw": round(figures["import_rows_s"] / raw[0], 2),
            "export_to_raw": round(figures["export_rows_s"] / raw[1], 2),
            **first_load_kb(),
        }
    print("\n".join(f"{name:28} {value}" for name, value in figures.items()))
    if asked.save:
        target = ROOT / "bench" / "baselines" / f"{asked.save}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
