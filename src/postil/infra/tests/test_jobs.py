"""Jobs: queue, progress, cancel, failure, recovery."""

import threading
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django_tasks_db.models import DBTaskResult

from postil.core.errors import Invalid
from postil.core.result import ItemError
from postil.infra import jobs
from postil.infra.db import is_postgres
from postil.infra.jobs import channel, chores, engine, liveness, specs
from postil.infra.jobs.worker import run_worker
from postil.infra.models import Job, JobError, JobState

DATABASE_ENGINE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@dataclass(frozen=True)
class CountUp:
    upto: int
    fail: str = ""


def count_up(spec: CountUp, run: jobs.Run) -> dict[str, Any]:
    for number in range(spec.upto):
        run.progress(number + 1, spec.upto)
    if spec.fail == "rule":
        raise Invalid("The file is empty.")
    if spec.fail == "bug":
        raise ZeroDivisionError("secret")
    if spec.fail == "database":
        raise OperationalError("gone")
    if spec.fail == "items":
        run.item_error(ItemError("line 3", "missing", "text"))
    return {"counted": spec.upto}


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    monkeypatch.setattr(specs, "_handlers", dict(specs._handlers))
    jobs.register(CountUp, count_up)


def ask(**fields: Any) -> Job:
    return jobs.enqueue(CountUp(**fields), who=None, organization_id=1, project_id=7, unit="rows")


@pytest.mark.django_db
def test_a_job_runs_after_the_commit_and_tells_what_came_of_it(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(upto=3)
        assert Job.objects.get().state == JobState.QUEUED
    shown = jobs.job_json(Job.objects.get())
    times = [shown.pop(name) for name in ("created_at", "started_at", "finished_at")]
    assert times == sorted(times)
    assert shown == {
        "id": str(job.pk),
        "kind": "count_up",
        "title": "",
        "project": 7,
        "state": "completed",
        "progress": {"done": 3, "total": 3, "unit": "rows"},
        "error": "",
        "error_count": 0,
        "result": {"counted": 3},
        "created_by": None,
    }


@pytest.mark.django_db
def test_waiting_runs_it_at_once_in_tests_and_only_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.wait(ask(upto=1), timeout_s=1).state == JobState.COMPLETED
    assert Job.objects.get().attempts == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fail", "error"), [("rule", "The file is empty."), ("bug", "Something went wrong on the server")]
)
def test_a_failure_says_why_and_hides_bugs(fail, error):
    job = jobs.wait(ask(upto=1, fail=fail), timeout_s=0)
    assert job.state == JobState.FAILED
    assert job.error.startswith(error)
    assert "secret" not in job.error


@pytest.mark.django_db
def test_errors_about_items_are_kept():
    job = jobs.wait(ask(upto=1, fail="items"), timeout_s=0)
    assert job.error_count == 1
    assert list(JobError.objects.values_list("where", "field", "reason")) == [("line 3", "text", "missing")]


@pytest.mark.django_db
def test_a_lost_database_puts_the_job_back_twice_and_then_fails_it():
    job = ask(upto=1, fail="database")
    states = []
    for _ in range(3):
        engine.execute(job.pk)
        states.append(Job.objects.get().state)
    assert states == [JobState.QUEUED, JobState.QUEUED, JobState.FAILED]


@pytest.mark.django_db
def test_cancelling_a_queued_job_ends_it():
    job = ask(upto=1)
    assert jobs.cancel(job.pk).state == JobState.CANCELLED
    engine.execute(job.pk)
    assert Job.objects.get().attempts == 0
    assert jobs.cancel(job.pk).state == JobState.CANCELLED


@pytest.mark.django_db
@pytest.mark.skipif(is_postgres(), reason="the second connection cannot see a job of the test's transaction")
def test_cancelling_a_running_job_reaches_its_handler():
    job = ask(upto=1)

    def stop_yourself(_spec: CountUp, run: jobs.Run) -> None:
        run.progress(5, 9)
        jobs.cancel(job.pk)
        assert jobs.job_json(Job.objects.get())["progress"] == {"done": 5, "total": 9, "unit": "rows"}
        run._checked_s = float("-inf")
        run.progress(6)
        raise AssertionError("was not stopped")

    jobs.register(CountUp, stop_yourself)
    ended = jobs.wait(job, timeout_s=0)
    assert (ended.state, ended.done, ended.total) == (JobState.CANCELLED, 6, 9)
    assert channel.live_progress(job.pk) is None


@pytest.mark.django_db
def test_a_stopping_process_gives_its_job_back_without_counting_it():
    stop = threading.Event()
    job = ask(upto=1)

    def be_interrupted(_spec: CountUp, run: jobs.Run) -> None:
        stop.set()
        run.progress(1)

    jobs.register(CountUp, be_interrupted)
    jobs.run.interrupt_on(stop)
    try:
        engine.execute(job.pk)
    finally:
        jobs.run.no_longer(stop)
    assert (Job.objects.get().state, Job.objects.get().attempts) == (JobState.QUEUED, 0)


@pytest.mark.django_db
def test_a_job_of_a_dead_process_is_queued_again_and_fails_the_third_time():
    job = ask(upto=1)
    for attempts, state in ((1, JobState.QUEUED), (2, JobState.QUEUED), (3, JobState.FAILED)):
        Job.objects.update(state=JobState.RUNNING, worker="long-gone", attempts=attempts, heartbeat_at=None)
        assert engine.recover() == 1
        assert Job.objects.get(pk=job.pk).state == state


@pytest.mark.django_db
def test_a_job_of_a_living_process_is_left_alone():
    ask(upto=1)
    Job.objects.update(state=JobState.RUNNING, worker=liveness.identity())
    assert engine.recover() == 0


@pytest.mark.django_db
def test_a_kind_from_another_version_fails_in_words():
    job = ask(upto=1)
    Job.objects.update(kind="paint_fence")
    assert jobs.wait(job, timeout_s=0).state == JobState.FAILED


@pytest.mark.django_db
def test_only_registered_dataclasses_can_be_asked_for():
    with pytest.raises(LookupError):
        jobs.enqueue(ItemError("a", "b"), who=None, organization_id=1)
    with pytest.raises(TypeError):
        jobs.register(int, lambda _spec, _run: None)


@pytest.mark.django_db(transaction=True)
def test_the_worker_takes_what_was_committed_and_nothing_that_was_not(settings):
    settings.TASKS = DATABASE_ENGINE
    with transaction.atomic():
        ask(upto=9)
        transaction.set_rollback(True)
    job = ask(upto=2)
    stop = threading.Event()
    thread = threading.Thread(target=run_worker, args=(stop,))
    thread.start()
    try:
        ended = jobs.wait(job, timeout_s=20)
    finally:
        stop.set()
        engine.wake.set()
        thread.join(20)
    assert (ended.state, ended.result) == (JobState.COMPLETED, {"counted": 2})
    assert Job.objects.count() == 1
    assert not thread.is_alive()


@pytest.mark.django_db
def test_old_jobs_are_pruned(settings):
    settings.TASKS = DATABASE_ENGINE
    ask(upto=1)
    Job.objects.update(state=JobState.COMPLETED, finished_at="2020-01-01T00:00:00Z")
    assert DBTaskResult.objects.update(enqueued_at="2020-01-01T00:00:00Z") == 1
    chores.do_chores()
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)
