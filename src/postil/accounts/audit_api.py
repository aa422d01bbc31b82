"""Route of the audit log: pages in JSON, or everything that matches as CSV."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router

from postil.accounts import queries, shapes
from postil.accounts.access import actor, needs
from postil.accounts.models import AuditRow
from postil.accounts.permissions import Permission
from postil.core.clock import iso, now
from postil.infra.http import int_param, paginate, to_json
from postil.infra.shapes import Page

router = Router(tags=["Audit log"])
COLUMNS = ("id", "at", "actor", "actor_kind", "ip", "action", "object_type", "object_id", "project", "details")
MAX_DAYS = 36_500
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@router.get("/audit-log/", operation_id="api_audit_log_list")
@needs(Permission.AUDIT_VIEW)
def audit_log(request: HttpRequest) -> StreamingHttpResponse | Page[shapes.AuditEntry]:
    """Who did what, newest first.

    By `action`, `kind` (what actions begin with, several joined by commas), `actor` (id or e-mail), `project`,
    `object_type`, `object_id`, and the last `days`.
    """
    rows = _filtered(request, queries.audit_rows(actor(request).organization))
    if request.GET.get("format") == "csv":
        response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
        return response
    return paginate(request, rows, lambda page: [_row(row) for row in page], default_size=50)


def _filtered(request: HttpRequest, rows: QuerySet[AuditRow]) -> QuerySet[AuditRow]:
    for name in ("action", "object_type", "object_id"):
        if request.GET.get(name):
            rows = rows.filter(**{name: request.GET[name]})
    kinds = [kind for kind in request.GET.get("kind", "").split(",") if kind]
    if kinds:
        rows = rows.filter(reduce(or_, (Q(action__startswith=f"{kind}.") for kind in kinds)))
    days = int_param(request, "days")
    if days is not None and 0 < days <= MAX_DAYS:
        rows = rows.filter(at__gte=now() - timedelta(days=days))
    project = int_param(request, "project")
    if project is not None:
        rows = rows.filter(project_id=project)
    who = request.GET.get("actor", "").strip()
    if who.isdecimal() and len(who) < 19:
        rows = rows.filter(actor=int(who))
    elif who:
        rows = rows.filter(actor__email__iexact=who)
    return rows


def _row(row: AuditRow) -> shapes.AuditEntry:
    return {
        "id": row.pk,
        "at": iso(row.at),
        "actor": {"id": row.actor.pk, "email": row.actor.email} if row.actor is not None else None,
        "actor_kind": row.actor_kind,
        "ip": row.ip,
        "action": row.action,
        "object_type": row.object_type,
        "object_id": row.object_id,
        "project": row.project_id,
        "organization": row.organization_id,
        "details": row.details,
    }


class _Line:
    """A file that gives back what is written: csv's own way to a string."""

    def write(self, text: str) -> str:
        return text


def _csv(rows: QuerySet[AuditRow]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for row in rows.iterator(chunk_size=1000):
        shown: dict[str, Any] = {**_row(row)}
        shown["actor"] = row.actor.email if row.actor is not None else ""
        shown["details"] = to_json(row.details).decode()
        yield writer.writerow([_disarmed(shown[name]) for name in COLUMNS])


def _disarmed(value: Any) -> Any:
    """Put an apostrophe before text that a spreadsheet would run."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
