"""Imports as jobs, and imports of small requests: the same work, watched or not."""

from dataclasses import replace
from typing import Any

from postil.accounts.access import Actor
from postil.accounts.enums import Role
from postil.accounts.models import Membership
from postil.accounts.permissions import Permission
from postil.core.errors import Forbidden, Invalid
from postil.imports import actions, receiving
from postil.imports.jobs import ImportTasks
from postil.infra.jobs import Interrupted, Run
from postil.projects.access import get_project

KEPT_PENDING_S = 3 * 86_400.0


def import_tasks(spec: ImportTasks, run: Run) -> dict[str, Any]:
    """Do an import that was asked for; its author must still have the right. What it kept on disk goes afterwards."""
    try:
        who = author_of(spec.user_id, spec.organization_id)
        project = get_project(who, spec.project_id, Permission.IMPORT)
        if spec.url and not spec.upload_ids:
            spec = replace(spec, upload_ids=[receiving.fetch(who, project, spec.url).pk])
        answer = actions.import_tasks(who=who, project=project, spec=spec, run=run)
    except Interrupted:
        raise
    except Exception:
        receiving.forget_body(spec.body_name)
        raise
    receiving.forget_body(spec.body_name)
    return answer


def import_as_job(spec: ImportTasks, run: Run) -> dict[str, Any]:
    """Do an import as a job: its error is one sentence, the single errors are rows."""
    try:
        return import_tasks(spec, run)
    except Invalid as error:
        messages = [text for text in error.fields.get("non_field_errors", []) if text]
        if not messages:
            raise
        count = run.error_count or len(messages)
        more = f" ({count} errors)" if count > 1 else ""
        raise Invalid(f"Nothing was imported. {messages[0]}{more}", fields=error.fields) from error


def author_of(user_id: int, organization_id: int) -> Actor:
    """Return who asked for a job, with the role of now; raises `Forbidden` if they left the organization."""
    found = Membership.objects.select_related("user", "organization").filter(
        user_id=user_id, organization_id=organization_id, user__is_active=True
    )
    membership = found.first()
    if membership is None:
        raise Forbidden("The person who asked for this is no longer a member.")
    return Actor(membership.user, membership.organization, Role(membership.role), kind="system", key_id="job", ip="")


def clear_old_bodies() -> int:
    """Delete kept bodies of imports that never ran."""
    return receiving.clear_pending(KEPT_PENDING_S)
