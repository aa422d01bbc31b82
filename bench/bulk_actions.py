"""Bulk actions over many tasks, beside bare SQL on the same rows and an annotator who submits meanwhile.

A part of `python bench/data_manager.py --bulk`; by itself it prints what bare SQL takes: rows a second by action.
"""

import argparse
import json
import statistics
import sys
import threading
import time
from typing import Any

from run import Api

ENDED = ("completed", "failed", "cancelled")
CHOICE = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]
# Each goes over the same tasks, in this order; what it needs besides them.
ACTIONS: dict[str, dict[str, Any]] = {
    "annotate_tasks": {"control": "mood", "choice": "good"},
    "set_ground_truth": {"value": "true"},
    "relabel": {"old": ["good"], "new": "bad"},
    "predictions_to_annotations": {},
    "delete_tasks_predictions": {},
    "delete_tasks_annotations": {},
    "delete_tasks": {},
}
# The least that a database must do for the same effect, without versions, counters of the project and undoing.
NEW_ANNOTATION = (
    "INSERT INTO tasks_annotation (task_id, project_id, result, result_count, revision, revision_action, "
    "was_cancelled, ground_truth, is_surplus, created_at, updated_at) SELECT {task}, project_id, {result}, 1, 1, "
    "'submitted', {no}, {no}, {no}, created_at, updated_at FROM {table} WHERE project_id = {project} AND {task} < {end}"
)
CHANGE = (
    "UPDATE tasks_annotation SET {column} = {value}, updated_at = created_at "
    "WHERE project_id = {project} AND task_id < {end}"
)
COUNT = "UPDATE tasks_task SET {column} = {value}, updated_at = created_at WHERE project_id = {project} AND id < {end}"
IN_TRASH = "UPDATE {table} SET deleted_at = created_at WHERE project_id = {project} AND {task} < {end}"


class Annotator(threading.Thread):
    """Submits one annotation after the other, with a breath between them, and measures how long each takes."""

    def __init__(self, port: int, tasks: range) -> None:
        super().__init__(daemon=True)
        self.port, self.tasks, self.taken, self.is_done = port, tasks, list[float](), threading.Event()

    def run(self) -> None:
        """Submit until told to stop."""
        api = Api(self.port)
        body = json.dumps({"result": CHOICE, "lead_time": 1}).encode()
        for task in self.tasks:
            if self.is_done.wait(0.03):
                return
            start = time.perf_counter()
            api.call("POST", f"/api/tasks/{task}/annotations/", body)
            self.taken.append((time.perf_counter() - start) * 1000)

    def figures(self) -> dict[str, float]:
        """Stop, and return how many submissions there were and how long they took."""
        self.is_done.set()
        self.join()
        if len(self.taken) < 3:
            return {"submits": len(self.taken)}
        p95 = statistics.quantiles(self.taken, n=20)[18]
        middle = statistics.median(self.taken)
        return {
            "submits": len(self.taken),
            "submit_p50_ms": round(middle, 1),
            "submit_p95_ms": round(p95, 1),
            "submit_max_ms": round(max(self.taken), 1),
        }


def finished(api: Api, job: dict[str, Any]) -> dict[str, Any]:
    """Wait for a job; anything but success ends the run."""
    while job["state"] not in ENDED:
        time.sleep(0.05)
        job = json.loads(api.call("GET", f"/api/jobs/{job['id']}/"))
    if job["state"] != "completed":
        raise SystemExit(f"{job['kind']}: {job['state']}, {job['error']}")
    return job


