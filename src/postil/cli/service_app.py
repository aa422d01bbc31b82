"""The options of `postil service`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from postil.cli import service
from postil.cli.errors import FAILED, out

app = typer.Typer(
    help="A server for scripts: in the background, with a file that tells how to connect.", no_args_is_help=True
)

File = Annotated[Path, typer.Option("--file", "-f", help="The connection file.")]


@app.command()
def start(
    file: File = service.CONNECTION_FILE,
    port: Annotated[int, typer.Option("--port", "-p", help="Port to listen on.")] = 8080,
    using: Annotated[
        str, typer.Option(help="embedded (this installation), pip (one of its own) or docker.")
    ] = service.EMBEDDED,
    data_dir: Annotated[Path, typer.Option("--data-dir", help="Folder of the server's data.")] = Path("postil-service"),
    username: Annotated[str | None, typer.Option(help="E-mail of the owner.")] = None,
    password: Annotated[str | None, typer.Option(help="Password of the owner; made up if not given.")] = None,
    api_key: Annotated[str | None, typer.Option("--api-key", help="Token of the owner; made up if not given.")] = None,
    image: Annotated[str, typer.Option(help="Image for docker.")] = service.IMAGE,
    create_test_project: Annotated[bool, typer.Option("--create-test-project", help="With one task.")] = False,
) -> None:
    """Start a server in the background and write the connection file; what the file says already wins."""
    given = {"username": username, "password": password, "api_key": api_key}
    connection = service.start(file, port=port, using=using, data_dir=data_dir, given=given, image=image)
    if create_test_project:
        service.make_test_project(file)
    out.print(f"The server is up. {file} tells how to connect to {connection.api_url}.")


@app.command()
def stop(file: File = service.CONNECTION_FILE) -> None:
    """Stop the server; data and connection file stay."""
    out.print("Stopped." if service.stop(file) else "It was not running.")


@app.command()
def status(file: File = service.CONNECTION_FILE) -> None:
    """Say whether the server answers, and how to connect; the exit code is 1 if it does not."""
    connection = service.load(file)
    shown = {**asdict(connection), "password": "…", "api_key": connection.api_key[:4] + "…"}
    is_up = service.is_up(connection)
    out.print_json(json.dumps({"running": is_up, **shown}))
    if not is_up:
        raise typer.Exit(FAILED)


@app.command("test-project")
def test_project(
    file: File = service.CONNECTION_FILE,
    delete: Annotated[bool, typer.Option("--delete", help="Put it into the trash again.")] = False,
) -> None:
    """Make a project with one task to try the connection on."""
    if delete:
        out.print(f"Deleted project {service.delete_test_project(file)}.")
    else:
        out.print(f"Project {service.make_test_project(file)} has one task.")
