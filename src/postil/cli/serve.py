"""Running the server: Granian with Django's WSGI application, and the worker beside it."""

import encodings.idna  # noqa: F401 -- the first look-up of a name imports it: a child forked just then would hang on its lock
import http.client
import logging
import multiprocessing
import os
import socket
import threading
import webbrowser
from functools import partial
from typing import Any

from granian._internal import load_target
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from postil.cli.errors import CommandError, out
from postil.cli.lifeline import Lifeline
from postil.cli.supervisor import WorkerSupervisor
from postil.infra.config import Config

STOP_S = 8
CONNECTIONS = 1024
THREAD_IDLE_S = 600  # a thread that ends takes its database connection with it
LOOK_EVERY_S = 0.05


def check_port(config: Config) -> None:
    """Raise `CommandError` if the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except PermissionError:
            raise CommandError(f"Port {config.port} needs more rights; use one above 1023.") from None
        except OSError:
            raise CommandError(
                f"Port {config.port} on {config.host} is in use or not ours. Choose another with --port."
            ) from None


def serve(config: Config, *, open_browser: bool) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    lifeline = Lifeline()
    logging.basicConfig(format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    multiprocessing.set_start_method("fork", force=True)  # the child inherits the lifeline; no thread runs yet
    server = Server(
        target="postil.web.wsgi:application",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=max(1, config.threads),
        blocking_threads_idle_timeout=THREAD_IDLE_S,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_S,
        log_level=LogLevels.error,
        websockets=False,
    )
    supervisor = WorkerSupervisor(lifeline) if config.worker else None
    ready = threading.Thread(target=_when_ready, args=(config, supervisor, open_browser), daemon=True)
    server.on_startup(ready.start)
    if supervisor is not None:
        server.on_shutdown(supervisor.stop)
    server.serve(target_loader=partial(_load, lifeline))


def address_of(config: Config) -> str:
    """Return where people of this machine open the server."""
    if config.base_url:
        return config.base_url
    host = "localhost" if config.host in ("0.0.0.0", "::", "127.0.0.1", "::1") else config.host  # noqa: S104 -- compared
    return f"http://{host}:{config.port}/"


def _load(lifeline: Lifeline, target: str) -> Any:
    """Load the application in the server's process; Django belongs into the child only."""
    lifeline.hold_in_child()
    os.umask(0o077)
    return load_target(target)


def _when_ready(config: Config, supervisor: WorkerSupervisor | None, open_browser: bool) -> None:
    """Say that the server answers, then start what may come second."""
    pause = threading.Event()
    while not _answers(config):
        pause.wait(LOOK_EVERY_S)
    out.print(f"Postil is ready: [bold]{address_of(config)}[/bold]")
    if supervisor is not None:
        supervisor.start()
    if open_browser:
        webbrowser.open(address_of(config))


def _answers(config: Config) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.host, config.host)  # noqa: S104 -- compared
    link = http.client.HTTPConnection(host, config.port, timeout=5)
    try:
        link.request("GET", "/health", headers={"Host": "localhost"})
        return link.getresponse().status < 500
    except OSError:
        return False
    finally:
        link.close()
