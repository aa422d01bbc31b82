"""A worker that is killed in the middle of a bulk action: the next one goes on behind the last step that was done."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, sys, threading
import django
django.setup()
from postil.accounts.access import actor_of
from postil.accounts.tests.factories import make_organization, make_user
from postil.datamanager import bulk_runs, calls
from postil.datamanager.bulk_actions import ACTIONS
from postil.datamanager.models import BulkRun
from postil.infra import jobs
from postil.infra.jobs.worker import run_worker
from postil.infra.models import Job
from postil.projects.models import Project
from postil.tasks.models import Annotation, AnnotationVersion, Task
from postil.tasks.tests.factories import choice, make_project, make_task
from postil.tasks.annotation_actions import create_annotation
from postil.tasks.totals import recount

bulk_runs.BATCH = 2
stop = threading.Event()
if sys.argv[1] == "hang":
    user = make_user(organization=make_organization(title="Acme"), role="manager", email="a@example.com")
    project = make_project(user)
    for number in range(5):
        task = make_task(project, str(number))
        create_annotation(task=task, who=actor_of(user), fields={"result": choice("good")})
    body = {"selectedItems": {"all": True, "excluded": []}, "old": "good", "new": "fine"}
    asked = calls.Asked(project.pk, None, body, "job")
    calls.run_action(actor_of(user), ACTIONS.get("relabel"), asked)
    note = bulk_runs._note
    def hang_in_the_second_step(call, row, items, count):
        note(call, row, items, count)
        if row.done == 4:
            print("half", flush=True)  # changed and noted, but not committed
            sys.stdin.read()
    bulk_runs._note = hang_in_the_second_step
    run_worker(stop)
else:
    run = BulkRun.objects.get()
    seen = [run.done, sum(row.result == choice("fine") for row in Annotation.objects.all())]
    thread = threading.Thread(target=run_worker, args=(stop,))
    thread.start()
    job = jobs.wait(Job.objects.get(), timeout_s=30)
    project = Project.objects.get()
    user = run.user
    changed = [row.result[0]["value"]["choices"][0] for row in Annotation.objects.order_by("pk")]
    versions = AnnotationVersion.objects.count()
    status, undone = calls.undo(actor_of(user), project, str(job.pk))
    stop.set()
    thread.join()
    back = [row.result[0]["value"]["choices"][0] for row in Annotation.objects.order_by("pk")]
    print(json.dumps({
        "seen": seen, "state": job.state, "attempts": job.attempts, "items": job.result["processed_items"],
        "changed": changed, "versions": versions, "undone": [status, undone], "back": back, "wrong": recount(project),
    }), flush=True)
"""


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("POSTIL_", "DJANGO_"))}
    made = {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "postil.infra.settings",
        "POSTIL_DATA_DIR": str(tmp_path / "data"),
        "POSTIL_LOG_LEVEL": "ERROR",
    }
    migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
    subprocess.run(migrate, env=made, check=True, timeout=60, cwd=ROOT)
    return made


def test_a_bulk_action_goes_on_behind_its_last_step_and_can_be_undone_as_a_whole(environment):
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
    assert second.returncode == 0, second.stderr
    assert json.loads(second.stdout) == {
        "seen": [2, 2],
        "state": "completed",
        "attempts": 2,
        "items": 5,
        "changed": ["fine"] * 5,
        "versions": 5,
        "undone": [200, {"restored": 5, "passed_over": 0}],
        "back": ["good"] * 5,
        "wrong": {},
    }
