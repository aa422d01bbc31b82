"""The command `postil`."""

import sys

from postil.cli.guard import guarded

CLASSIC_SPELLINGS = {"-db": "--database", "-b": "--no-browser", "-l": "--label-config"}


def modern(arguments: list[str]) -> list[str]:
    """Return the arguments with the classic spellings of other tools replaced; no command means `start`."""
    words = [CLASSIC_SPELLINGS.get(word, word) for word in arguments]
    return words or ["start"]


def main() -> None:
    """Run the command line; people's mistakes end with one line and an exit code, not with a traceback."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    from postil.cli.app import app

    return guarded(lambda: app(args=modern(arguments), prog_name="postil"))
