"""Bodies that come slowly or break off."""

from contextlib import ExitStack
from io import BytesIO

import pytest
from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.http import UnreadablePostError

from postil.core.errors import Invalid, Unavailable
from postil.infra import slow_bodies
from postil.infra.failures import translate
from postil.infra.slow_bodies import KNOWN, BodyStopped, WholeBody, bounded

PLACES = settings.CONFIG.threads - 1


class Broken:
    """A client that hangs up."""

    def read(self, size: int, /) -> bytes:
        raise ConnectionResetError(f"{size} bytes never came")


def test_a_body_is_read_as_it_was_sent():
    text = bytes(range(256)) * 1000
    body = WholeBody(BytesIO(text + b"the next request"), len(text), {})
    assert (body.read(3), body.read(0)) == (text[:3], b"")
    assert body.read(70_000) == text[3:70_003]
    assert body.read() == text[70_003:]
    assert (body.read(), body.read(5), body.read(None)) == (b"", b"", b"")


def test_django_reads_it_in_lines_too():
    body = LimitedStream(WholeBody(BytesIO(b"one\ntwo\nthree"), 8, {}), 8)
    assert [body.readline(), body.readline(), body.readline()] == [b"one\n", b"two\n", b""]


def test_a_body_that_breaks_off_is_no_whole_body():
    body = WholeBody(BytesIO(b'{"title": "half"}'), 500, {})
    for _ in range(2):
        with pytest.raises(BodyStopped) as caught:
            body.read()
        error = translate(UnreadablePostError(*caught.value.args))  # so Django passes it on
        assert (type(error), error.detail) == (Invalid, "The request ended before its body was complete.")
    with pytest.raises(ConnectionResetError):
        WholeBody(Broken(), 3, {}).read()


def test_one_thread_stays_free_of_bodies(monkeypatch):
    monkeypatch.setattr(slow_bodies, "PATIENCE_S", 0.01)
    body = WholeBody(BytesIO(b"never read"), 10, {KNOWN: True})
    with ExitStack() as stack:
        for _ in range(PLACES):
            stack.enter_context(slow_bodies._places)
        with pytest.raises(BodyStopped) as caught:
            body.read()
        error = translate(caught.value)
        assert (type(error), error.status) == (Unavailable, 503)
        assert error.detail.startswith("Many requests come slowly")
    for _ in range(PLACES + 1):  # places are given back, whatever happened
        with pytest.raises(ConnectionResetError):
            WholeBody(Broken(), 3, {}).read()
    assert WholeBody(BytesIO(b"there is room again"), 5, {}).read() == b"there"


def test_a_busy_server_lets_bodies_wait_and_a_stuck_one_refuses_them(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(slow_bodies, "monotonic_s", lambda: clock[-1])
    places = slow_bodies.Places(1)
    patience = []

    def wait(seconds):
        patience.append(round(seconds, 3))
        clock.append(clock[-1] + 0.8 * seconds)
        places.__exit__()  # somebody leaves
        if len(patience) == 1:
            places.__enter__()  # somebody else is faster

    monkeypatch.setattr(places._moved, "wait", wait)
    places.__enter__()
    clock.append(0.75)
    with places:
        assert (patience, clock[-1]) == ([0.25, 1.0], 1.75)
        clock.append(2.75)
        with pytest.raises(Unavailable, match="Many requests come slowly"):
            places.__enter__()
    assert len(patience) == 2


def test_strangers_leave_room_for_people(monkeypatch):
    monkeypatch.setattr(slow_bodies, "PATIENCE_S", 0.01)
    with ExitStack() as stack:
        for _ in range(settings.CONFIG.threads // 2):
            stack.enter_context(slow_bodies._places_of_strangers)
        with pytest.raises(BodyStopped, match="Many requests come slowly"):
            WholeBody(BytesIO(b"of a stranger"), 5, {}).read()
        assert WholeBody(BytesIO(b"of a person"), 11, {KNOWN: True}).read() == b"of a person"
    assert WholeBody(BytesIO(b"of a stranger"), 13, {}).read() == b"of a stranger"


def test_only_bodies_with_a_length_are_looked_after():
    seen = []

    def application(environ, _start_response):
        seen.append(type(environ["wsgi.input"]))
        return []

    for length in ("5", "0", "", "-1", "x"):
        bounded(application)({"CONTENT_LENGTH": length, "wsgi.input": BytesIO(b"12345")}, None)
    assert seen == [WholeBody, BytesIO, BytesIO, BytesIO, BytesIO]
