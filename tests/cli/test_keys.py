"""`postil keys rotate`."""

import sqlite3
from pathlib import Path

from tests.cli.conftest import Run


def test_stored_secrets_get_a_new_key(owned: Run, environment: dict[str, str]) -> None:
    folder = Path(environment["POSTIL_DATA_DIR"])
    assert owned("init", "Objects").returncode == 0
    first = owned("keys", "rotate")
    assert (first.returncode, first.stdout.splitlines()[0]) == (
        0,
        "Made a new key and sealed 0 stored secrets with it.",
    )
    sealed = _seal(environment, "very secret words")
    with sqlite3.connect(folder / "postil.sqlite3") as database:
        database.execute(
            "INSERT INTO webhooks_webhook (organization_id, url, send_payload, send_for_all_actions, actions, headers,"
            " secret, is_active, created_at, updated_at) SELECT id, 'http://x', 1, 1, '[]', '', ?, 1, '2026-01-01',"
            " '2026-01-01' FROM accounts_organization LIMIT 1",
            [sealed],
        )
    second = owned("keys", "rotate")
    assert (second.returncode, second.stdout.splitlines()[0]) == (
        0,
        "Made a new key and sealed 1 stored secrets with it.",
    )
    with sqlite3.connect(folder / "postil.sqlite3") as database:
        ((stored,),) = database.execute("SELECT secret FROM webhooks_webhook").fetchall()
    assert stored.partition(":")[0] != sealed.partition(":")[0]
    assert "very secret words" not in stored
    assert len((folder / "secrets.key").read_text().split()) == 3
    assert (folder / "secrets.key").stat().st_mode & 0o777 == 0o600


def test_an_empty_folder_is_refused_with_words(postil: Run) -> None:
    done = postil("keys", "rotate")
    assert (done.returncode, "Run `postil migrate` first" in done.stderr) == (1, True)


def _seal(environment: dict[str, str], text: str) -> str:
    """Return `text` as the server would store it."""
    import hashlib

    from cryptography.fernet import Fernet

    key = (Path(environment["POSTIL_DATA_DIR"]) / "secrets.key").read_text().split()[-1].encode()
    return f"{hashlib.sha256(key).hexdigest()[:8]}:{Fernet(key).encrypt(text.encode()).decode()}"
