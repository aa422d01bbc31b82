"""The typed environment: every setting that an operator may give, with its meaning.

Own names are `POSTIL_*`. The classic names of the field (`LABEL_STUDIO_*`, `POSTGRE_*`, `DJANGO_DB`, …) are understood
as well where they have a counterpart; `Config.taken` lists which ones were, for the start-up line.
"""

import hashlib
import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from postil.infra.keys import read_or_make

TRUE_WORDS = frozenset({"1", "true", "yes", "on", "t", "y"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", "f", "n", ""})
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
SECRET_KEY_BYTES = 50
SHORTEST_KEY = 32
FEWEST_LETTERS = 8
SQLITE = "postil.infra.sqlite"
# 32 MB: pages that many transactions change are brought into the database once, and rarely by a request.
SQLITE_WAL_PAGES = 8_000
ROLES = ("annotator", "reviewer", "manager", "administrator")
# Hashes of signing keys that stand in public code.
PUBLISHED_KEYS = frozenset({"e7d3414104b20ea6ccf66b64d08342607f821639d5bd05907437b948e87a3ae3"})


class ConfigError(Exception):
    """A setting cannot be used; the message names it and says what is allowed."""


def default_data_dir() -> Path:
    """Return the folder for database, files and keys when nobody names one."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "postil"


@dataclass(frozen=True, slots=True)
class Config:
    """What the environment says. Field `x` is set by `POSTIL_X`; `metadata["also"]` lists other names."""

    data_dir: Path = field(
        default_factory=default_data_dir,
        metadata={
            "doc": "Folder for database, uploads and keys.",
            "also": ("LABEL_STUDIO_BASE_DATA_DIR", "BASE_DATA_DIR"),
        },
    )
    host: str = field(
        default="127.0.0.1",
        metadata={"doc": "Address to listen on.", "also": ("LABEL_STUDIO_INTERNAL_HOST", "INTERNAL_HOST")},
    )
    port: int = field(default=8080, metadata={"doc": "Port to listen on.", "also": ("LABEL_STUDIO_PORT",)})
    base_url: str = field(
        default="",
        metadata={
            "doc": "Public address of the server, such as https://label.example.org; links are built from it.",
            "also": ("LABEL_STUDIO_HOST", "HOST"),
        },
    )
    allowed_hosts: tuple[str, ...] = field(
        default=(),
        metadata={"doc": "Host names that requests may use, beside localhost and the public address.", "also": ()},
    )
    csrf_trusted_origins: tuple[str, ...] = field(
        default=(),
        metadata={
            "doc": "Origins that may write with a session.",
            "also": ("LABEL_STUDIO_CSRF_TRUSTED_ORIGINS", "CSRF_TRUSTED_ORIGINS"),
        },
    )
    cors_origins: tuple[str, ...] = field(
        default=(), metadata={"doc": "Origins of other pages that may call the API; none by default.", "also": ()}
    )
    media_origins: tuple[str, ...] = field(
        default=(),
        metadata={
            "doc": "Other origins that pages may show pictures, audio and video from; `https:` allows all.",
            "also": (),
        },
    )
    trusted_proxies: tuple[str, ...] = field(
        default=(), metadata={"doc": "Addresses or networks of proxies whose X-Forwarded-* headers count.", "also": ()}
    )
    gcs_endpoint: str = field(
        default="",
        metadata={
            "doc": "Address of Google Cloud Storage for storages that name none; Google's own by default.",
            "also": ("STORAGE_EMULATOR_HOST",),
        },
    )
    database_url: str = field(
        default="",
        metadata={
            "doc": "postgresql://user:password@host:port/name or sqlite:///path; SQLite in the data folder by default.",
            "also": ("DATABASE_URL",),
        },
    )
    redis_url: str = field(
        default="",
        metadata={"doc": "redis://host:port/db: background work runs on Redis instead of the database.", "also": ()},
    )
    secret_key: str = field(
        default="",
        metadata={
            "doc": "Signing key; made at random in the data folder by default.",
            "also": ("LABEL_STUDIO_SECRET_KEY", "SECRET_KEY"),
            "secret": True,
        },
    )
    username: str = field(
        default="", metadata={"doc": "E-mail of the first owner, made at start.", "also": ("LABEL_STUDIO_USERNAME",)}
    )
    password: str = field(
        default="", metadata={"doc": "Password of the first owner.", "also": ("LABEL_STUDIO_PASSWORD",), "secret": True}
    )
    user_token: str = field(
        default="",
        metadata={"doc": "Legacy API token of the first owner.", "also": ("LABEL_STUDIO_USER_TOKEN",), "secret": True},
    )
    open_signup: bool = field(
        default=False, metadata={"doc": "Anybody may sign up.", "also": ("!LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK",)}
    )
    weak_passwords: bool = field(
        default=False,
        metadata={"doc": "Passwords of 8 characters and common ones are accepted: for test servers only.", "also": ()},
    )
    default_role: str = field(
        default="annotator",
        metadata={
            "doc": "Role of people who sign up without an invitation: annotator, reviewer, manager, administrator.",
            "also": (),
        },
    )
    session_idle_hours: int = field(
        default=120, metadata={"doc": "A session ends after this time without a request.", "also": ()}
    )
    session_max_hours: int = field(
        default=336, metadata={"doc": "A session ends after this time in any case.", "also": ()}
    )
    token_days: int = field(default=365, metadata={"doc": "Life of a new personal access token.", "also": ()})
    access_token_seconds: int = field(default=300, metadata={"doc": "Life of an access token (JWT).", "also": ()})
    allowed_private_hosts: tuple[str, ...] | None = field(
        default=None,
        metadata={
            "doc": "Inside hosts or networks that the server may call; loopback when bound to loopback, else none.",
            "also": (),
        },
    )
    max_upload_mb: int = field(
        default=250,
        metadata={"doc": "Largest upload, in MB.", "also": ()},
    )
    max_json_mb: int = field(
        default=128, metadata={"doc": "Largest request that is not a file upload, in MB.", "also": ()}
    )
    max_task_mb: int = field(default=10, metadata={"doc": "Largest single task or annotation, in MB.", "also": ()})
    trash_days: int = field(default=30, metadata={"doc": "Deleted things can be restored for this long.", "also": ()})
    audit_days: int = field(default=400, metadata={"doc": "Audit rows are kept for this long.", "also": ()})
    requests_per_minute: int = field(
        default=1200,
        metadata={
            "doc": "Requests a minute for one key or session, and as many for files; 0 means no bound.",
            "also": (),
        },
    )
    heavy_requests_per_minute: int = field(
        default=10,
        metadata={"doc": "Imports and exports a minute for one person and project; 0 means no bound.", "also": ()},
    )
    anonymous_requests_per_minute: int = field(
        default=60, metadata={"doc": "Requests a minute from one address without log-in; 0 means no bound.", "also": ()}
    )
    local_files_enabled: bool = field(
        default=False,
        metadata={
            "doc": "Files under the document root may be served to tasks.",
            "also": ("LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED", "LOCAL_FILES_SERVING_ENABLED"),
        },
    )
    local_files_root: str = field(
        default="",
        metadata={
            "doc": "The one folder that local files come from.",
            "also": ("LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT", "LOCAL_FILES_DOCUMENT_ROOT"),
        },
    )
    sqlite_synchronous: str = field(
        default="FULL", metadata={"doc": "FULL keeps every acknowledged write through a power cut.", "also": ()}
    )
    postgresql_prepare: bool = field(
        default=True,
        metadata={
            "doc": "Let PostgreSQL keep plans; false behind a pooler that lends connections by transaction.",
            "also": (),
        },
    )
    log_level: str = field(
        default="INFO",
        metadata={"doc": "DEBUG, INFO, WARNING or ERROR.", "also": ("LABEL_STUDIO_LOG_LEVEL", "LOG_LEVEL")},
    )
    threads: int = field(
        default=8,
        metadata={"doc": "Requests served at the same time; half of them may wait for other servers.", "also": ()},
    )
    worker: bool = field(default=True, metadata={"doc": "`postil start` also runs background work.", "also": ()})
    dev: bool = field(default=False, metadata={"doc": "Development: pages come from Vite.", "also": ()})
    taken: tuple[str, ...] = ()

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK_HOSTS

    @property
    def private_hosts(self) -> tuple[str, ...]:
        """Inside hosts that outgoing requests may reach."""
        if self.allowed_private_hosts is not None:
            return self.allowed_private_hosts
        return LOOPBACK_HOSTS if self.is_loopback else ()


def load(env: Mapping[str, str]) -> Config:
    """Return the settings that `env` gives; raises `ConfigError` for a word that cannot be understood."""
    values: dict[str, Any] = {}
    taken: list[str] = []
    for item in fields(Config):
        if item.name == "taken":
            continue
        names = (f"POSTIL_{item.name.upper()}", *item.metadata.get("also", ()))
        for name in names:
            plain = name.removeprefix("!")
            if plain not in env or not _is_meant(plain, env[plain]):
                continue
            values[item.name] = _read(plain, env[plain], str(item.type), negate=name.startswith("!"))
            taken.append(plain)
            break
    url = _classic_database(env, taken)
    if url and not values.get("database_url"):
        values["database_url"] = url
    config = Config(**values, taken=tuple(taken))
    _check(config)
    return config


def _is_meant(name: str, text: str) -> bool:
    """Whether a variable is for us: shells set `HOST` to the name of the machine."""
    return "://" in text if name in {"HOST", "LABEL_STUDIO_HOST"} else name.startswith("POSTIL_") or bool(text)


def _check(config: Config) -> None:
    """Raise `ConfigError` for values that can never work."""
    parts = urlsplit(config.base_url)
    if config.base_url and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ConfigError(f"POSTIL_BASE_URL={config.base_url!r}: write it like https://label.example.org.")
    if config.default_role not in ROLES:
        raise ConfigError(f"POSTIL_DEFAULT_ROLE={config.default_role!r}: say {', '.join(ROLES)}.")
    if config.sqlite_synchronous.upper() not in {"OFF", "NORMAL", "FULL", "EXTRA"}:
        raise ConfigError("POSTIL_SQLITE_SYNCHRONOUS: say FULL or NORMAL.")
    if config.log_level.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ConfigError("POSTIL_LOG_LEVEL: say DEBUG, INFO, WARNING or ERROR.")
    for network in config.trusted_proxies:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            raise ConfigError(f"POSTIL_TRUSTED_PROXIES: {network!r} is no address or network.") from None
    for name in ("session_idle_hours", "session_max_hours", "token_days", "access_token_seconds", "max_upload_mb"):
        if getattr(config, name) < 1:
            raise ConfigError(f"POSTIL_{name.upper()}: a number above 0 is needed.")


def _read(name: str, text: str, kind: str, *, negate: bool) -> Any:
    if "bool" in kind:
        word = text.strip().lower()
        if word not in TRUE_WORDS | FALSE_WORDS:
            raise ConfigError(f"{name}={text!r}: say true or false.")
        return (word in TRUE_WORDS) != negate
    if kind.endswith("int'>") or kind == "int":
        try:
            return int(text)
        except ValueError:
            raise ConfigError(f"{name}={text!r}: a whole number is needed.") from None
    if "tuple" in kind:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if "Path" in kind:
        return Path(text).expanduser()
    return text


def _classic_database(env: Mapping[str, str], taken: list[str]) -> str:
    """Return a database URL from the classic variables (`DJANGO_DB`, `POSTGRE_*`), or an empty string."""
    if env.get("DJANGO_DB", "").lower() not in ("default", "postgresql", "postgres"):
        return ""
    keys = ("POSTGRE_USER", "POSTGRE_PASSWORD", "POSTGRE_NAME", "POSTGRE_HOST", "POSTGRE_PORT")
    taken.extend(key for key in ("DJANGO_DB", *keys) if key in env)
    user, password, name, host, port = (env.get(key, "") for key in keys)
    auth = f"{quote(user or 'postgres', safe='')}:{quote(password, safe='')}"
    return f"postgresql://{auth}@{host or 'localhost'}:{port or 5432}/{name or 'postgres'}"


def database_settings(config: Config) -> dict[str, Any]:
    """Return Django's `DATABASES["default"]`; raises `ConfigError` for another kind of database."""
    url = config.database_url
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        path = Path(unquote(parts.path.removeprefix("/"))) if url else config.data_dir / "postil.sqlite3"
        pragmas = (
            "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY; "
            "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; "
            f"PRAGMA wal_autocheckpoint={SQLITE_WAL_PAGES}; PRAGMA synchronous={config.sqlite_synchronous};"
        )
        options = {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": pragmas}
        return {"ENGINE": SQLITE, "NAME": str(path), "OPTIONS": options, "CONN_MAX_AGE": None}
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {
                "connect_timeout": "5",
                # Our statements look at few rows: compiling them takes a thousand times longer than running them.
                "options": "-c synchronous_commit=on -c jit=off",
                **dict(parse_qsl(parts.query)),
            },
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ConfigError(f"POSTIL_DATABASE_URL: {parts.scheme}:// is not known; use sqlite:/// or postgresql://.")


def signing_key(config: Config) -> str:
    """Return the signing key; the first call makes one in the data folder, readable by its owner only.

    Raises `ConfigError` for a key that is too short, or that everybody can know.
    """
    if config.secret_key:
        if len(config.secret_key) < SHORTEST_KEY or len(set(config.secret_key)) < FEWEST_LETTERS:
            raise ConfigError(f"POSTIL_SECRET_KEY: at least {SHORTEST_KEY} random characters are needed.")
        if hashlib.sha256(config.secret_key.encode()).hexdigest() in PUBLISHED_KEYS or "insecure" in config.secret_key:
            raise ConfigError("POSTIL_SECRET_KEY: this key is published; leave it out to have one made.")
        return config.secret_key
    key = read_or_make(config.data_dir / "secret.key", lambda: secrets.token_urlsafe(SECRET_KEY_BYTES))
    if len(key) < SHORTEST_KEY:
        raise ConfigError(f"{config.data_dir / 'secret.key'} holds no key. Remove the file to have one made.")
    return key
