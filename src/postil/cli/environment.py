"""From command-line options to the typed environment, and from there to a loaded Django."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from postil.cli.errors import CommandError, out
from postil.infra.config import Config, ConfigError, database_settings, load

CLASSIC_ENGINES = ("postgresql", "postgres", "default")


def use_options(**options: Any) -> None:
    """Write options that were given into the environment, where `Config` reads them; None means not given."""
    for name, value in options.items():
        if value is not None:
            os.environ[f"POSTIL_{name.upper()}"] = str(value).lower() if isinstance(value, bool) else str(value)


def use_database(word: str | None) -> None:
    """Understand `--database`: a URL, `sqlite`, `postgresql` (by the classic variables), or the path of a file."""
    if word is None:
        return
    if "://" in word:
        os.environ["POSTIL_DATABASE_URL"] = word
    elif word.lower() in CLASSIC_ENGINES:
        os.environ["DJANGO_DB"] = "postgresql"
    elif word.lower() == "sqlite":
        os.environ["DJANGO_DB"] = "sqlite"
    else:
        os.environ["POSTIL_DATABASE_URL"] = f"sqlite:///{Path(word).expanduser().absolute()}"


def use_host(word: str | None) -> None:
    """Understand `--host`: an address to listen on, or (with a scheme) the public address."""
    if word is not None:
        os.environ["POSTIL_BASE_URL" if "://" in word else "POSTIL_HOST"] = word


def load_config() -> Config:
    """Return the settings; raises `CommandError` for one that cannot be used."""
    try:
        config = load(os.environ)
        database_settings(config)
    except ConfigError as error:
        raise CommandError(str(error)) from None
    if not 0 < config.port < 65_536:
        raise CommandError(f"Port {config.port} does not exist; use 1 to 65535.")
    try:
        config.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CommandError(f"The data folder {config.data_dir} cannot be used: {error.strerror}.") from None
    if not os.access(config.data_dir, os.W_OK):
        raise CommandError(f"The data folder {config.data_dir} cannot be written to.")
    return config


LOOSENED: dict[str, Callable[[Config], bool]] = {
    "POSTIL_OPEN_SIGNUP": lambda config: config.open_signup,
    "POSTIL_SQLITE_SYNCHRONOUS": lambda config: config.sqlite_synchronous.upper() not in {"FULL", "EXTRA"},
    "POSTIL_WEAK_PASSWORDS": lambda config: config.weak_passwords,
}


def say_taken(config: Config) -> None:
    """Name the variables of other products that were understood, and settings that make the server less safe."""
    foreign = [name for name in config.taken if not name.startswith("POSTIL_")]
    if foreign:
        out.print(f"Taken from the environment: {', '.join(foreign)}")
    loosened = [name for name, is_on in LOOSENED.items() if is_on(config)]
    if loosened:
        out.print(f"Less safe than by default: {', '.join(loosened)}")


def load_django() -> None:
    """Load Django with the settings of the environment."""
    load_config()
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postil.infra.settings")
    import django  # slow

    try:
        django.setup()
    except ConfigError as error:
        raise CommandError(str(error)) from None
