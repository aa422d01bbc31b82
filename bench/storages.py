"""Measure storages against a real S3 server and the raw limits of the same machine, in the same run.

python bench/storages.py                      100 000 objects
python bench/storages.py --objects 20000      fewer
python bench/storages.py --save NAME          also write bench/baselines/NAME.json
"""

import argparse
import http.client
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "tools")]

import boto3  # noqa: E402
from bench.run import CONFIG, RESULT, TOKEN, Api, until_worker_works  # noqa: E402
from botocore.config import Config  # noqa: E402
from tests.faults.server import Server, cpu_seconds, environment_for  # noqa: E402

from postil.storages.tests.servers import ACCESS_KEY, OPEN_BUCKET, SECRET_KEY, s3_server  # noqa: E402

IMAGES = '<View><Image name="image" value="$image"/></View>'
SIDE_BY_SIDE = 8
WRITES = 2_000
LEAST_PER_S = 2_000
END = ("completed", "failed", "completed_with_errors")


def put_objects(address: str, names: Sequence[str], body: bytes) -> None:
    """Fill the bucket that anybody may write to; unsigned, because signing would cost more than writing."""
    parts = urlsplit(address)

    def work(mine: Sequence[str]) -> None:
        link = http.client.HTTPConnection(parts.hostname or "", parts.port)
        for name in mine:
            link.request("PUT", f"/{OPEN_BUCKET}/{name}", body)
            answer = link.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"PUT {name}: {answer.status}")

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        list(pool.map(work, [names[at::SIDE_BY_SIDE] for at in range(SIDE_BY_SIDE)]))


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Return seconds and the result."""
    start = time.perf_counter()
    found = act()
    return time.perf_counter() - start, found


def raw_listing(client: Any) -> int:
    """List everything with the vendor's client and nothing else; return how many objects there are."""
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=OPEN_BUCKET, Prefix="in/")
    return sum(len(page.get("Contents", [])) for page in pages)


def raw_writes(client: Any, body: bytes, count: int) -> None:
    """Write objects with the vendor's client, as many side by side as the server does."""

    def one(number: int) -> None:
        client.put_object(Bucket=OPEN_BUCKET, Key=f"raw/{number}", Body=body)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        list(pool.map(one, range(count)))


def call(api: Api, method: str, path: str, body: Any = None) -> Any:
    """Call with JSON and return JSON."""
    content = api.call(method, path, json.dumps(body).encode() if body is not None else None)
    return json.loads(content) if content else None


def synced(api: Api, path: str) -> dict[str, Any]:
    """Sync a storage by a job and return what became of it."""
    call(api, "POST", f"{path}sync/?mode=job")
    pause = threading.Event()
    while True:
        state: dict[str, Any] = call(api, "GET", path)
        if state["status"] in END and not state.get("waiting_count"):
            return state
        pause.wait(0.05)


def cpu_s(server: Server) -> float:
    """Return the processor time of server and worker so far: other programs make calls slower, but hardly dearer."""
    return sum(cpu_seconds(pid) for pid in server.children())


def measure(server: Server, address: str, count: int) -> dict[str, Any]:
    """Return all figures of one run."""
    client = boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY, config=Config(max_pool_connections=SIDE_BY_SIDE),
    )  # fmt: skip
    client.create_bucket(Bucket=OPEN_BUCKET)
    filling, _ = timed(lambda: put_objects(address, [f"in/{number:07}.png" for number in range(count)], b"x"))
    listing, found = timed(lambda: raw_listing(client))
    api = Api(server.port)
    project = call(api, "POST", "/api/projects/", {"title": "Objects", "label_config": IMAGES})["id"]
    until_worker_works(api, call(api, "POST", "/api/projects/", {"title": "First", "label_config": CONFIG})["id"])
    place = {
        "project": project, "bucket": OPEN_BUCKET, "s3_endpoint": address, "aws_access_key_id": ACCESS_KEY,
        "aws_secret_access_key": SECRET_KEY,
    }  # fmt: skip
    made = call(api, "POST", "/api/storages/s3/", {**place, "prefix": "in", "use_blob_urls": True})
    path = f"/api/storages/s3/{made['id']}/"
    spent = cpu_s(server)
    first, state = timed(lambda: synced(api, path))
    spent = cpu_s(server) - spent
    again, second = timed(lambda: synced(api, path))
    if (found, state["last_sync_count"], second["last_sync_count"]) != (count, count, 0):
        raise SystemExit(
            f"{found} objects, {state['last_sync_count']} tasks, then {second['last_sync_count']}: {state}"
        )
    figures: dict[str, Any] = {
        "objects": count,
        "filling_per_s": round(count / filling),
        "raw_listing_per_s": round(count / listing),
        "sync_per_s": round(count / first),
        "sync_per_cpu_s": round(count / spent),
        "sync_to_raw_listing": round(listing / first, 2),
        "resync_per_s": round(count / again),
        "resync_to_raw_listing": round(listing / again, 2),
    }
    return figures | measure_target(api, client, place)


def measure_target(api: Api, client: Any, place: dict[str, Any]) -> dict[str, Any]:
    """Return how fast annotations are written, by a sync and as they are made."""
    project = call(api, "POST", "/api/projects/", {"title": "Answers", "label_config": CONFIG})["id"]
    tasks = [{"data": {"text": f"Sentence {n}"}, "annotations": [{"result": RESULT}]} for n in range(WRITES)]
    call(api, "POST", f"/api/projects/{project}/import", tasks)
    target = {**place, "project": project, "prefix": "out"}
    made = call(api, "POST", "/api/storages/export/s3/", target)
    path = f"/api/storages/export/s3/{made['id']}/"
    synced(api, path)  # the first one, which it started by itself
    whole, _ = timed(lambda: synced(api, path))
    listed = client.list_objects_v2(Bucket=OPEN_BUCKET, Prefix="out/", MaxKeys=1)["Contents"][0]
    body = client.get_object(Bucket=OPEN_BUCKET, Key=listed["Key"])["Body"].read()
    raw, _ = timed(lambda: raw_writes(client, body, WRITES))
    ids = [row["id"] for row in call(api, "GET", f"/api/tasks/?project={project}&page_size=200")["tasks"]]

    def submit_all() -> None:
        for task in ids:
            call(api, "POST", f"/api/tasks/{task}/annotations/", {"result": RESULT})
        pause = threading.Event()
        while call(api, "GET", path)["waiting_count"]:
            pause.wait(0.02)

    following, _ = timed(submit_all)
    return {
        "target_sync_per_s": round(WRITES / whole),
        "raw_writes_per_s": round(WRITES / raw),
        "target_sync_to_raw": round(raw / whole, 2),
        "submitted_and_written_per_s": round(len(ids) / following),
    }


def main() -> int:
    """Measure, print, and say whether the budget holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--objects", type=int, default=100_000)
    parser.add_argument("--save", default="", help="name of the file in bench/baselines")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name, s3_server() as address:
        server = Server(environment_for(Path(name) / "data") | {"POSTIL_SQLITE_SYNCHRONOUS": "FULL"})
        people = ("--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN)
        with server.running(*people):
            figures = measure(server, address, given.objects)
    print(json.dumps(figures, indent=2))
    if given.save:
        (ROOT / "bench" / "baselines" / f"{given.save}.json").write_text(json.dumps(figures, indent=2) + "\n")
    if figures["sync_per_s"] < LEAST_PER_S:
        print(f"sync: {figures['sync_per_s']} objects/s, at least {LEAST_PER_S} are wanted", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
