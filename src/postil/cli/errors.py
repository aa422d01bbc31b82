"""How a command ends when a person has to do something about it."""

from rich.console import Console

FAILED = 1
INTERRUPTED = 130

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class CommandError(Exception):
    """A command cannot go on; the message says what to do."""


def fail(message: str) -> int:
    """Say on the error stream why the command failed; return the exit code."""
    err.print("[red]Error:[/red]", message, markup=True, style=None)
    return FAILED
