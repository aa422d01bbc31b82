"""`postil keys rotate`: a new key for the secrets of storages, model servers and webhooks."""

from postil.cli.environment import load_config, load_django
from postil.cli.errors import CommandError, out
from postil.cli.schema_state import SchemaState, schema_state
from postil.infra.config import database_settings


def rotate() -> None:
    """Make a new key and seal every stored secret with it. The old keys stay in the file: backups need them."""
    if schema_state(database_settings(load_config())) is not SchemaState.CURRENT:
        raise CommandError("The database is not of this version. Run `postil migrate` first.")
    load_django()
    from postil.infra import secrets  # needs Django

    secrets.add_key()
    count = secrets.reseal()
    out.print(f"Made a new key and sealed {count} stored secrets with it.")
    out.print("Older keys stay in secrets.key: backups of the database need them.")
