"""A real server for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.server import Server, prepared_environment_for

from postil_client import Client, Project

TOKEN = "0123456789abcdef0123456789abcdef01234567"
CONFIG = """<View><Text name="text" value="$text"/>
<Choices name="mood" toName="text"><Choice value="good"/><Choice value="bad"/></Choices></View>"""
MOOD = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one owner and a token."""
    folder: Path = tmp_path_factory.mktemp("client") / "data"
    running = Server(prepared_environment_for(folder))
    with running.running("--username", "owner@example.com", "--password", "correct horse 9", "--user-token", TOKEN):
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    """A client of that server."""
    with Client(server.url, TOKEN) as made:
        yield made


@pytest.fixture
def project(client: Client) -> Project:
    """An empty project for choices on texts."""
    return client.create_project("Reviews", CONFIG)
