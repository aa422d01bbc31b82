"""`postil import` and `postil export`."""

from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from postil.cli.environment import load_config, load_django
from postil.cli.errors import FAILED, CommandError, err, out
from postil.cli.upgrade import bring_up_to_date
from postil.core.result import ItemError
from postil.infra.config import database_settings

SHOWN_ERRORS = 20


def import_files(project_name: str, files: list[Path], act_as: str) -> int:
    """Import the files one by one; returns the exit code."""
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise CommandError(f"Not a file: {', '.join(missing)}")
    _prepare()
    from postil.cli.who import find_project, find_who
    from postil.imports.actions import import_file

    who = find_who(act_as)
    project = find_project(who, project_name)
    for path in files:
        with _bar(path.name) as run:
            answer = import_file(who=who, project=project, path=path, run=run)
        _say_errors(run.errors, run.error_count)
        out.print(f"{path}: {answer.get('task_count', 0)} tasks")
        if run.error_count:
            return FAILED
    return 0


def export_project(project_name: str, export_format: str, path: Path, act_as: str) -> int:
    """Write the export; returns the exit code."""
    _prepare()
    from postil.cli.who import find_project, find_who
    from postil.exports.actions import export_to_path

    who = find_who(act_as)
    project = find_project(who, project_name)
    with _bar(export_format) as run:
        written = export_to_path(
            who=who, project=project, format_name=export_format.upper(), path=path.absolute(), run=run
        )
    _say_errors(run.errors, run.error_count)
    out.print(f"Wrote {written}")
    return 0


class BarRun:
    """Shows a job's progress as a bar; the same calls as a job in the background."""

    def __init__(self, title: str) -> None:
        self.errors: list[ItemError] = []
        self.error_count = 0
        self._progress = Progress(
            SpinnerColumn(), TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err
        )
        self._task = self._progress.add_task(title, total=None)

    def __enter__(self) -> "BarRun":
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()

    def progress(self, done: int, total: int | None = None) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=done, total=total)

    def check_cancelled(self) -> None:
        """Nobody cancels here but Ctrl-C."""

    def item_error(self, error: ItemError) -> None:
        """Keep the first errors to show them."""
        self.error_count += 1
        if len(self.errors) < SHOWN_ERRORS:
            self.errors.append(error)


def _bar(title: str) -> BarRun:
    return BarRun(title)


def _say_errors(errors: list[ItemError], count: int) -> None:
    for error in errors:
        place = f"{error.where}, {error.field}" if error.field else error.where
        err.print(f"{place}: {error.reason}")
    if count > len(errors):
        err.print(f"… and {count - len(errors)} more.")


def _prepare() -> None:
    bring_up_to_date(database_settings(load_config()))
    load_django()
