"""Work that goes on as long as the worker runs, beside the jobs: each loop has a thread of its own."""

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, connections

logger = logging.getLogger(__name__)
TROUBLE_PAUSE_S = 2.0
Loop = Callable[[threading.Event], None]
_loops: list[Loop] = []


def register_loop(loop: Loop) -> None:
    """Let the worker run `loop`, which must return soon after its event is set; wiring twice is the same as once."""
    if loop not in _loops:
        _loops.append(loop)


def start_loops(stop: threading.Event) -> list[threading.Thread]:
    """Start every loop in a thread; join them after setting `stop`."""
    threads = [threading.Thread(target=_keep_going, args=(loop, stop), name=loop.__name__) for loop in _loops]
    for thread in threads:
        thread.start()
    return threads


def _keep_going(loop: Loop, stop: threading.Event) -> None:
    """Run a loop, and start it again when it fails."""
    while not stop.is_set():
        try:
            loop(stop)
        except DatabaseError:
            logger.warning("%s cannot reach the database; it tries again", loop.__name__, exc_info=True)
        except Exception:
            logger.exception("%s failed; it starts again", loop.__name__)
        finally:
            connections.close_all()
        stop.wait(TROUBLE_PAUSE_S)
