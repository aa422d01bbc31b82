"""A pipe between the start process and its children: when its other end closes, the parent is dead.

The kernel closes the pipe however the parent ended, so no child survives a killed server and keeps its port.
"""

import os
import threading


class Lifeline:
    """Made by the parent; children call `hold` with the reading end."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()

    def hold_in_child(self) -> None:
        """In a forked child: end with the parent."""
        os.close(self.writing)
        hold(self.reading)


def hold(reading: int) -> None:
    """End this process as soon as the parent is dead."""

    def watch() -> None:
        os.read(reading, 1)
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
