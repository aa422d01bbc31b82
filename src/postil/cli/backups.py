"""`postil backup` and `postil restore`: one tar file with the database and the files.

manifest.json    version, kind of database, migrations
database.sqlite3 a consistent copy, or tables/<name>.csv of PostgreSQL, all read in one transaction
media/…          uploaded files

Keys are not in it: what is encrypted in the database stays encrypted in the backup.
"""

import io
import json
import os
import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

import postil
from postil.cli import tables
from postil.cli.environment import load_config, load_django
from postil.cli.errors import CommandError, out
from postil.cli.schema_state import SchemaState, known_migrations, schema_state
from postil.cli.upgrade import bring_up_to_date, copy_database, protect
from postil.infra.config import SQLITE, Config, database_settings

MANIFEST = "manifest.json"
SQLITE_COPY = "database.sqlite3"
FORMAT = 1
KEYS = "secret.key and *.key in the data folder"


def backup(file: Path) -> None:
    """Write the backup beside its final name and rename it when it is complete."""
    config = load_config()
    database = database_settings(config)
    if schema_state(database) is not SchemaState.CURRENT:
        raise CommandError("The database is not of this version. Run `postil migrate` first.")
    part = file.with_name(f"{file.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as stream, tarfile.open(fileobj=stream, mode="w") as archive:
            _add_bytes(archive, MANIFEST, json.dumps(_manifest(database)).encode())
            _add_database(archive, database)
            _add_files(archive, config.data_dir / "media")
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    _note("backup")
    out.print(f"Wrote {file} ({file.stat().st_size:,} bytes). Keep {KEYS} apart: they are not in it.")


def restore(file: Path) -> None:
    """Bring a backup into an empty data folder and database; anything else is refused."""
    if not file.is_file():
        raise CommandError(f"{file} does not exist.")
    config = load_config()
    database = database_settings(config)
    _refuse_unless_empty(config, database)
    try:
        with tarfile.open(file, mode="r:") as archive:
            _restore_from(archive, config, database)
    except tarfile.TarError as error:
        raise CommandError(f"{file} is not a backup of Postil: {error}.") from None
    _note("restore")
    out.print(f"Restored {file}. Put {KEYS} back as well before you start the server.")


def _restore_from(archive: tarfile.TarFile, config: Config, database: dict[str, Any]) -> None:
    manifest = _read_manifest(archive)
    is_sqlite = database["ENGINE"] == SQLITE
    if manifest["database"] != ("sqlite" if is_sqlite else "postgresql"):
        raise CommandError(f"The backup is of a {manifest['database']} database; restore it into one of that kind.")
    unknown = {tuple(item) for item in manifest["migrations"]} - known_migrations()
    if unknown:
        raise CommandError(f"The backup was made by version {manifest['version']}, which is newer than this one.")
    if is_sqlite:
        _unpack(archive, SQLITE_COPY, Path(database["NAME"]))
        protect(database)
        bring_up_to_date(database)
    else:
        bring_up_to_date(database)
        load_django()
        tables.load(archive.extractfile)
    for member in archive.getmembers():
        if member.name.startswith("media/"):
            _unpack(archive, member.name, config.data_dir / _safe(member))


def _manifest(database: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": postil.__version__,
        "database": "sqlite" if database["ENGINE"] == SQLITE else "postgresql",
        "migrations": sorted(known_migrations()),
    }


def _read_manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    try:
        stream = archive.extractfile(MANIFEST)
    except KeyError:
        stream = None
    if stream is None:
        raise CommandError("This file is not a backup of Postil: it has no manifest.")
    manifest: dict[str, Any] = json.load(stream)
    if manifest.get("format") != FORMAT:
        raise CommandError("The backup has another format. Restore it with the version that wrote it.")
    return manifest


def _add_database(archive: tarfile.TarFile, database: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory(prefix="postil-backup-") as folder:
        if database["ENGINE"] == SQLITE:
            copy = Path(folder) / SQLITE_COPY
            copy_database(Path(database["NAME"]), copy)
            archive.add(copy, arcname=SQLITE_COPY)
            return
        load_django()
        for name, path in tables.dump(Path(folder)):
            archive.add(path, arcname=name)


def _add_files(archive: tarfile.TarFile, media: Path) -> None:
    for path in sorted(media.rglob("*")):
        if path.is_file() and not path.is_symlink():
            archive.add(path, arcname=f"media/{path.relative_to(media).as_posix()}", recursive=False)


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


def _safe(member: tarfile.TarInfo) -> Path:
    parts = PurePosixPath(member.name).parts
    if not member.isfile() or ".." in parts or PurePosixPath(member.name).is_absolute() or "\\" in member.name:
        raise CommandError(f"The backup holds an entry that is not allowed: {member.name}")
    return Path(*parts)


def _unpack(archive: tarfile.TarFile, name: str, target: Path) -> None:
    try:
        stream = archive.extractfile(name)
    except KeyError:
        stream = None
    if stream is None:
        raise CommandError(f"The backup is not complete: {name} is missing.")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(stream, file, 1024 * 1024)


def _refuse_unless_empty(config: Config, database: dict[str, Any]) -> None:
    if schema_state(database) is not SchemaState.NEW:
        raise CommandError("The database is not empty. Restore into a new data folder (--data-dir) or database.")
    media = config.data_dir / "media"
    if media.exists() and any(media.iterdir()):
        raise CommandError(f"{media} is not empty. Restore into a new data folder.")


def _note(act: str) -> None:
    load_django()
    from postil.accounts import audit

    audit.record(None, f"{act}.made", object_type="server")
