"""A worker that is killed in the middle of a job: another one finishes it, and nothing half-done is seen."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys, threading
from dataclasses import dataclass
import django
django.setup()
from django.db import transaction
from postil.accounts.models import Organization
from postil.infra import jobs
from postil.infra.jobs.worker import run_worker
from postil.infra.models import Job

@dataclass(frozen=True)
class MakeTwo:
    title: str

def make_two(spec, run):
    with transaction.atomic():
        Organization.objects.create(title=spec.title)
        run.progress(1, 2)
        if sys.argv[1] == "hang":
            print("half", flush=True)
            sys.stdin.read()
        Organization.objects.create(title=spec.title)
    return {"made": 2}

jobs.register(MakeTwo, make_two)
stop = threading.Event()
if sys.argv[1] == "hang":
    jobs.enqueue(MakeTwo("killed"), who=None, organization_id=None)
    run_worker(stop)
else:
    thread = threading.Thread(target=run_worker, args=(stop,))
    thread.start()
    job = jobs.wait(Job.objects.get(), timeout_s=30)
    stop.set()
    thread.join()
    print(job.state, job.attempts, job.result, Organization.objects.filter(title="killed").count(), flush=True)
"""


@pytest.fixture
def redis_url(tmp_path):
    """A Redis of our own on a free port, gone with the test."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        for line in server.stdout:
            if "Ready to accept connections" in line:
                break
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


@pytest.fixture(params=["database", "redis"])
def environment(request, tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("POSTIL_", "DJANGO_"))}
    made = {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "postil.infra.settings",
        "POSTIL_DATA_DIR": str(tmp_path / "data"),
        "POSTIL_LOG_LEVEL": "ERROR",
    }
    if request.param == "redis":
        made["POSTIL_REDIS_URL"] = request.getfixturevalue("redis_url")
    migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
    subprocess.run(migrate, env=made, check=True, timeout=60, cwd=ROOT)
    return made


def test_another_worker_finishes_what_a_killed_one_began(environment, tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "hang"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout.readline() == "half\n"
        first.send_signal(signal.SIGKILL)
    second = subprocess.run(
        [sys.executable, "-c", PROGRAM, "finish"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.stdout == "completed 2 {'made': 2} 2\n", second.stderr
    assert list((tmp_path / "data" / "jobs").iterdir()) == []


def test_a_stopped_worker_gives_its_job_back(environment):
    program = PROGRAM.replace("sys.stdin.read()", "stop.set(); run.progress(1); raise AssertionError")
    first = subprocess.run(
        [sys.executable, "-c", program, "hang"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (first.returncode, first.stdout) == (0, "half\n"), first.stderr
    second = subprocess.run(
        [sys.executable, "-c", PROGRAM, "finish"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.stdout == "completed 1 {'made': 2} 2\n", second.stderr
