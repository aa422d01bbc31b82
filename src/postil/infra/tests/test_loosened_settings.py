"""Settings that make the server less safe: off by default, and named at start."""

import os
import subprocess
import sys

import pytest

LOOK = """
from django.conf import settings
print([row['NAME'].rsplit('.', 1)[1] for row in settings.AUTH_PASSWORD_VALIDATORS])
"""


def validators(tmp_path, **env: str) -> str:
    """Return which rules for passwords a server with this environment has."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "postil.infra.settings"}
    environment |= {"POSTIL_DATA_DIR": str(tmp_path), **env}
    done = subprocess.run([sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_passwords_are_long_uncommon_and_unlike_their_owner(tmp_path):
    expected = ["MinimumLengthValidator", "CommonPasswordValidator", "UserAttributeSimilarityValidator"]
    assert validators(tmp_path) == str(expected)


def test_a_test_server_may_take_weak_ones(tmp_path):
    assert validators(tmp_path, POSTIL_WEAK_PASSWORDS="true") == "['MinimumLengthValidator']"


@pytest.mark.parametrize("env", [{"POSTIL_WEAK_PASSWORDS": "maybe"}])
def test_another_word_is_refused(tmp_path, env):
    with pytest.raises(subprocess.CalledProcessError):
        validators(tmp_path, **env)
