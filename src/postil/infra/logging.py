"""One filter at the logger keeps secrets out of every log line."""

import logging
import re

PATTERNS = (
    re.compile(r"(?i)(authorization['\"]?\s*[:=]\s*['\"]?(?:token|bearer|basic)\s+)[^\s'\",]+"),
    re.compile(
        r"(?i)((?:password|secret|token|refresh|(?:api|access|account|private|signing)[_-]?key|credentials|sessionid)"
        r"[\w-]{0,40}['\"]?\s*[:=]\s*['\"]?)[^\s'\",&]+"
    ),
    re.compile(r"()\beyJ[\w-]+\.[\w-]+\.[\w-]+"),
    re.compile(r"(?i)([?&](?:x-amz-signature|x-amz-security-token|sig|token)=)[^&\s]+"),
    re.compile(r"(://[^/\s:@]+:)[^@\s/]+(?=@)"),
)


class SecretsFilter(logging.Filter):
    """Replaces what looks like a password, token, key or signed address by `***`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message; never drops a record."""
        text = record.getMessage()
        hidden = _hidden(text)
        if hidden != text:
            record.msg, record.args = hidden, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)  # what the formatter then takes
        if record.exc_text:
            record.exc_text = _hidden(record.exc_text)
        return True


def _hidden(text: str) -> str:
    for pattern in PATTERNS:
        text = pattern.sub(r"\1***", text)
    return text
