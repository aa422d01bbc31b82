"""Fail when a file or a function outgrows its room."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES = 400
FUNCTION_LINES = 60
COMPONENT_LINES = 200
PYTHON = ("src", "packages", "tests", "tools", "bench")
# Options of a command are one signature: the function is long, its body is not.
LONG_SIGNATURES = {"src/postil/cli/app.py"}


def main() -> int:
    """Print what is too long; the exit code says whether anything was."""
    found = [*python_problems(), *typescript_problems()]
    print("\n".join(found) or "All files and functions fit.")
    return 1 if found else 0


def python_problems() -> Iterator[str]:
    """Yield files and functions of Python that are too long; migrations are written by a tool."""
    for folder in PYTHON:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts or "node_modules" in path.parts:
                continue
            name = path.relative_to(ROOT).as_posix()
            text = path.read_text(encoding="utf-8")
            yield from too_long(name, text)
            if name in LONG_SIGNATURES:
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or node.lineno) - node.lineno + 1
                    if length > FUNCTION_LINES:
                        yield f"{name}:{node.lineno}: {node.name} has {length} lines, {FUNCTION_LINES} are allowed"


def typescript_problems() -> Iterator[str]:
    """Yield files and components of TypeScript that are too long."""
    for path in sorted((ROOT / "frontend/src").rglob("*.ts*")):
        name = path.relative_to(ROOT).as_posix()
        if ".gen." in name or "/i18n/" in name:
            continue
        text = path.read_text(encoding="utf-8")
        yield from too_long(name, text)
        if path.suffix == ".tsx" and ".test." not in name:
            yield from long_components(name, text.splitlines())


def too_long(name: str, text: str) -> Iterator[str]:
    """Yield a sentence if the text has too many lines."""
    lines = text.count("\n")
    if lines > FILE_LINES:
        yield f"{name}: {lines} lines, {FILE_LINES} are allowed"


def long_components(name: str, lines: list[str]) -> Iterator[str]:
    """Yield top-level functions whose closing brace, alone in the first column, comes too late."""
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith(("function ", "export function ", "export const ", "const ", "export default function ")):
            start = number
        elif start is not None and line.startswith("}"):
            if number - start > COMPONENT_LINES:
                yield f"{name}:{start}: a component has {number - start} lines, {COMPONENT_LINES} are allowed"
            start = None


if __name__ == "__main__":
    sys.exit(main())
