"""Whether the server is well: answers without credentials and without details."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from postil.infra.http import to_json
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


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False
