"""Measure how long a client of Label Studio takes to read all tasks of a project, page by page.

python bench/pager.py --client PYTHON                 100 000 tasks; PYTHON has label-studio-sdk installed
python bench/pager.py --client PYTHON --tasks 20000   fewer
python bench/pager.py --client PYTHON --postgresql    a PostgreSQL server of its own
python bench/pager.py --client PYTHON --save NAME     also write bench/baselines/NAME.json

PYTHON: python -m venv /tmp/sdk && /tmp/sdk/bin/pip install label-studio-sdk; then /tmp/sdk/bin/python
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "tools")]

from bench.run import CONFIG, TOKEN, Api, environment, sample_tasks, until_worker_works  # noqa: E402
from tests.faults.server import Server, cpu_seconds  # noqa: E402

PAGE = 100
LONGEST_S = 60.0
# The last pages may cost so much more than the first: far pages must not be dearer than near ones.
MOST_DEARER = 2.0
READ = """
import json, statistics, sys, time
from importlib.metadata import version
from label_studio_sdk import LabelStudio

client = LabelStudio(base_url=sys.argv[1], api_key=sys.argv[2])
begin = mark = time.perf_counter()
pages, count = [], 0
for task in client.tasks.list(project=int(sys.argv[3])):
    count += 1
    if count % int(sys.argv[4]) == 0:
        now = time.perf_counter()
        pages.append(now - mark)
        mark = now
print(json.dumps({
    "sdk": version("label-studio-sdk"),
    "tasks": count,
    "seconds": round(time.perf_counter() - begin, 1),
    "first_pages_ms": round(1000 * statistics.median(pages[:50]), 1),
    "last_pages_ms": round(1000 * statistics.median(pages[-50:]), 1),
}))
"""


def measure(server: Server, client: str, count: int) -> dict[str, Any]:
    """Import tasks, let the client read them, and return what it measured with the server's own work."""
    api = Api(server.port)
    project = json.loads(
        api.call("POST", "/api/projects/", json.dumps({"title": "Pages", "label_config": CONFIG}).encode())
    )
    until_worker_works(api, project["id"])
    before = json.loads(api.call("GET", f"/api/projects/{project['id']}/"))["task_number"]
    api.call("POST", f"/api/projects/{project['id']}/import", json.dumps(sample_tasks(count)).encode())
    spent = sum(cpu_seconds(pid) for pid in server.children())
    address = f"http://127.0.0.1:{server.port}"
    read = subprocess.run(
        [client, "-c", READ, address, TOKEN, str(project["id"]), str(PAGE)], capture_output=True, text=True, check=True
    )
    figures: dict[str, Any] = json.loads(read.stdout)
    if figures["tasks"] != count + before:
        raise SystemExit(f"{figures['tasks']} of {count + before} tasks were read")
    spent = sum(cpu_seconds(pid) for pid in server.children()) - spent
    return {**figures, "server_cpu_ms_per_page": round(1000 * spent / (count / PAGE), 2)}


def main() -> int:
    """Measure, print, and say whether the budget holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--client", required=True, help="a Python with label-studio-sdk")
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--save", default="", help="name of the file in bench/baselines")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name, environment(given.postgresql, Path(name)) as env:
        server = Server(env)
        people = ("--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN)
        with server.running(*people):
            figures = measure(server, given.client, given.tasks)
    print(json.dumps(figures, indent=2))
    if given.save:
        (ROOT / "bench" / "baselines" / f"{given.save}.json").write_text(json.dumps(figures, indent=2) + "\n")
    problems = []
    if figures["seconds"] > LONGEST_S * given.tasks / 100_000:
        problems.append(f"{figures['seconds']} s, {LONGEST_S * given.tasks / 100_000:.0f} s are allowed")
    if figures["last_pages_ms"] > MOST_DEARER * figures["first_pages_ms"]:
        problems.append(f"the last pages take {figures['last_pages_ms']} ms, the first {figures['first_pages_ms']} ms")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
