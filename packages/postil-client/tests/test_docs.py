"""The examples of the user guide and of the read-me run, one after the other."""

import re
from pathlib import Path

import pytest
from tests.faults.server import Server

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize("page", ["docs/user/python.md", "packages/postil-client/README.md"])
def test_examples_run(page: str, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    examples = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(), re.MULTILINE | re.DOTALL)
    assert examples
    monkeypatch.setenv("POSTIL_URL", server.url)
    monkeypatch.setenv("POSTIL_API_KEY", TOKEN)
    monkeypatch.chdir(tmp_path)
    for example in examples:
        here = example.replace('Client("http://localhost:8080", api_key="…")', "Client()")
        exec(compile(here, page, "exec"), {"__name__": "example"})
