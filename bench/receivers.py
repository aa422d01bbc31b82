"""Small HTTP servers for benches, each in a process of its own: they answer at once, and count what they hear.

python bench/receivers.py hook PORT      a receiver of webhooks; GET tells how many calls it heard, and when
python bench/receivers.py dead PORT      takes calls and never answers
python bench/receivers.py model PORT     a model server that says "good" to every task
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

GOOD = [{"from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}]


class Heard:
    """What came in so far: the number of calls, and when the first and the last one came."""

    def __init__(self) -> None:
        self.count = 0
        self.first = self.last = 0.0

    def note(self) -> None:
        """Count a call."""
        self.last = time.time()
        self.first = self.first or self.last
        self.count += 1


def answer_of(kind: str, path: str, body: bytes, heard: Heard) -> Any:
    """Return what is answered."""
    if path == "/heard":
        return {"count": heard.count, "first": heard.first, "last": heard.last}
    heard.note()
    if kind == "model" and path == "/predict":
        tasks = json.loads(body)["tasks"]
        return {"results": [{"result": GOOD, "score": 0.9, "model_version": "stub-1"} for _ in tasks]}
    return {"model_version": "stub-1"}


async def serve(kind: str, port: int) -> None:
    """Serve until the process ends."""
    heard = Heard()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (line := await reader.readline()).strip():
                path = line.split()[1].decode()
                length = 0
                while (header := await reader.readline()).strip():
                    name, _, value = header.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                body = await reader.readexactly(length)
                if kind == "dead" and path != "/heard":
                    heard.note()
                    await asyncio.sleep(3600)
                answer = json.dumps(answer_of(kind, path, body, heard)).encode()
                head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}\r\n\r\n"
                writer.write(head.encode() + answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", port, backlog=1024)
    async with server:
        await server.serve_forever()


@contextmanager
def started(kind: str, port: int) -> Iterator[str]:
    """Run one beside the bench; gives its address."""
    process = subprocess.Popen([sys.executable, str(Path(__file__)), kind, str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(500):
            try:
                heard(address)
                break
            except (URLError, OSError):
                time.sleep(0.02)
        yield address
    finally:
        process.kill()
        process.wait()


def heard(address: str) -> dict[str, float]:
    """Return what a receiver has heard so far."""
    with urlopen(f"{address}/heard", timeout=10) as answer:
        found: dict[str, float] = json.load(answer)
        return found


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
