"""The typed environment."""

import threading
from pathlib import Path

import pytest

from postil.infra.config import Config, ConfigError, database_settings, load, signing_key

KEY = "k7Qm2XwdP4tzR9vLb3NcY8fHj6GsEaUo"


def test_own_names_win_over_classic_ones():
    config = load({"POSTIL_PORT": "1234", "LABEL_STUDIO_PORT": "99", "LABEL_STUDIO_USERNAME": "a@example.com"})
    assert (config.port, config.username) == (1234, "a@example.com")
    assert config.taken == ("POSTIL_PORT", "LABEL_STUDIO_USERNAME")


def test_nothing_given_means_safe_defaults():
    config = load({})
    assert (config.host, config.open_signup, config.default_role) == ("127.0.0.1", False, "annotator")
    assert (config.cors_origins, config.private_hosts) == ((), ("localhost", "127.0.0.1", "::1"))
    assert load({"POSTIL_HOST": "0.0.0.0"}).private_hosts == ()
    assert load({"POSTIL_HOST": "0.0.0.0", "POSTIL_ALLOWED_PRIVATE_HOSTS": "ml.local, 10.0.0.0/8"}).private_hosts == (
        "ml.local",
        "10.0.0.0/8",
    )
    assert load({"POSTIL_ALLOWED_PRIVATE_HOSTS": ""}).private_hosts == ()


@pytest.mark.parametrize(
    ("env", "is_open"),
    [
        ({"POSTIL_OPEN_SIGNUP": "true"}, True),
        ({"POSTIL_OPEN_SIGNUP": "0"}, False),
        ({"LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "false"}, True),
        ({"LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "True"}, False),
        ({"POSTIL_OPEN_SIGNUP": "no", "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "0"}, False),
    ],
)
def test_sign_up_is_opened_by_either_name(env, is_open):
    assert load(env).open_signup is is_open


def test_local_files_are_switched_on_by_classic_names():
    env = {"LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "true", "LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT": "/srv/files"}
    config = load(env)
    assert (config.local_files_enabled, config.local_files_root) == (True, "/srv/files")
    assert load({"LOCAL_FILES_SERVING_ENABLED": "1"}).local_files_enabled is True


def test_the_name_of_the_machine_is_no_address():
    assert load({"HOST": "my-laptop"}).base_url == ""
    assert load({"HOST": "https://label.example.org"}).base_url == "https://label.example.org"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("POSTIL_PORT", "many"),
        ("POSTIL_OPEN_SIGNUP", "perhaps"),
        ("POSTIL_BASE_URL", "label.example.org"),
        ("POSTIL_DEFAULT_ROLE", "owner"),
        ("POSTIL_DEFAULT_ROLE", "king"),
        ("POSTIL_SQLITE_SYNCHRONOUS", "OFF; DROP TABLE x"),
        ("POSTIL_LOG_LEVEL", "LOUD"),
        ("POSTIL_TRUSTED_PROXIES", "proxy.local"),
        ("POSTIL_SESSION_MAX_HOURS", "0"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(name, text):
    with pytest.raises(ConfigError, match=name):
        load({name: text})


def test_sqlite_is_durable_by_default(tmp_path):
    made = database_settings(Config(data_dir=tmp_path))
    assert made["NAME"] == str(tmp_path / "postil.sqlite3")
    assert "synchronous=FULL" in made["OPTIONS"]["init_command"]
    assert "journal_mode=WAL" in made["OPTIONS"]["init_command"]
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database_settings(Config(database_url="sqlite:////srv/a%20b.sqlite3"))["NAME"] == "/srv/a b.sqlite3"


def test_postgresql_is_named_by_url_or_by_classic_variables():
    by_url = database_settings(Config(database_url="postgresql://u:p%40ss@db:5433/labels?sslmode=require"))
    assert {name: by_url[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "labels",
        "USER": "u",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": "5433",
    }
    assert by_url["OPTIONS"]["sslmode"] == "require"
    assert by_url["OPTIONS"]["options"] == "-c synchronous_commit=on -c jit=off"
    env = {
        "DJANGO_DB": "default",
        "POSTGRE_USER": "u",
        "POSTGRE_PASSWORD": "p:/@",
        "POSTGRE_NAME": "n",
        "POSTGRE_HOST": "h",
    }
    classic = load(env)
    assert database_settings(classic)["PASSWORD"] == "p:/@"
    assert set(env) == set(classic.taken)
    assert load({"DJANGO_DB": "sqlite", "POSTGRE_USER": "u"}).database_url == ""
    with pytest.raises(ConfigError, match="mysql"):
        database_settings(Config(database_url="mysql://x"))


def test_the_signing_key_is_made_once_and_kept_secret(tmp_path):
    config = Config(data_dir=tmp_path / "data")
    found: set[str] = set()
    threads = [threading.Thread(target=lambda: found.add(signing_key(config))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
    assert len(found.pop()) > 60
    path = tmp_path / "data" / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "key", ["short", "a" * 60, "django-insecure-" + KEY, "$(fefwefwef13;LFK{P!)@#*!)kdsjfWF2l+i5e3t(8a1n"]
)
def test_keys_that_others_could_know_are_refused(key):
    with pytest.raises(ConfigError, match="POSTIL_SECRET_KEY"):
        signing_key(Config(secret_key=key))
    assert signing_key(Config(secret_key=KEY)) == KEY


def test_an_emptied_key_file_is_refused(tmp_path: Path):
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(ConfigError, match=r"secret\.key"):
        signing_key(Config(data_dir=tmp_path))
