"""Commands that do one thing and end: what they print, their exit codes, and that nothing shows a traceback."""

import json
import sqlite3
import tarfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run

CONFIG = (
    '<View><Text name="text" value="$text"/><Choices name="mood" toName="text"><Choice value="good"/></Choices></View>'
)


def data(environment: dict[str, str]) -> Path:
    return Path(environment["POSTIL_DATA_DIR"])


def test_version_and_help(postil: Run) -> None:
    assert postil("--version").stdout == "Postil 0.1.0\n"
    assert postil("version").stdout == "Postil 0.1.0\n"
    assert "Start the server" in postil("--help").stdout


@pytest.mark.parametrize("words", [["frobnicate"], ["start", "--port"], ["export", "1"], ["start", "--port", "many"]])
def test_wrong_usage_ends_with_2(postil: Run, words: list[str]) -> None:
    done = postil(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Error" in done.stderr


def test_migrating_makes_a_protected_database(postil: Run, environment: dict[str, str]) -> None:
    assert postil("migrate").stdout == "The database was brought to this version.\n"
    assert postil("migrate").stdout == "The database is up to date.\n"
    modes = {path.name: path.stat().st_mode & 0o777 for path in data(environment).iterdir()}
    assert modes["postil.sqlite3"] == 0o600
    assert modes["secret.key"] == 0o600
    assert data(environment).stat().st_mode & 0o777 == 0o700


def test_a_database_from_the_future_is_refused(postil: Run, environment: dict[str, str]) -> None:
    postil("migrate")
    with sqlite3.connect(data(environment) / "postil.sqlite3") as link:
        link.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('tasks', '0999_later', '2030-01-01')")
    link.close()
    for words in (["migrate"], ["start", "--no-browser", "--port", "1"], ["user", "create", "a@example.com"]):
        done = postil(*words)
        assert done.returncode == 1
        assert "newer version" in done.stderr or "needs more rights" in done.stderr


def test_an_older_database_is_copied_before_its_upgrade(postil: Run, environment: dict[str, str]) -> None:
    postil("migrate")
    path = data(environment) / "postil.sqlite3"
    with sqlite3.connect(path) as link:
        link.execute("DELETE FROM django_migrations WHERE app = 'django_tasks_database'")
        names = link.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'django_tasks%' AND type = 'table'"
        ).fetchall()
        for (name,) in names:
            link.execute(f"DROP TABLE {name}")
    link.close()
    done = postil("migrate")
    assert done.returncode == 0, done.stderr
    assert "is copied to" in done.stdout
    (copy,) = path.parent.glob("postil.sqlite3.before-upgrade-*")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert postil("check").returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("POSTIL_PORT", "http", "a whole number is needed"),
        ("POSTIL_PORT", "70000", "does not exist"),
        ("POSTIL_WORKER", "maybe", "say true or false"),
        ("POSTIL_DATABASE_URL", "mysql://x/y", "use sqlite:/// or postgresql://"),
        ("POSTIL_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "cannot be reached"),
        ("POSTIL_SECRET_KEY", "short", "at least 32"),
        ("POSTIL_DATA_DIR", "/dev/null/x", "cannot be used"),
    ],
)
def test_bad_settings_end_with_1_and_a_sentence(postil: Run, name: str, value: str, words: str) -> None:
    done = postil("migrate", **{name: value})
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_named(postil: Run, environment: dict[str, str]) -> None:
    data(environment).mkdir()
    (data(environment) / "postil.sqlite3").write_text("this is not a database, by far " * 40)
    done = postil("migrate")
    assert done.returncode == 1
    assert "is not a usable database" in done.stderr


def test_the_first_account_owns_and_later_ones_get_their_role(owned: Run) -> None:
    done = owned("user", "create", "ann@example.com", "--role", "reviewer", POSTIL_PASSWORD="correct horse 9")
    assert done.stdout == "Made ann@example.com, reviewer.\n"
    again = owned("user", "create", "ANN@example.com", POSTIL_PASSWORD="correct horse 9")
    assert again.returncode == 1
    assert "already exists" in again.stderr
    weak = owned("user", "create", "bob@example.com", POSTIL_PASSWORD="password")
    assert weak.returncode == 1
    assert "password" in weak.stderr
    role = owned("user", "create", "bob@example.com", "--role", "king", POSTIL_PASSWORD="correct horse 9")
    assert "is no role" in role.stderr


