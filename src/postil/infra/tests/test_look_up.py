"""A name server that does not answer holds nobody up."""

import socket
import threading

import pytest

from postil.core.errors import Invalid
from postil.infra import addresses


def test_a_look_up_that_hangs_ends_in_time_with_words(monkeypatch):
    released = threading.Event()

    def hang(*_args, **_named):
        released.wait(30)
        return []

    # The system's resolver is not ours, and cannot be made to hang here.
    monkeypatch.setattr(socket, "getaddrinfo", hang)
    monkeypatch.setattr(addresses, "LOOK_UP_S", 0.05)
    with pytest.raises(Invalid) as caught:
        addresses.resolve("slow.example", 80)
    released.set()
    assert caught.value.fields == {"url": ["The host slow.example could not be looked up in time."]}


def test_an_unknown_host_is_not_found():
    with pytest.raises(Invalid) as caught:
        addresses.resolve("", 80)
    assert "could not be" in caught.value.fields["url"][0]


def test_a_numeric_host_is_itself():
    assert [str(found) for found in addresses.resolve("127.0.0.1", 80)] == ["127.0.0.1"]