def bulk(port: int, project: int, count: int, bare: dict[str, float]) -> dict[str, Any]:
    """Run the actions as jobs, and undo each but the first ones; return rows a second and what an annotator felt."""
    api = Api(port)
    first = json.loads(api.call("GET", f"/api/tasks/?project={project}&page_size=1"))["tasks"][0]["id"]
    item = {"filter": "filter:tasks:id", "operator": "less", "type": "Number", "value": first + count}
    some = {"filters": {"conjunction": "and", "items": [item]}}
    found: dict[str, Any] = {}
    for number, (action, parameters) in enumerate(ACTIONS.items()):
        address = f"/api/dm/actions/?id={action}&project={project}"
        body = json.dumps({**some, **parameters}).encode()
        free = first + count + 1 + number * 20_000
        tasks = range(free, free + 20_000)
        annotator = Annotator(port, tasks)
        annotator.start()
        start = time.perf_counter()
        job = finished(api, json.loads(api.call("POST", f"{address}&mode=job", body))["job"])
        spent = time.perf_counter() - start
        rows = job["result"]["processed_items"]
        found[action] = {"rows": rows, "rows_s": round(rows / spent), **annotator.figures()}
        if action in bare:
            found[action]["bare_rows_s"] = round(bare[action])
        if job["result"]["undo"] is not None and action.startswith("delete"):
            found[f"undo {action}"] = undone(api, port, project, job["id"], tasks)
        print(f"{action:28} {found[action]}", flush=True)
    return found


def undone(api: Api, port: int, project: int, job_id: str, tasks: range) -> dict[str, Any]:
    """Take an action back, as people do from the note below the table; return what that took."""
    annotator = Annotator(port, tasks[10_000:])
    annotator.start()
    start = time.perf_counter()
    body = json.dumps({"project": project, "job": job_id}).encode()
    answer = json.loads(api.call("POST", "/api/dm/undo/", body))
    rows = (finished(api, answer["job"])["result"] if "job" in answer else answer)["restored"]
    spent = time.perf_counter() - start
    found = {"rows": rows, "rows_s": round(rows / spent), **annotator.figures()}
    print(f"{'undo':28} {found}", flush=True)
    return found


def bare_statements(project: int, end: int, *, is_postgres: bool) -> dict[str, list[str]]:
    """Return the statements of each action; the first one's rows are those that count."""
    result = json.dumps(CHOICE).replace("'", "''")
    no, json_type = ("false", "::json") if is_postgres else ("0", "")
    shared = {"project": project, "end": end, "no": no}
    quoted = f"'{result}'{json_type}"
    text = "result::text" if is_postgres else "result"
    return {
        "annotate_tasks": [
            NEW_ANNOTATION.format(table="tasks_task", task="id", result=quoted, **shared),
            COUNT.format(column="annotation_count", value="annotation_count + 1", **shared),
        ],
        "set_ground_truth": [CHANGE.format(column="ground_truth", value="NOT ground_truth", **shared)],
        "relabel": [CHANGE.format(column="result", value=f"replace({text}, 'good', 'bad'){json_type}", **shared)],
        "predictions_to_annotations": [
            NEW_ANNOTATION.format(table="tasks_prediction", task="task_id", result="result", **shared),
            COUNT.format(column="annotation_count", value="annotation_count + 1", **shared),
        ],
        "delete_tasks_predictions": [
            f"DELETE FROM tasks_prediction WHERE project_id = {project} AND task_id < {end}",
            COUNT.format(column="prediction_count", value="0", **shared),
        ],
        "delete_tasks_annotations": [
            IN_TRASH.format(table="tasks_annotation", task="task_id", **shared),
            COUNT.format(column="annotation_count", value="0", **shared),
        ],
        "delete_tasks": [IN_TRASH.format(table="tasks_task", task="id", **shared)],
    }


def bare_rates(project: int, count: int) -> dict[str, float]:
    """Return rows a second of bare SQL by action; nothing stays."""
    import django

    django.setup()
    from django.db import connection, transaction

    found: dict[str, float] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(id) FROM tasks_task WHERE project_id = %s", [project])
        end = cursor.fetchone()[0] + count
        for action, statements in bare_statements(project, end, is_postgres=connection.vendor == "postgresql").items():
            with transaction.atomic():
                start = time.perf_counter()
                rows = 0
                for statement in statements:
                    cursor.execute(statement)
                    rows = rows or cursor.rowcount
                found[action] = rows / (time.perf_counter() - start)
                transaction.set_rollback(True)
    return found


def main() -> int:
    """Print the rates of bare SQL in the database of the environment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    asked = parser.parse_args()
    print(json.dumps(bare_rates(asked.project, asked.count)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
