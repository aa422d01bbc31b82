"""Secrets at rest: encrypted with a key that is not in the database (a file with mode 0600 in the data folder).

A sealed text begins with the id of its key, so that keys can be replaced: new texts use the newest key, older keys go
on opening what they sealed.
"""

import hashlib
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings

from postil.core.errors import PostilError
from postil.infra.keys import read_or_make, write

SHOWN = 4
_sealed: list[tuple[str, str]] = []


class SecretLost(PostilError):
    """A stored secret cannot be opened: its key is gone."""

    code = "secret_lost"
    default_detail = "A stored secret cannot be read: the key file of this server is missing or another one."


def encrypt(text: str) -> str:
    """Return `text` encrypted with the newest key."""
    key = _keys()[-1]
    return f"{_key_id(key)}:{Fernet(key).encrypt(text.encode()).decode()}"


def decrypt(sealed: str) -> str:
    """Return what was sealed; raises `SecretLost`."""
    key_id, _, token = sealed.partition(":")
    for key in _keys():
        if _key_id(key) == key_id:
            try:
                return Fernet(key).decrypt(token.encode()).decode()
            except InvalidToken:
                raise SecretLost from None
    raise SecretLost


def is_old(sealed: str) -> bool:
    """Whether a text was sealed with an older key."""
    return sealed.partition(":")[0] != _key_id(_keys()[-1])


def add_key() -> None:
    """Make a new key; what is sealed from now on uses it."""
    path = _file()
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    write(fresh, "\n".join([key.decode() for key in _keys()] + [Fernet.generate_key().decode()]))
    fresh.replace(path)


def register_sealed(model: str, column: str) -> None:
    """Say that a column (`app.Model`, name) holds sealed text; wiring twice is the same as once."""
    if (model, column) not in _sealed:
        _sealed.append((model, column))


def reseal() -> int:
    """Seal everything that an older key sealed with the newest one; returns how many texts that were."""
    count = 0
    for model, column in _sealed:
        rows = apps.get_model(model)._base_manager.exclude(**{column: ""})
        for pk, text in rows.values_list("pk", column).iterator():
            if is_old(text):
                # Who wrote meanwhile used the newest key: that stays.
                count += rows.filter(pk=pk, **{column: text}).update(**{column: encrypt(decrypt(text))})
    return count


def hint(text: str) -> str:
    """Return the last characters of an id for recognizing it; nothing of short ones."""
    return text[-SHOWN:] if len(text) >= 4 * SHOWN else ""


def _keys() -> list[bytes]:
    """Return all keys, the newest last; the first call makes one."""
    return read_or_make(_file(), lambda: Fernet.generate_key().decode()).encode().split()


def _key_id(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]


def _file() -> Path:
    return Path(settings.DATA_DIR) / "secrets.key"
