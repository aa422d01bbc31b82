"""The outgoing client against a small server of our own."""

import gzip
import ipaddress
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from postil.core.errors import Invalid
from postil.infra import addresses, outgoing
from postil.infra.outgoing import OutgoingError

TURNS = {
    "/loop": "/loop",
    "/turn": "/small",
    "/stay": "/heard",
    "/away": "http://localhost:{port}/heard",
    "/inside": "http://169.254.169.254/latest/meta-data/",
}


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_args):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, body + (self.headers.get("Authorization") or "-").encode())

    def do_GET(self):
        if self.path == "/small":
            self.answer(200, b"hello")
        elif self.path == "/big":
            self.answer(200, b"x" * 5000)
        elif self.path == "/lying":
            self.answer(200, b"x" * 5000, length=None)
        elif self.path == "/packed":
            self.answer(200, gzip.compress(b"x" * 200_000), **{"Content-Encoding": "gzip"})
        elif self.path == "/missing":
            self.answer(404, b"inside secret")
        elif self.path in TURNS:
            self.answer(302, b"", Location=TURNS[self.path].format(port=self.server.server_port))
        elif self.path == "/heard":
            self.answer(200, ",".join(sorted(name.lower() for name in self.headers)).encode())
        elif self.path == "/%E6%97%A5?q=%C3%A9&a=b%20c":
            self.answer(200, b"quoted")

    def answer(self, status, body, *, length=True, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if length:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def server():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture
def allow(settings):
    def set_hosts(*hosts):
        settings.CONFIG = replace(settings.CONFIG, allowed_private_hosts=hosts)

    return set_hosts


def test_an_allowed_inside_address_is_read(server, allow):
    allow("127.0.0.1")
    with outgoing.download(f"{server}/small", purpose="import", max_bytes=100) as file:
        assert (file.read(2), file.read()) == (b"he", b"llo")
    answer = outgoing.send("POST", f"{server}/x", purpose="model", content=b"body ", auth=("a", "b"))
    assert (answer.status_code, answer.content) == (200, b"body Basic YTpi")
    assert outgoing.send("GET", f"{server}/turn", purpose="model").content == b"hello"


def test_inside_addresses_are_refused_unless_listed(server, allow):
    port = server.rsplit(":", 1)[1]
    for listed in ((), ("10.0.0.0/8",), ("127.0.0.1:1",), ("model=127.0.0.1",)):
        allow(*listed)
        with pytest.raises(Invalid, match="Validation error") as caught:
            outgoing.send("GET", f"{server}/small", purpose="import")
        assert "POSTIL_ALLOWED_PRIVATE_HOSTS" in caught.value.fields["url"][0]
    for listed in ("127.0.0.0/8", f"127.0.0.1:{port}", f"http://127.0.0.1:{port}", "import=127.0.0.1"):
        allow(listed)
        assert outgoing.send("GET", f"{server}/small", purpose="import").content == b"hello"


def test_the_answer_is_the_same_for_open_and_closed_ports(server, allow):
    allow()
    texts = set()
    for url in (f"{server}/small", "http://127.0.0.1:1/"):
        with pytest.raises(Invalid) as caught:
            outgoing.check_address(url, purpose="import")
        texts.add(caught.value.fields["url"][0])
    assert len(texts) == 1


def test_redirects_are_checked_and_counted(server, allow):
    allow("127.0.0.1")
    with pytest.raises(Invalid):
        outgoing.send("GET", f"{server}/inside", purpose="import")
    with pytest.raises(OutgoingError, match="redirects too often"):
        outgoing.send("GET", f"{server}/loop", purpose="import")


def test_another_origin_hears_none_of_the_keys_after_a_redirect(server, allow):
    allow("127.0.0.1", "localhost")
    headers = {"X-Shared-Key": "k", "Authorization": "Bearer k", "Accept": "text/plain"}
    stayed = outgoing.send("GET", f"{server}/stay", purpose="model", headers=headers).content.decode().split(",")
    assert {"x-shared-key", "authorization", "accept"} <= set(stayed)
    moved = outgoing.send("GET", f"{server}/away", purpose="model", headers=headers).content.decode().split(",")
    assert sorted(moved) == ["accept", "accept-encoding", "host", "user-agent"]


def test_letters_of_all_languages_are_quoted_on_the_way(server, allow):
    allow("127.0.0.1")
    assert outgoing.send("GET", f"{server}/日?q=é&a=b%20c", purpose="import").content == b"quoted"


@pytest.mark.parametrize("path", ["big", "lying", "packed"])
def test_size_is_bounded_also_unpacked(server, allow, path):
    allow("127.0.0.1")
    with pytest.raises(OutgoingError, match="more than the 1000 bytes"):
        outgoing.send("GET", f"{server}/{path}", purpose="import", max_bytes=1000)
    assert len(outgoing.send("GET", f"{server}/{path}", purpose="import").content) in {5000, 200_000}


def test_failures_are_one_sentence_without_the_answer(server, allow):
    allow("127.0.0.1")
    with (
        pytest.raises(OutgoingError, match="answered 404") as caught,
        outgoing.download(f"{server}/missing", purpose="import", max_bytes=100),
    ):
        pass
    assert "secret" not in caught.value.detail
    with pytest.raises(OutgoingError, match="could not be reached"):
        outgoing.send("GET", "http://127.0.0.1:1/", purpose="import")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "http://",
        "http://user:pw@example.org/",
        "http://example.org:99999/",
        "http://exa mple.org/",
        "http://example.org/\r\nX: y",
        "gopher://127.0.0.1/",
        "",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(Invalid):
        addresses.check(url, purpose="import")


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("10.1.2.3", True),
        ("127.0.0.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("::1", True),
        ("fd00::1", True),
        ("::ffff:10.0.0.1", True),
        ("64:ff9b::a00:1", True),
        ("2002:a00:1::", True),
        ("fec0::1", True),
        ("::10.0.0.1", True),
        ("93.184.216.34", False),
        ("2606:2800:220:1::1", False),
        ("::ffff:93.184.216.34", False),
    ],
)
def test_inside_is_told_from_outside(address, inside):
    assert addresses.is_inside(ipaddress.ip_address(address)) is inside


def test_other_spellings_of_loopback_are_seen_through(allow):
    allow()
    for url in ("http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://[::ffff:127.0.0.1]/"):
        with pytest.raises(Invalid):
            addresses.check(url, purpose="import")
