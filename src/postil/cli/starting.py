"""`postil start`, `postil init` and `postil migrate`."""

import os
import sys
import traceback
from collections.abc import Callable

from postil.cli.environment import load_config, load_django, say_taken
from postil.cli.errors import CommandError, out
from postil.cli.first_project import FirstProject
from postil.cli.guard import guarded
from postil.cli.schema_state import SchemaState, has_people, schema_state
from postil.cli.upgrade import bring_up_to_date
from postil.infra.config import Config, database_settings


def start(*, open_browser: bool, project: FirstProject | None) -> None:
    """Prepare what is missing, then serve until told to stop."""
    config = load_config()
    say_taken(config)
    from postil.cli import serve  # the server's library

    serve.check_port(config)
    if needs_preparing(config, project):
        in_child(lambda: prepare(project))
    serve.serve(config, open_browser=open_browser and config.is_loopback)


def needs_preparing(config: Config, project: FirstProject | None) -> bool:
    """Whether Django must be loaded before the server: to migrate, or to make the owner, the code, the project."""
    database = database_settings(config)
    if project is not None or config.username or schema_state(database) is not SchemaState.CURRENT:
        return True
    return not config.is_loopback and not has_people(database)


def prepare(project: FirstProject | None) -> None:
    """Migrate; make the owner and the project that were asked for; print the one-time code if one is needed."""
    config = load_config()
    bring_up_to_date(database_settings(config))
    load_django()
    from postil.cli import first_steps  # needs Django

    first_steps.make_owner(config)
    if project is not None:
        first_steps.make_project(project)
    first_steps.print_setup_code(config)


def migrate() -> None:
    """Bring the database to this version and say so."""
    config = load_config()
    before = bring_up_to_date(database_settings(config))
    is_current = before is SchemaState.CURRENT
    out.print("The database is up to date." if is_current else "The database was brought to this version.")


def in_child(act: Callable[[], None]) -> None:
    """Run `act` in a process of its own, so that the parent stays small; its failure ends this command."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = guarded(act)
        except BaseException:  # a mistake of ours: whoever runs this must see where
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _pid, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        raise SystemExit(code) if code > 0 else CommandError(f"Preparing the database ended with signal {-code}.")
