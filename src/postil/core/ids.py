"""Random names and secrets."""

import hashlib
import os
import secrets
import string
import time

REGION_ALPHABET = string.ascii_letters + string.digits + "_-"


def new_secret(bytes_: int = 20) -> str:
    """Return a random secret in hexadecimal; 20 bytes (160 bits) give 40 characters."""
    return secrets.token_hex(bytes_)


def new_region_id() -> str:
    """Return an id for a region: 10 characters of `A-Za-z0-9_-`."""
    return "".join(secrets.choice(REGION_ALPHABET) for _ in range(10))


def new_uuids(count: int) -> list[str]:
    """Return UUIDs of version 7 (RFC 9562) in hexadecimal, rising: an index takes them one behind the other.

    Behind the milliseconds each has its number, of 24 bits, and 50 random bits.
    """
    beginning = (time.time_ns() // 1_000_000) << 80 | 0x7 << 76 | 0b10 << 62
    random = os.urandom(7 * count)
    return [
        f"{beginning | (at >> 12 & 0xFFF) << 64 | (at & 0xFFF) << 50 | _fifty_bits(random, at):032x}"
        for at in range(count)
    ]


def _fifty_bits(random: bytes, at: int) -> int:
    return int.from_bytes(random[7 * at : 7 * at + 7]) >> 6


def digest(secret: str) -> str:
    """Return the SHA-256 of a random secret, in hexadecimal: what is stored instead of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
