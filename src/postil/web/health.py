"""Whether the server is well: answers without credentials and without details."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse

import postil
from postil.accounts.access import maybe_actor
from postil.core.errors import Unauthenticated
from postil.infra.http import error_response, to_json
from postil.infra.models import Job, JobState
from postil.web.system_api import version_document

LEAST_FREE_BYTES = 20 * 1024 * 1024


def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and the disk has room, otherwise 503."""
    is_well = _database_answers() and shutil.disk_usage(settings.DATA_DIR).free > LEAST_FREE_BYTES
    body = {"status": "UP" if is_well else "DOWN"}
    response = HttpResponse(to_json(body), status=200 if is_well else 503, content_type="application/json")
    if not is_well:
        response["Retry-After"] = "5"
    return response


def version(request: HttpRequest) -> HttpResponse:
    """Answer with the versions, as `/api/version/` does."""
    return HttpResponse(to_json(version_document(request)), content_type="application/json")


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer people who are signed in with what a monitor may collect, in the text form of Prometheus."""
    if maybe_actor(request) is None:
        return error_response(Unauthenticated())
    counts = dict(Job.objects.values_list("state").annotate(count=Count("pk")))
    lines = [
        "# HELP postil_info The version that runs.",
        "# TYPE postil_info gauge",
        f'postil_info{{version="{postil.__version__}"}} 1',
        "# HELP postil_jobs Background work by its state.",
        "# TYPE postil_jobs gauge",
        *(f'postil_jobs{{state="{state}"}} {counts.get(state, 0)}' for state in JobState.values),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False
