"""What a webhook keeps secret: header values and the signing key, encrypted at rest."""

import orjson

from postil.infra.secrets import decrypt, encrypt
from postil.webhooks.models import Webhook


def sealed_headers(headers: dict[str, str]) -> str:
    """Return headers as they are stored."""
    return encrypt(orjson.dumps(headers).decode()) if headers else ""


def opened_headers(webhook: Webhook) -> dict[str, str]:
    """Return the headers that go with each call."""
    headers: dict[str, str] = orjson.loads(decrypt(webhook.headers)) if webhook.headers else {}
    return headers
