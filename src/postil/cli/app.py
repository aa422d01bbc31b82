"""The commands and their options; what they do is in the modules beside this one."""

from pathlib import Path
from typing import Annotated

import typer

import postil
from postil.cli import environment, service_app
from postil.cli.errors import out
from postil.cli.first_project import FirstProject

app = typer.Typer(
    name="postil",
    help="Postil: label images and text on your own server.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
user = typer.Typer(help="Make accounts and set passwords.", no_args_is_help=True)
app.add_typer(user, name="user")
keys = typer.Typer(help="Keys that stored secrets are encrypted with.", no_args_is_help=True)
app.add_typer(keys, name="keys")
app.add_typer(service_app.app, name="service")

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder for database, files and keys.")]
Database = Annotated[
    str | None,
    typer.Option(
        "--database", "--database-url", help="postgresql://… or sqlite:///…; `postgresql` takes POSTGRE_* variables."
    ),
]
LogLevel = Annotated[str | None, typer.Option("--log-level", help="DEBUG, INFO, WARNING or ERROR.")]
ActAs = Annotated[str, typer.Option("--as", help="E-mail of the person who does it; the first owner by default.")]
Port = Annotated[int | None, typer.Option("--port", "-p", help="Port to listen on.")]
Host = Annotated[str | None, typer.Option(help="Address to listen on, or the public address (https://…).")]


def _show_version(value: bool) -> None:
    if value:
        out.print(f"Postil {postil.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", "-v", callback=_show_version, is_eager=True)] = False,
) -> None:
    """Postil: label images and text on your own server."""


@app.command()
def start(
    project: Annotated[str | None, typer.Argument(help="Title of a project to make with --init.")] = None,
    port: Port = None,
    host: Host = None,
    internal_host: Annotated[str | None, typer.Option("--internal-host", help="Address to listen on.")] = None,
    data_dir: DataDir = None,
    database: Database = None,
    username: Annotated[str | None, typer.Option(help="E-mail of the first owner.")] = None,
    password: Annotated[str | None, typer.Option(help="Password; better in POSTIL_PASSWORD.")] = None,
    user_token: Annotated[str | None, typer.Option(help="API token; better in POSTIL_USER_TOKEN.")] = None,
    init: Annotated[bool, typer.Option("--init", help="Make the project if it does not exist.")] = False,
    label_config: Annotated[Path | None, typer.Option(help="Label config (XML) of the new project.")] = None,
    initial_project_description: Annotated[str, typer.Option(help="Description of the new project.")] = "",
    log_level: LogLevel = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Background work runs in `postil worker`.")] = False,
    debug: Annotated[bool, typer.Option("--debug", "-d", help="The same as --log-level DEBUG.")] = False,
) -> None:
    """Start the server; the first start makes the database."""
    environment.use_database(database)
    environment.use_host(host)
    environment.use_host(internal_host)
    environment.use_options(
        port=port, data_dir=data_dir, username=username, password=password, user_token=user_token,
        log_level="DEBUG" if debug else log_level, worker=False if no_worker else None,
    )  # fmt: skip
    from postil.cli import starting

    wanted = FirstProject(project or "New project", label_config, initial_project_description)
    starting.start(open_browser=not no_browser, project=wanted if init else None)


@app.command()
def init(
    project: Annotated[str, typer.Argument(help="Title of the project.")] = "New project",
    data_dir: DataDir = None,
    database: Database = None,
    username: Annotated[str | None, typer.Option(help="E-mail of the first owner.")] = None,
    password: Annotated[str | None, typer.Option(help="Password; better in POSTIL_PASSWORD.")] = None,
    label_config: Annotated[Path | None, typer.Option(help="Label config (XML).")] = None,
    initial_project_description: Annotated[str, typer.Option(help="Description.")] = "",
) -> None:
    """Make a project without starting the server."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir, username=username, password=password)
    from postil.cli import starting

    starting.prepare(FirstProject(project, label_config, initial_project_description))


@app.command()
def migrate(data_dir: DataDir = None, database: Database = None) -> None:
    """Bring the database to this version."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir)
    from postil.cli import starting

    starting.migrate()


@app.command()
def worker(
    data_dir: DataDir = None,
    database: Database = None,
    log_level: LogLevel = None,
    lifeline: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Run background work; `postil start` does so by itself."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir, log_level=log_level)
    from postil.cli import working

    working.work(lifeline)


@user.command("create")
def create_user(
    email: str,
    role: Annotated[str, typer.Option(help="owner, administrator, manager, reviewer or annotator.")] = "annotator",
    password: Annotated[str | None, typer.Option(help="Asked for, or read from POSTIL_PASSWORD.")] = None,
    first_name: str = "",
    last_name: str = "",
    data_dir: DataDir = None,
    database: Database = None,
) -> None:
    """Make an account; the very first one owns the organization."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir)
    from postil.cli import people

    people.create(email, password, role=role, first_name=first_name, last_name=last_name)


@user.command("reset-password")
def reset_password(
    email: str,
    password: Annotated[str | None, typer.Option(help="Asked for, or read from POSTIL_PASSWORD.")] = None,
    data_dir: DataDir = None,
    database: Database = None,
) -> None:
    """Give somebody a new password; their sessions and tokens end."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir)
    from postil.cli import people

    people.reset_password(email, password)


@app.command("import")
def import_files(
    project: Annotated[str, typer.Argument(help="Id or title of the project.")],
    files: Annotated[list[Path], typer.Argument(help="Files: JSON, JSONL, CSV, TSV, TXT, images, …")],
    act_as: ActAs = "",
    data_dir: DataDir = None,
    database: Database = None,
) -> None:
    """Import files into a project; each file is taken whole or not at all."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir)
    from postil.cli import transfer

    raise typer.Exit(transfer.import_files(project, files, act_as))


@app.command("export")
def export_project(
    project: Annotated[str, typer.Argument(help="Id or title of the project.")],
    export_format: Annotated[str, typer.Argument(metavar="FORMAT", help="JSON, JSON_MIN, CSV, TSV, COCO, …")],
    path: Annotated[Path, typer.Option("--path", "--export-path", help="File or folder to write.")] = Path(),
    act_as: ActAs = "",
    data_dir: DataDir = None,
    database: Database = None,
) -> None:
    """Export a project's annotations to a file."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir)
    from postil.cli import transfer

    raise typer.Exit(transfer.export_project(project, export_format, path, act_as))


@app.command()
def check(
    repair: Annotated[bool, typer.Option("--repair", help="Write the recomputed counters.")] = False,
    data_dir: DataDir = None,
    database: Database = None,
) -> None:
    """Test the installation: database, data folder, counters, pending migrations."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir)
    from postil.cli import checking

    raise typer.Exit(checking.check(repair=repair))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Archive to write (.tar).")],
    data_dir: DataDir = None,
    database: Database = None,
) -> None:
    """Write a consistent copy of database and files, also while people work."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir)
    from postil.cli import backups

    backups.backup(file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Archive written by `postil backup`.")],
    data_dir: DataDir = None,
    database: Database = None,
) -> None:
    """Bring a backup back into an empty data folder and database."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir)
    from postil.cli import backups

    backups.restore(file)


@keys.command("rotate")
def rotate_keys(data_dir: DataDir = None, database: Database = None) -> None:
    """Make a new key for stored secrets and seal all of them with it."""
    environment.use_database(database)
    environment.use_options(data_dir=data_dir)
    from postil.cli import sealing

    sealing.rotate()


@app.command()
def version() -> None:
    """Show the version."""
    out.print(f"Postil {postil.__version__}")
