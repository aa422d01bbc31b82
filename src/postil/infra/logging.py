"""One filter at the logger keeps secrets out of every log line."""

import logging
import re

PATTERNS = (
    re.compile(r"(?i)(authorization['\"]?\s*[:=]\s*['\"]?(?:token|bearer|basic)\s+)[^\s'\",]+"),
    re.compile(
        r"(?i)((?:password|secret|api[_-]?key|access[_-]?token|refresh|sessionid|csrftoken)['\"]?\s*[:=]\s*['\"]?)[^\s'\",&]+"
    ),
    re.compile(r"(?i)([?&](?:x-amz-signature|x-amz-security-token|sig|token)=)[^&\s]+"),
    re.compile(r"(://[^/\s:@]+:)[^@\s/]+(?=@)"),
)


class SecretsFilter(logging.Filter):
    """Replaces what looks like a password, token, key or signed address by `***`."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record's message; never drops a record."""
        text = record.getMessage()
        hidden = text
        for pattern in PATTERNS:
            hidden = pattern.sub(r"\1***", hidden)
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True
