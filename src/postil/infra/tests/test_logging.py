"""No secret in a log line."""

import logging
import sys

import pytest

from postil.infra.logging import SecretsFilter


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Token 0123abcd0123abcd", "0123abcd0123abcd"),
        ("{'password': 'hunter2 '}", "hunter2"),
        ("GET /user/signup/?token=deadbeef HTTP/1.1", "deadbeef"),
        ("cookie sessionid=abc123; csrftoken=zzz", "abc123"),
        ("https://s3.example.org/x?X-Amz-Signature=feed&y=1", "feed"),
        ("postgresql://user:pa55@db/name", "pa55"),
        ('{"refresh": "eyJhbGciOi.J9.x"}', "eyJhbGciOi.J9.x"),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text, secret):
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s", (text,), None)
    assert SecretsFilter().filter(record) is True
    assert secret not in record.getMessage()
    assert "***" in record.getMessage()


def test_other_lines_stay_as_they_are():
    record = logging.LogRecord("x", logging.INFO, "x", 1, "imported %s tasks", (7,), None)
    SecretsFilter().filter(record)
    assert record.getMessage() == "imported 7 tasks"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("aws_secret_access_key=AAAAsecret", "AAAAsecret"),
        ('{"account_key": "YWNjb3VudA=="}', "YWNjb3VudA=="),
        ('{"token": "feedbeef"}', "feedbeef"),
        ("user_token='feedbeef'", "feedbeef"),
        ("got eyJhbGciOi.eyJleHAi.c2lnbmF0dXJl from somebody", "c2lnbmF0dXJl"),
    ],
)
def test_more_spellings_of_secrets_are_hidden(text, secret):
    test_what_looks_like_a_secret_is_hidden(text, secret)


def test_the_trace_of_an_error_shows_no_secret():
    try:
        int("password=hunter2 postgresql://me:pa55@db/x")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x", 1, "failed", (), sys.exc_info())
    SecretsFilter().filter(record)
    line = logging.Formatter("%(message)s").format(record)
    assert "Traceback" in line
    assert "invalid literal" in line
    assert "hunter2" not in line
    assert "pa55" not in line
