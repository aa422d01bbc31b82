"""`postil worker`: background work until told to stop."""

import signal
import threading

from postil.cli.environment import load_config, load_django
from postil.cli.errors import CommandError
from postil.cli.lifeline import hold
from postil.cli.schema_state import SchemaState, schema_state
from postil.infra.config import database_settings


def work(lifeline: int | None) -> None:
    """Run jobs until SIGTERM or SIGINT; the job at hand goes back into the queue."""
    if lifeline is not None:
        hold(lifeline)
    if schema_state(database_settings(load_config())) is not SchemaState.CURRENT:
        raise CommandError("The database is not of this version. Run `postil migrate` first.")
    load_django()
    from postil.infra.jobs.worker import run_worker  # needs Django

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    run_worker(stop)
