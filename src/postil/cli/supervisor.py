"""Keeps the worker process running beside the server."""

import logging
import subprocess
import sys
import threading

from postil.cli.lifeline import Lifeline

logger = logging.getLogger(__name__)
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
STOP_S = 8.0


class WorkerSupervisor:
    """Starts `postil worker` and starts it again when it dies, with growing pauses."""

    def __init__(self, lifeline: Lifeline) -> None:
        self._lifeline = lifeline
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="worker supervisor", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to stop in order; kill it when it takes too long."""
        self._ending.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def _run(self) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._ending.is_set():
            reading = self._lifeline.reading
            command = [sys.executable, "-m", "postil", "worker", "--lifeline", str(reading)]
            self._process = subprocess.Popen(  # noqa: S603 -- our own command
                command, pass_fds=(reading,), stdin=subprocess.DEVNULL
            )
            code = self._process.wait()
            if self._ending.is_set():
                return
            logger.error("the worker ended with code %s; it is started again", code)
            self._ending.wait(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
