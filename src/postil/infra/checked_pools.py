"""The same checked way out for vendors' client libraries, which all stand on urllib3.

A library gets connection pools whose sockets go to addresses that `infra.addresses` has checked, whatever its settings
say; names are resolved once for each connection, and proxies of the environment are left aside.
"""

import socket
from typing import Any

from postil.infra import addresses
from postil.infra.outgoing import CONNECT_S
from postil.infra.waiting import waiting_for_others

PURPOSE = "storage"


def checked_class(base: type[Any]) -> type[Any]:
    """Return a urllib3 connection class that connects to checked addresses and to nothing else."""
    return type(f"Checked{base.__name__}", (base,), {"_new_conn": _connect})


def checked_pool(base: type[Any], connection: type[Any]) -> type[Any]:
    """Return a urllib3 pool class whose connections are checked."""
    return type(f"Checked{base.__name__}", (base,), {"ConnectionCls": checked_class(connection)})


def guard_session(session: Any, *, pool_size: int) -> Any:
    """Make a session of `requests` connect to checked addresses only; returns it."""
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    pools = {
        "http": checked_pool(HTTPConnectionPool, HTTPConnection),
        "https": checked_pool(HTTPSConnectionPool, HTTPSConnection),
    }
    session.trust_env = False
    session.max_redirects = 3
    for scheme in pools:
        adapter = HTTPAdapter(pool_connections=pool_size, pool_maxsize=pool_size)
        adapter.poolmanager.pool_classes_by_scheme = pools
        session.mount(f"{scheme}://", adapter)
    return session


def check_endpoint(url: str, *, field: str) -> None:
    """Raise `Invalid` with the field for an address that may not be called. Call it outside of any transaction."""
    with waiting_for_others():
        addresses.check(url, purpose=PURPOSE, field=field)


def checked_host(host: str, port: int) -> str:
    """Return an address of `host` that may be called; raises `Invalid` for one that may not."""
    name = f"[{host}]" if ":" in host else host
    with waiting_for_others():
        return addresses.check(f"http://{name}:{port}/", purpose=PURPOSE, field="host").addresses[0]


def _connect(connection: Any) -> socket.socket:
    """Stand in for urllib3's own `_new_conn`; TLS still goes to the name."""
    name = f"[{connection.host}]" if ":" in connection.host else connection.host
    target = addresses.check(f"http://{name}:{connection.port}/", purpose=PURPOSE)
    last: OSError = OSError("no address")
    for address in target.addresses:
        try:
            return _open(address, connection.port)
        except OSError as error:
            last = error
    from urllib3.exceptions import NewConnectionError

    raise NewConnectionError(connection, f"{connection.host} cannot be reached: {last}") from last


def _open(address: str, port: int) -> socket.socket:
    made = socket.create_connection((address, port), CONNECT_S)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made