def test_resetting_a_password(owned: Run) -> None:
    done = owned("user", "reset-password", "owner@example.com", POSTIL_PASSWORD="another horse 9")
    assert (done.returncode, done.stdout.split(";")[0]) == (0, "owner@example.com has a new password")
    unknown = owned("user", "reset-password", "x@example.com", POSTIL_PASSWORD="another horse 9")
    assert (unknown.returncode, unknown.stderr) == (1, "Error: Nobody has the address x@example.com.\n")


def test_import_and_export_by_title(owned: Run, tmp_path: Path) -> None:
    config, tasks = tmp_path / "config.xml", tmp_path / "tasks.json"
    config.write_text(CONFIG)
    tasks.write_text(json.dumps([{"text": "Ein schöner Tag"}, {"text": "rain"}]))
    assert owned("init", "Moods", "--label-config", str(config)).stdout == "Made project 1: Moods\n"
    done = owned("import", "Moods", str(tasks))
    assert (done.returncode, done.stdout) == (0, f"{tasks}: 2 tasks\n"), done.stderr
    target = tmp_path / "out.json"
    done = owned("export", "Moods", "json", "--path", str(target))
    assert done.returncode == 0, done.stderr
    assert [task["data"] for task in json.loads(target.read_text())] == [{"text": "Ein schöner Tag"}, {"text": "rain"}]
    done = owned("check")
    assert done.returncode == 0, done.stdout
    assert "failed" not in done.stdout.replace("0 failed", "")


def test_import_errors_name_the_place(owned: Run, tmp_path: Path) -> None:
    owned("init", "Moods")
    broken = tmp_path / "broken.json"
    broken.write_text('[{"text": "a"}, {"text": ]')
    done = owned("import", "Moods", str(broken))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    missing = owned("import", "Moods", str(tmp_path / "none.json"))
    assert (missing.returncode, "Not a file" in missing.stderr) == (1, True)
    nowhere = owned("import", "Nothing", str(broken))
    assert nowhere.stderr == "Error: There is no project 'Nothing'.\n"


def test_check_finds_and_repairs_wrong_counters(owned: Run, environment: dict[str, str]) -> None:
    owned("init", "Moods")
    with sqlite3.connect(data(environment) / "postil.sqlite3") as link:
        link.execute("UPDATE projects_project SET task_count = 7")
    link.close()
    found = owned("check")
    assert found.returncode == 1
    assert "1 (task_count 7, true 0)" in found.stdout
    assert "were put right" in owned("check", "--repair").stdout
    assert owned("check").returncode == 0


def test_check_names_an_open_data_folder(owned: Run, environment: dict[str, str]) -> None:
    data(environment).chmod(0o755)
    done = owned("check")
    assert done.returncode == 1
    assert "is open to others (mode 755)" in done.stdout


def test_backup_and_restore_bring_everything_back(owned: Run, environment: dict[str, str], tmp_path: Path) -> None:
    owned("init", "Moods")
    media = data(environment) / "media" / "upload" / "1"
    media.mkdir(parents=True)
    (media / "photo.png").write_bytes(b"\x89PNG")
    archive = tmp_path / "backup.tar"
    done = owned("backup", str(archive))
    assert done.returncode == 0, done.stderr
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as opened:
        names = opened.getnames()
    assert names == ["manifest.json", "database.sqlite3", "media/upload/1/photo.png"]
    target = tmp_path / "restored"
    done = owned("restore", str(archive), "--data-dir", str(target))
    assert done.returncode == 0, done.stderr
    assert (target / "media/upload/1/photo.png").read_bytes() == b"\x89PNG"
    with sqlite3.connect(target / "postil.sqlite3") as link:
        assert link.execute("SELECT title FROM projects_project").fetchall() == [("Moods",)]
        assert link.execute("SELECT email FROM accounts_user").fetchall() == [("owner@example.com",)]
    link.close()
    again = owned("restore", str(archive), "--data-dir", str(target))
    assert (again.returncode, "is not empty" in again.stderr) == (1, True)


def test_restore_refuses_what_is_no_backup(postil: Run, tmp_path: Path) -> None:
    text, evil = tmp_path / "text.tar", tmp_path / "evil.tar"
    text.write_text("not a tar")
    assert "is not a backup" in postil("restore", str(text)).stderr
    with tarfile.open(evil, "w") as archive:
        archive.add(text, arcname="../outside")
    assert "has no manifest" in postil("restore", str(evil)).stderr
    assert "does not exist" in postil("restore", str(tmp_path / "none.tar")).stderr
