"""Which addresses the server may call: public ones, and inside ones only from the operator's list."""

import ipaddress
import socket
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings

from postil.core.errors import Invalid

SCHEMES = {"http": 80, "https": 443}
LOOK_UP_S = 5.0
MOST_LOOK_UPS = 16
_look_ups = threading.BoundedSemaphore(MOST_LOOK_UPS)
MAX_URL = 8_000
PLAIN_IN_PATHS = "%/:?#[]@!$&'()*+,;=~"
NAT64 = ipaddress.ip_network("64:ff9b::/96")
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: what to connect to, and what to say there."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.host}:{self.port}"


class InsideAddress(Invalid):
    """An address inside the server's network that nobody allowed."""

    status = 403
    code = "inside_address"


def check(url: str, *, purpose: str, field: str = "url") -> Target:
    """Return where a call to `url` goes, resolved once; raises `Invalid` for what may not be called.

    `purpose` (import, model, webhook, storage) is for the operator's list, whose entries may begin with it. What may
    not be called is refused before anything is sent, so the answer is the same for open and for closed ports.
    """
    parts = _parts(url, field)
    host = (parts.hostname or "").rstrip(".")
    port = parts.port or SCHEMES[parts.scheme]
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=PLAIN_IN_PATHS)
    found = resolve(host, port, field=field)
    if not is_listed(host, port, found, purpose=purpose):
        for address in found:
            if is_inside(address):
                raise _inside(host, field, purpose)
    return Target(parts.scheme, host, port, path, tuple(str(address) for address in found))


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address as `Target.origin` writes them; raises `Invalid` for none."""
    parts = _parts(url, "url")
    return f"{parts.scheme}://{(parts.hostname or '').rstrip('.')}:{parts.port or SCHEMES[parts.scheme]}"


def _inside(host: str, field: str, purpose: str) -> Invalid:
    reason = (
        f"{host} is an address inside the server's network. An administrator can allow it with the setting "
        "POSTIL_ALLOWED_PRIVATE_HOSTS."
    )
    # LS: an address to import from is bad input, one of a model server, webhook or storage is forbidden
    return Invalid.field(field, reason) if purpose == "import" else InsideAddress(reason, fields={field: [reason]})


def _parts(url: str, field: str) -> SplitResult:
    if len(url) > MAX_URL or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise Invalid.field(field, "This is not a web address.")
    try:
        parts = urlsplit(url)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        raise Invalid.field(field, "This is not a web address.") from None
    if parts.scheme not in SCHEMES or not parts.hostname or not has_port:
        raise Invalid.field(field, "Give an address that begins with http:// or https://.")
    if parts.username is not None or parts.password is not None:
        raise Invalid.field(field, "Give the address without a user name or password in it.")
    return parts


def resolve(host: str, port: int, *, field: str = "url") -> list[IpAddress]:
    """Return all addresses of a host; raises `Invalid` if there are none, or if nobody tells them in time."""
    try:
        rows = _look_up(host, port)
        found = dict.fromkeys(ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows)
    except TimeoutError:
        raise Invalid.field(field, f"The host {host} could not be looked up in time.") from None
    except (OSError, UnicodeError, ValueError):
        raise Invalid.field(field, f"The host {host} could not be found.") from None
    return list(found)


def _look_up(host: str, port: int) -> list[Any]:
    """Ask the system for the addresses of a host, at most for `LOOK_UP_S`.

    The system's own call has no bound: it runs in a thread of its own that is left behind when it takes longer.
    """
    answer: Future[list[Any]] = Future()

    def ask() -> None:
        try:
            answer.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)
        finally:
            _look_ups.release()

    if not _look_ups.acquire(timeout=LOOK_UP_S):
        raise TimeoutError
    threading.Thread(target=ask, name="look-up", daemon=True).start()
    return answer.result(LOOK_UP_S)


def is_inside(address: IpAddress) -> bool:
    """Whether an address is private, loopback, link-local, multicast, reserved, or stands for such a one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is not None:
            return is_inside(inner)
        if address.is_site_local:
            return True
    return address.is_multicast or address.is_reserved or not address.is_global


def is_listed(host: str, port: int, addresses: list[IpAddress], *, purpose: str) -> bool:
    """Whether the operator's list allows this: by host, `host:port`, origin, or a network that holds all addresses.

    An entry such as `model=10.0.0.0/8` is for one purpose only.
    """
    names = {host.lower(), f"{host.lower()}:{port}", *(f"{scheme}://{host.lower()}:{port}" for scheme in SCHEMES)}
    for entry in settings.CONFIG.private_hosts:
        only, equals, place = entry.rpartition("=")
        if equals and only != purpose:
            continue
        if place.lower().rstrip("/") in names or _holds(place, addresses):
            return True
    return False


def _holds(text: str, addresses: list[IpAddress]) -> bool:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return bool(addresses) and all(a.version == network.version and a in network for a in addresses)
