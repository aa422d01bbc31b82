"""`postil check`: tests of an installation, one line each."""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from postil.cli.environment import load_config, load_django
from postil.cli.errors import FAILED, CommandError, out
from postil.cli.schema_state import SchemaState, schema_state
from postil.infra.config import SQLITE, Config, database_settings

LEAST_FREE_MB = 200
STATES = {
    SchemaState.NEW: "it is empty; run `postil migrate`",
    SchemaState.BEHIND: "migrations are pending; run `postil migrate`",
    SchemaState.FUTURE: "it was made by a newer version of Postil",
}


@dataclass(frozen=True)
class Finding:
    """What one test found."""

    name: str
    problem: str = ""
    note: str = ""


def check(*, repair: bool) -> int:
    """Run all tests and print them; returns the exit code."""
    failed = 0
    for finding in findings(load_config(), repair=repair):
        failed += bool(finding.problem)
        mark = "[red]failed[/red]" if finding.problem else "[green]ok[/green]    "
        out.print(f"{mark} {finding.name}: {finding.problem or finding.note or 'fine'}")
    return FAILED if failed else 0


def findings(config: Config, *, repair: bool) -> Iterator[Finding]:
    """Run the tests one after the other; those that need the database are left out when it cannot be used."""
    yield _folder(config)
    yield _room(config)
    schema = _schema(config)
    yield schema
    if schema.problem:
        return
    load_django()
    tests: list[Callable[[], Finding]] = [_integrity, _foreign_keys]
    for test in tests:
        yield test()
    yield _task_counters(repair=repair)
    yield _project_counters(repair=repair)
    yield _jobs()


def _folder(config: Config) -> Finding:
    mode = stat.S_IMODE(config.data_dir.stat().st_mode)
    problem = f"{config.data_dir} is open to others (mode {mode:o}); run chmod 700 on it" if mode & 0o077 else ""
    return Finding("data folder", problem, str(config.data_dir))


def _room(config: Config) -> Finding:
    free_mb = shutil.disk_usage(config.data_dir).free // 1_000_000
    problem = f"only {free_mb} MB are free" if free_mb < LEAST_FREE_MB else ""
    return Finding("disk", problem, f"{free_mb} MB are free")


def _schema(config: Config) -> Finding:
    try:
        state = schema_state(database_settings(config))
    except CommandError as error:
        return Finding("database", str(error))
    return Finding("database", STATES.get(state, ""), "its migrations are those of this version")


def _integrity() -> Finding:
    from django.db import connection

    if connection.settings_dict["ENGINE"] != SQLITE:
        return Finding("database content", note="checked by the database server itself")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        answer = str(cursor.fetchone()[0])
    return Finding("database content", "" if answer == "ok" else answer)


def _foreign_keys() -> Finding:
    from django.db import IntegrityError, connection

    try:
        connection.check_constraints()
    except IntegrityError as error:
        return Finding("references", str(error))
    return Finding("references")


def _task_counters(*, repair: bool) -> Finding:
    from postil.tasks.totals import recount_tasks, repair_tasks

    wrong = repair_tasks() if repair else recount_tasks()
    return _counted("counters of tasks", wrong, "tasks", repair=repair)


def _project_counters(*, repair: bool) -> Finding:
    from postil.projects.models import Project
    from postil.tasks import totals

    act = totals.repair if repair else totals.recount
    wrong = [
        f"{project.pk} ({', '.join(f'{name} {stored}, true {true}' for name, (stored, true) in found.items())})"
        for project in Project.objects.order_by("pk")
        if (found := act(project))
    ]
    return _counted("counters of projects", len(wrong), f"projects: {'; '.join(wrong[:5])}", repair=repair)


def _counted(name: str, wrong: int, what: str, *, repair: bool) -> Finding:
    if not wrong:
        return Finding(name, note="all are true")
    if repair:
        return Finding(name, note=f"{wrong} {what} were put right")
    return Finding(name, f"{wrong} {what} have wrong ones; run `postil check --repair`")


def _jobs() -> Finding:
    from postil.infra.models import Job, JobState

    waiting = Job.objects.filter(state=JobState.QUEUED).count()
    failed = Job.objects.filter(state=JobState.FAILED).count()
    return Finding("background work", note=f"{waiting} waiting, {failed} failed")
