"""The command line on PostgreSQL: migrate, work, back up, restore into another database."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import postgres
from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server of our own with an empty database."""
    with postgres.server() as address:
        yield address


def test_backup_goes_into_another_database(postil: Run, url: str, tmp_path: Path) -> None:
    there = {"POSTIL_DATABASE_URL": url, "POSTIL_PASSWORD": "correct horse 9"}
    assert postil("migrate", **there).stdout == "The database was brought to this version.\n"
    assert postil("user", "create", "owner@example.com", "--role", "owner", **there).returncode == 0
    assert postil("init", 'Moods, "quoted"\nand broken', **there).returncode == 0
    checked = postil("check", **there)
    assert checked.returncode == 0, checked.stdout
    archive = tmp_path / "backup.tar"
    done = postil("backup", str(archive), **there)
    assert done.returncode == 0, done.stderr

    with psycopg.connect(url, autocommit=True) as link:
        link.execute("CREATE DATABASE second")
    second = url.removesuffix("postil") + "second"
    target = {"POSTIL_DATABASE_URL": second, "POSTIL_DATA_DIR": str(tmp_path / "second")}
    done = postil("restore", str(archive), **target)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(second) as link:
        assert link.execute("SELECT title FROM projects_project").fetchall() == [('Moods, "quoted"\nand broken',)]
        assert link.execute("SELECT email FROM accounts_user").fetchall() == [("owner@example.com",)]
    assert postil("user", "create", "next@example.com", **target, POSTIL_PASSWORD="correct horse 9").returncode == 0
    assert postil("check", **target).returncode == 0
    refused = postil("restore", str(archive), **target)
    assert (refused.returncode, "is not empty" in refused.stderr) == (1, True)
    other_kind = postil("restore", str(archive))
    assert "The backup is of a postgresql database" in other_kind.stderr


def test_the_classic_variables_name_the_database(postil: Run, url: str) -> None:
    host = psycopg.conninfo.conninfo_to_dict(url)
    classic = {
        "POSTGRE_USER": str(host["user"]), "POSTGRE_NAME": "postil", "POSTGRE_HOST": "127.0.0.1",
        "POSTGRE_PORT": str(host["port"]), "POSTGRE_PASSWORD": "",
    }  # fmt: skip
    done = postil("migrate", "-db", "postgresql", **classic)
    assert done.returncode == 0, done.stderr
    wrong = postil("migrate", "-db", "postgresql", **{**classic, "POSTGRE_PORT": "1"})
    assert "cannot be reached" in wrong.stderr
