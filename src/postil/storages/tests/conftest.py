"""Each kind of storage as a real, empty place: what a storage must be told, and a way to put objects there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest

from postil.storages.provider import Store
from postil.storages.stores import open_store, provider_of, read_params
from postil.storages.tests import servers

LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Place:
    """A real place. `params` is what a form would send; objects are named relative to it."""

    kind: str
    params: dict[str, Any]

    @property
    def store(self) -> Store:
        return open_store(self.kind, read_params(self.kind, self.params))

    def key(self, name: str) -> str:
        return provider_of(self.kind).target_key(read_params(self.kind, self.params), name)

    def uri(self, name: str) -> str:
        return provider_of(self.kind).uri(read_params(self.kind, self.params), self.key(name))

    def put(self, objects: dict[str, bytes]) -> None:
        for name, content in objects.items():
            self.store.write(self.key(name), content, "application/octet-stream")

    def names(self) -> list[str]:
        """Keys of everything there, without the prefix."""
        begin = len(self.key("x")) - 1
        return sorted(found.key[begin:] for page in self.store.pages(recursive=True) for found in page)

    def content(self, name: str) -> bytes:
        return b"".join(self.store.read(self.key(name)).chunks)


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    with servers.s3_server() as address:
        yield address


@pytest.fixture(scope="session")
def gcs_address() -> Iterator[str]:
    with servers.gcs_server() as address:
        yield address


@pytest.fixture(scope="session")
def azure_address() -> Iterator[str]:
    try:
        with servers.azure_server() as address:
            yield address
    except LookupError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def redis_port() -> Iterator[int]:
    try:
        with servers.redis_server() as port:
            yield port
    except LookupError as missing:
        pytest.skip(str(missing))


@pytest.fixture(autouse=True)
def _local_network(settings: Any, tmp_path: Path) -> None:
    """Let the tests' own servers be called, and a folder be served."""
    root = tmp_path / "root"
    root.mkdir()
    settings.CONFIG = replace(
        settings.CONFIG, allowed_private_hosts=LOOPBACK, local_files_enabled=True, local_files_root=str(root)
    )


@pytest.fixture(scope="session")
def s3_bucket(s3_address: str) -> dict[str, Any]:
    """What leads to the one bucket of this run; every test has a prefix of its own."""
    keys = {"aws_access_key_id": servers.ACCESS_KEY, "aws_secret_access_key": servers.SECRET_KEY}
    client = boto3.client("s3", endpoint_url=s3_address, region_name="us-east-1", **keys)
    client.create_bucket(Bucket="tests")
    return {"bucket": "tests", "s3_endpoint": s3_address, **keys}


@pytest.fixture
def s3_place(s3_bucket: dict[str, Any]) -> Place:
    return Place("s3", {**s3_bucket, "prefix": f"in/{uuid4().hex}"})


@pytest.fixture
def gcs_place(gcs_address: str) -> Place:
    place = Place("gcs", {"bucket": f"b{uuid4().hex}", "prefix": "in", "gcs_endpoint": gcs_address})
    place.store._client.create_bucket(place.params["bucket"])  # type: ignore[attr-defined]
    return place


@pytest.fixture
def azure_place(azure_address: str) -> Place:
    account = {"account_name": servers.AZURE_ACCOUNT, "account_key": servers.AZURE_KEY}
    place = Place("azure", {"container": f"c{uuid4().hex}", "prefix": "in", "azure_endpoint": azure_address, **account})
    place.store._container.create_container()  # type: ignore[attr-defined]
    return place


@pytest.fixture
def redis_place(redis_port: int) -> Place:
    return Place("redis", {"host": "127.0.0.1", "port": redis_port, "db": 1, "path": f"{uuid4().hex}:"})


@pytest.fixture
def local_place(tmp_path: Path) -> Place:
    folder = tmp_path / "root" / "set"
    folder.mkdir()
    return Place("localfiles", {"path": str(folder)})


@pytest.fixture(params=["s3", "gcs", "azure", "redis", "local"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each kind in turn."""
    return request.getfixturevalue(f"{request.param}_place")  # type: ignore[no-any-return]


@pytest.fixture
def client(client_for: Callable[[Any], Any], owner: Any) -> Any:
    return client_for(owner)


CONFIG = (
    '<View><Text name="t" value="$text"/>'
    '<Choices name="c" toName="t"><Choice value="a"/><Choice value="b"/></Choices></View>'
)
IMAGES = '<View><Image name="i" value="$image"/><Choices name="c" toName="i"><Choice value="a"/></Choices></View>'
ANSWER = [{"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}]


@pytest.fixture
def project(client: Any) -> int:
    return int(client.post("/api/projects/", {"title": "Objects", "label_config": CONFIG}).json["id"])


@pytest.fixture
def images(client: Any) -> int:
    return int(client.post("/api/projects/", {"title": "Images", "label_config": IMAGES}).json["id"])


@pytest.fixture
def connect(client: Any) -> Callable[..., dict[str, Any]]:
    """A function that connects a place with a project over the API."""

    def make(place: Place, project: int, *, target: bool = False, **fields: Any) -> dict[str, Any]:
        folder = f"/api/storages/{'export/' if target else ''}{place.kind}/"
        answer = client.post(folder, {"project": project, **place.params, **fields})
        assert answer.status == 201, answer.json
        return answer.json  # type: ignore[no-any-return]

    return make


@pytest.fixture
def sync(client: Any) -> Callable[..., dict[str, Any]]:
    """A function that syncs a storage and returns what became of it."""

    def run(made: dict[str, Any], *, target: bool = False) -> dict[str, Any]:
        path = f"/api/storages/{'export/' if target else ''}{made['type']}/{made['id']}/"
        answer = client.post(f"{path}sync/")
        assert answer.status == 200, answer.json
        return client.get(path).json  # type: ignore[no-any-return]

    return run
