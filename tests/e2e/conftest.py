"""Fixtures: a fresh server, a browser, and the person who uses it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from system_deps import find
from tests.e2e.editor_page import EditorPage, serving
from tests.e2e.package import build_package
from tests.e2e.pages import Studio
from tests.faults.server import Server, prepared_environment_for

# What is waited for may take long on a busy machine; nothing waits longer than it must.
expect.set_options(timeout=20_000)
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--force-prefers-reduced-motion"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find("chromium"), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server with an empty data folder."""
    made = Server(prepared_environment_for(tmp_path / "data"))
    made.start()
    yield made
    made.stop()


@contextmanager
def open_tab(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Open a tab; yields it and what its pages throw."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    tab = context.new_page()
    thrown: list[str] = []
    tab.on("pageerror", lambda error: thrown.append(str(error)))
    yield tab, thrown
    context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab that fails the test when the page throws."""
    with open_tab(browser) as (tab, thrown):
        yield tab
    assert thrown == []


@pytest.fixture
def studio(page: Page, server: Server) -> Studio:
    """The application, as its first visitor sees it."""
    return Studio(page, server)


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The editor's package, built for a plain page."""
    return build_package(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def files(package: Path) -> Iterator[str]:
    """Address of a page with nothing but the editor."""
    with serving(package) as address:
        yield address


@pytest.fixture
def editor(page: Page, files: str) -> EditorPage:
    """The editor alone in a page."""
    return EditorPage(page, files)


@pytest.fixture(scope="module")
def shared_tab(browser: Browser, files: str) -> Iterator[tuple[EditorPage, list[str]]]:
    """The editor alone in a tab that all tests of a module share, and what it throws."""
    with open_tab(browser) as (tab, thrown):
        yield EditorPage(tab, files), thrown


@pytest.fixture
def one_editor(shared_tab: tuple[EditorPage, list[str]]) -> Iterator[EditorPage]:
    """The editor of the shared tab: for tests that open one task after the other, as annotators do."""
    editor, thrown = shared_tab
    thrown.clear()
    yield editor
    assert thrown == []
