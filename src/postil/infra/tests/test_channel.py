"""Progress and cancel while the handler holds a transaction open, on both databases."""

import pytest
from django.db import transaction

from postil.accounts.models import Organization
from postil.infra.jobs import channel, job_json
from postil.infra.models import Job, JobState

pytestmark = pytest.mark.django_db(transaction=True)


def test_progress_and_cancel_pass_an_open_transaction_by():
    from postil.infra.tests.test_concurrency import at_once

    job = Job.objects.create(kind="x", state=JobState.RUNNING)
    link = channel.open_channel(job.pk)
    try:
        with transaction.atomic():
            Organization.objects.create(title="not yet committed")
            link.write_progress(3, 10)
            seen = at_once(lambda: job_json(Job.objects.get())["progress"])
            assert link.is_cancel_asked() is False
            at_once(lambda: channel.ask_cancel(job.pk))
            assert link.is_cancel_asked() is True
    finally:
        link.close()
    assert seen == [{"done": 3, "total": 10, "unit": "items"}]
    link.close()


def test_a_channel_without_its_job_does_no_harm():
    job = Job(kind="x")
    link = channel.open_channel(job.pk)
    link.write_progress(1, None)
    assert link.is_cancel_asked() is False
    link.close()
    channel.clear(job.pk)
    assert channel.live_progress(job.pk) is None
