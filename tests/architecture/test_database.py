"""Migrations: none is missing, all can be taken back, and the quick look at start agrees with Django."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from postil.cli.schema_state import known_migrations

RARELY_NEEDED = {"boto3", "google.cloud.storage", "azure.storage.blob", "redis", "pyarrow", "numpy", "httpx"}
OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("postil.")}


@pytest.mark.django_db
def test_no_migration_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", "--check", "--dry-run", *sorted(OURS))
    assert "No changes detected" in capsys.readouterr().out


def test_our_migrations_can_be_taken_back() -> None:
    loader = MigrationLoader(None)
    ours = {key: migration for key, migration in loader.disk_migrations.items() if key[0] in OURS}
    assert ours
    stuck = [
        f"{key}: {operation}" for key, migration in ours.items() for operation in migration.operations
        if not operation.reversible
    ]  # fmt: skip
    assert stuck == []


def test_the_start_knows_the_same_migrations_as_django() -> None:
    loader = MigrationLoader(None)
    assert known_migrations() == set(loader.disk_migrations)


@pytest.mark.django_db
def test_a_migrated_database_is_current() -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_django_is_ready_without_what_few_requests_need(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys\n"
        "import django; django.setup()\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(int(status.split('VmHWM:')[1].split()[0]) // 1024, *sys.modules)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "postil.infra.settings", "POSTIL_DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    megabytes, *modules = done.stdout.split()
    assert int(megabytes) < 120
    assert RARELY_NEEDED.isdisjoint(modules)


def test_every_package_with_tables_has_an_app() -> None:
    source = Path(apps.get_app_config("infra").path).parent
    packages = {path.parent.parent.name for path in source.glob("*/migrations/__init__.py")}
    assert packages == OURS
