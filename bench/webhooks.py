"""Measure how fast webhooks are delivered, and what a dead receiver costs the others.

python bench/webhooks.py                        5 000 deliveries to four receivers, a dead one among them
python bench/webhooks.py --deliveries 1000      fewer
python bench/webhooks.py --save NAME            also write bench/baselines/NAME.json
"""

import argparse
import contextlib
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from bench.receivers import heard, started  # noqa: E402
from bench.run import CONFIG, RESULT, TOKEN, Api, until_worker_works  # noqa: E402
from tests.faults.server import Server, cpu_seconds, environment_for, free_port  # noqa: E402

RECEIVERS = 4
SUBMITS = 300
PER_S, LATE_MS, TIMES = 500, 1_000, 2.0
PEOPLE = ("--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN)
COPY = """INSERT INTO webhooks_delivery (webhook_id, action, body, state, attempts, next_at, error, created_at)
SELECT ?, action, body, 'pending', 0, created_at, '', created_at FROM webhooks_delivery WHERE id = ?"""


def call(api: Api, method: str, path: str, body: Any = None) -> Any:
    """Call with JSON and return JSON."""
    content = api.call(method, path, json.dumps(body).encode() if body is not None else None)
    return json.loads(content) if content else None


def project_with(api: Api, addresses: list[str]) -> tuple[list[int], list[int]]:
    """Make a project of tasks with webhooks; returns the ids of its tasks and its webhooks."""
    project = call(api, "POST", "/api/projects/", {"title": "Hooks", "label_config": CONFIG})["id"]
    call(api, "POST", f"/api/projects/{project}/import", [{"text": f"Sentence {n}"} for n in range(SUBMITS * 2)])
    hooks = [
        call(api, "POST", "/api/webhooks/", {"project": project, "url": f"{address}/hook", "secret": "shared"})["id"]
        for address in addresses
    ]
    return [row["id"] for row in call(api, "GET", f"/api/tasks/?project={project}&page_size=1000")["tasks"]], hooks


def submits(api: Api, ids: list[int]) -> list[float]:
    """Submit one annotation a task; returns the seconds that each call took."""
    spent = []
    for task in ids:
        start = time.perf_counter()
        call(api, "POST", f"/api/tasks/{task}/annotations/", {"result": RESULT})
        spent.append(time.perf_counter() - start)
    return spent


def until(address: str, count: int, limit_s: float = 300.0) -> dict[str, float]:
    """Return what a receiver has heard once that are `count` calls."""
    deadline = time.monotonic() + limit_s
    while (found := heard(address))["count"] < count:
        if time.monotonic() > deadline:
            raise SystemExit(f"{address} heard {found['count']} of {count} calls")
        time.sleep(0.05)
    return found


def owe(database: Path, hooks: list[int], each: int) -> None:
    """Owe every webhook so many copies of a call that went out before."""
    with contextlib.closing(sqlite3.connect(database)) as link, link:
        (model,) = link.execute("SELECT max(id) FROM webhooks_delivery WHERE action = 'ANNOTATION_CREATED'").fetchone()
        for _ in range(each):
            link.executemany(COPY, [(hook, model) for hook in hooks])


def measure(folder: Path, count: int) -> dict[str, Any]:
    """Return all figures of one run."""
    server = Server(environment_for(folder) | {"POSTIL_SQLITE_SYNCHRONOUS": "FULL"})
    with contextlib.ExitStack() as stack:
        live = [stack.enter_context(started("hook", free_port())) for _ in range(RECEIVERS)]
        dead = stack.enter_context(started("dead", free_port()))
        with server.running(*PEOPLE):
            api = Api(server.port)
            until_worker_works(
                api, call(api, "POST", "/api/projects/", {"title": "First", "label_config": CONFIG})["id"]
            )
            alone, _ = project_with(api, [])
            before = submits(api, alone[:SUBMITS])
            tasks, hooks = project_with(api, [*live, dead])
            beside = submits(api, tasks[:SUBMITS])
            ended = time.time()
            late = max(until(address, SUBMITS)["last"] for address in live) - ended
        each = count // RECEIVERS
        owe(folder / "postil.sqlite3", hooks, each)
        known = [heard(address)["count"] for address in live]
        start = time.time()
        with server.running():
            began = [until(address, int(had) + 1)["last"] for address, had in zip(live, known, strict=True)]
            spent = sum(cpu_seconds(pid) for pid in server.children())
            last = [until(address, int(had) + each)["last"] for address, had in zip(live, known, strict=True)]
            spent = sum(cpu_seconds(pid) for pid in server.children()) - spent
    took = max(last) - max(start, min(began))
    return {
        "deliveries": each * RECEIVERS,
        "per_s": round(each * RECEIVERS / took),
        "per_cpu_s": round(each * RECEIVERS / max(spent, 0.01)),
        "submit_p50_ms": round(statistics.median(before) * 1000, 1),
        "submit_with_webhooks_p50_ms": round(statistics.median(beside) * 1000, 1),
        "last_arrives_after_ms": round(max(0.0, late) * 1000),
    }


def main() -> int:
    """Measure, print, and say whether the budgets hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deliveries", type=int, default=5_000)
    parser.add_argument("--save", default="", help="name of the file in bench/baselines")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name:
        figures = measure(Path(name) / "data", given.deliveries)
    print(json.dumps(figures, indent=2))
    if given.save:
        (ROOT / "bench" / "baselines" / f"{given.save}.json").write_text(json.dumps(figures, indent=2) + "\n")
    missed = []
    if figures["per_s"] < PER_S:
        missed.append(f"{figures['per_s']} deliveries/s, at least {PER_S} are wanted")
    if figures["last_arrives_after_ms"] > LATE_MS:
        missed.append(f"the last call comes {figures['last_arrives_after_ms']} ms late, at most {LATE_MS} are wanted")
    if figures["submit_with_webhooks_p50_ms"] > TIMES * figures["submit_p50_ms"]:
        missed.append(
            f"a submit takes {figures['submit_with_webhooks_p50_ms']} ms beside {figures['submit_p50_ms']} ms without "
            f"webhooks, at most {TIMES} times as long is wanted"
        )
    for line in missed:
        print(f"webhooks: {line}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
