"""Secrets at rest."""

import pytest

from postil.infra import secrets


def test_a_secret_comes_back_and_is_not_readable(settings, tmp_path):
    sealed = secrets.encrypt("s3cr3t-key-ü")
    assert "s3cr3t" not in sealed
    assert secrets.decrypt(sealed) == "s3cr3t-key-ü"
    assert sealed != secrets.encrypt("s3cr3t-key-ü")
    assert (tmp_path / "secrets.key").stat().st_mode & 0o777 == 0o600


def test_older_keys_go_on_opening_what_they_sealed(settings):
    old = secrets.encrypt("one")
    secrets.add_key()
    fresh = secrets.encrypt("two")
    assert (secrets.decrypt(old), secrets.decrypt(fresh)) == ("one", "two")
    assert (secrets.is_old(old), secrets.is_old(fresh)) == (True, False)


@pytest.mark.parametrize("broken", ["", "abc", "00000000:xyz"])
def test_a_secret_without_its_key_is_lost_in_words(settings, broken):
    secrets.encrypt("x")
    with pytest.raises(secrets.SecretLost):
        secrets.decrypt(broken)


def test_a_changed_secret_is_refused(settings):
    sealed = secrets.encrypt("x")
    with pytest.raises(secrets.SecretLost):
        secrets.decrypt(sealed[:-6] + "AAAAA=")


def test_hints_show_the_end_of_long_ids_only():
    assert secrets.hint("AKIAIOSFODNN7EXAMPLE") == "MPLE"
    assert secrets.hint("short") == ""
