"""The one-time code of the first start: the visitor of the welcome page proves to see the server's terminal, too."""

import secrets
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare

from postil.core.ids import digest

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
GROUPS, GROUP_SIZE = 3, 4


def new_code() -> str:
    """Make a code for the terminal, `K7QM-2XWD-P4TZ`; only its hash is kept, and the one before ends."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_SIZE)) for _ in range(GROUPS))
    path = _file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(digest(_plain(code)))
    return code


def matches(text: str) -> bool:
    """Whether this is the code, in any case and with or without dashes."""
    try:
        stored = _file().read_text().strip()
    except FileNotFoundError:
        return False
    return constant_time_compare(stored, digest(_plain(text)))


def forget() -> None:
    """Remove the code: there is an owner now."""
    _file().unlink(missing_ok=True)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _file() -> Path:
    return Path(settings.DATA_DIR) / "setup.code"
