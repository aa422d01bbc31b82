"""Random names and secrets."""

import hashlib
import os
import secrets
import string
import time
from uuid import UUID

REGION_ALPHABET = string.ascii_letters + string.digits + "_-"


def new_secret(bytes_: int = 20) -> str:
    """Return a random secret in hexadecimal; 20 bytes (160 bits) give 40 characters."""
    return secrets.token_hex(bytes_)


def new_region_id() -> str:
    """Return an id for a region: 10 characters of `A-Za-z0-9_-`."""
    return "".join(secrets.choice(REGION_ALPHABET) for _ in range(10))


def new_uuids(count: int) -> list[UUID]:
    """Return UUIDs of version 7: those of one moment stand side by side in an index, where random ones are all over."""
    beginning = (time.time_ns() // 1_000_000).to_bytes(6, "big")
    random = os.urandom(10 * count)
    made = []
    for at in range(0, 10 * count, 10):
        part = bytearray(beginning + random[at : at + 10])
        part[6] = part[6] & 0x0F | 0x70
        part[8] = part[8] & 0x3F | 0x80
        made.append(UUID(bytes=bytes(part)))
    return made


def digest(secret: str) -> str:
    """Return the SHA-256 of a random secret, in hexadecimal: what is stored instead of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
