"""`postil-ml init FOLDER` makes a model server to fill in, `postil-ml start FOLDER` runs one."""

import argparse
import importlib.util
import logging
import os
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from waitress import serve

from postil_ml.model import Model
from postil_ml.server import Login, create_app

TEMPLATE = ("model.py", "test_model.py.template", "requirements.txt", "Dockerfile", "README.md")
THREADS = 8


class UsageError(Exception):
    """What was asked for cannot be done; the text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code says whether it worked."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.command == "init":
            _say(f"Made {init(Path(asked.folder))}. Start it with: postil-ml start {asked.folder}")
            return 0
        start(Path(asked.folder), host=asked.host, port=asked.port, data=asked.data)
    except UsageError as error:
        _say(f"postil-ml: {error}", sys.stderr)
        return 2
    return 0


def _say(text: str, where: object = None) -> None:
    print(text, file=where or sys.stdout)  # type: ignore[arg-type]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="postil-ml", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("init", help="make a folder with a model server to fill in")
    making.add_argument("folder")
    starting = commands.add_parser("start", help="run the model server of a folder")
    starting.add_argument("folder")
    starting.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on")
    starting.add_argument("--port", type=int, default=int(os.environ.get("PORT", "9090")))
    starting.add_argument("--data", type=Path, default=None, help="where it keeps what it learns (FOLDER/data)")
    return parser


def init(folder: Path) -> Path:
    """Make a folder from the template; raises `UsageError` if something is there already."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in TEMPLATE:
        text = files("postil_ml").joinpath("template", name).read_text()
        (folder / name.removesuffix(".template")).write_text(text)
    return folder


def load(folder: Path) -> type[Model]:
    """Return the model class of `folder/model.py`; raises `UsageError` if there is not exactly one."""
    path = folder / "model.py"
    if not path.is_file():
        raise UsageError(f"{path} does not exist. Make a folder with: postil-ml init {folder}")
    spec = importlib.util.spec_from_file_location("model", path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(folder.resolve()))
    spec.loader.exec_module(module)
    found = [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Model) and each.__module__ == "model"
    ]
    if len(found) != 1:
        raise UsageError(f"{path} must have one class that is a postil_ml.Model; it has {len(found)}.")
    return found[0]


def start(folder: Path, *, host: str, port: int, data: Path | None = None) -> None:
    """Serve until stopped. BASIC_AUTH_USER and BASIC_AUTH_PASS in the environment ask callers for a password."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    user, password = os.environ.get("BASIC_AUTH_USER", ""), os.environ.get("BASIC_AUTH_PASS", "")
    if bool(user) != bool(password):
        raise UsageError("BASIC_AUTH_USER and BASIC_AUTH_PASS belong together.")
    login = Login(user, password) if user else None
    app = create_app(load(folder), data or folder / "data", login=login)
    _say(f"The model server listens on http://{host}:{port}")
    serve(app, host=host, port=port, threads=THREADS, ident=None)


if __name__ == "__main__":
    sys.exit(main())
