"""Where exceptions become a line on the terminal and an exit code."""

import sys
from collections.abc import Callable

from postil.cli.errors import INTERRUPTED, CommandError, fail
from postil.core.errors import PostilError


def guarded(act: Callable[[], object]) -> int:
    """Do `act` and return the exit code; mistakes become one line."""
    try:
        act()
    except SystemExit as ending:  # Typer ends so, also after it has shown how a command is used
        return ending.code if isinstance(ending.code, int) else 0
    except CommandError as error:
        return fail(str(error))
    except PostilError as error:
        fields = "; ".join(f"{name}: {', '.join(map(str, texts))}" for name, texts in (error.fields or {}).items())
        return fail(f"{error.detail}{f' ({fields})' if fields else ''}")
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _unexpected(error)
    return 0


def _unexpected(error: Exception) -> int:
    """Turn what the operator can mend into words; anything else is a bug and keeps its traceback."""
    if isinstance(error, OSError):
        return fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
    if "django" in sys.modules:
        from django.db import DatabaseError

        if isinstance(error, DatabaseError):
            return fail(f"The database refused: {str(error).strip()}")
    raise error
