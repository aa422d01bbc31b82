"""Measure predictions in bulk through a stub model server, beside the bare conversation with the same server.

python bench/models.py                     10 000 predictions
python bench/models.py --tasks 2000        fewer
python bench/models.py --save NAME         also write bench/baselines/NAME.json
"""

import argparse
import contextlib
import http.client
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from bench.receivers import started  # noqa: E402
from bench.run import CONFIG, Api, sample_tasks, until_worker_works  # noqa: E402
from bench.webhooks import PEOPLE, call  # noqa: E402
from tests.faults.server import Server, cpu_seconds, environment_for, free_port  # noqa: E402

BATCH = 100
LEAST_PER_S = 500


def bare_per_s(address: str, tasks: list[dict[str, Any]]) -> float:
    """Return tasks a second of asking the stub about the same tasks and doing nothing with the answers."""
    parts = urlsplit(address)
    link = http.client.HTTPConnection(parts.hostname or "", parts.port)
    start = time.perf_counter()
    for at in range(0, len(tasks), BATCH):
        body = {"tasks": tasks[at : at + BATCH], "project": "1.0", "label_config": CONFIG, "params": {}}
        link.request("POST", "/predict", json.dumps(body), {"Content-Type": "application/json"})
        json.loads(link.getresponse().read())
    return len(tasks) / (time.perf_counter() - start)


def ended(api: Api, job: dict[str, Any]) -> dict[str, Any]:
    """Return a job once it is over."""
    while job["state"] in {"queued", "running"}:
        time.sleep(0.05)
        job = call(api, "GET", f"/api/jobs/{job['id']}/")
    return job


def measure(folder: Path, count: int) -> dict[str, Any]:
    """Return all figures of one run."""
    server = Server(environment_for(folder) | {"POSTIL_SQLITE_SYNCHRONOUS": "FULL"})
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(started("model", free_port()))
        stack.enter_context(server.running(*PEOPLE))
        api = Api(server.port)
        project = call(api, "POST", "/api/projects/", {"title": "Models", "label_config": CONFIG})["id"]
        until_worker_works(api, project)
        call(api, "POST", f"/api/projects/{project}/import", sample_tasks(count - 1))
        call(api, "POST", "/api/ml/", {"project": project, "url": address, "title": "stub"})
        tasks = [{"id": number, "data": task} for number, task in enumerate(sample_tasks(count))]
        bare = bare_per_s(address, tasks)
        path = f"/api/dm/actions/?id=retrieve_tasks_predictions&project={project}&mode=job"
        chosen = {"selectedItems": {"all": True, "excluded": []}}
        spent = sum(cpu_seconds(pid) for pid in server.children())
        start = time.perf_counter()
        job = ended(api, call(api, "POST", path, chosen)["job"])
        took = time.perf_counter() - start
        spent = sum(cpu_seconds(pid) for pid in server.children()) - spent
        if job["state"] != "completed" or job["result"]["processed_items"] != count:
            raise SystemExit(f"the job ended {job}")
        start = time.perf_counter()
        again = ended(api, call(api, "POST", path, chosen)["job"])
        if again["result"]["processed_items"]:
            raise SystemExit(f"asked again, {again['result']} were made")
        second = time.perf_counter() - start
    return {
        "predictions": count,
        "per_s": round(count / took),
        "per_cpu_s": round(count / max(spent, 0.01)),
        "bare_per_s": round(bare),
        "to_bare": round(count / took / bare, 3),
        "passed_over_per_s": round(count / second),
    }


def main() -> int:
    """Measure, print, and say whether the budget holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--save", default="", help="name of the file in bench/baselines")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name:
        figures = measure(Path(name) / "data", given.tasks)
    print(json.dumps(figures, indent=2))
    if given.save:
        (ROOT / "bench" / "baselines" / f"{given.save}.json").write_text(json.dumps(figures, indent=2) + "\n")
    if figures["per_s"] < LEAST_PER_S:
        print(f"models: {figures['per_s']} predictions/s, at least {LEAST_PER_S} are wanted", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
