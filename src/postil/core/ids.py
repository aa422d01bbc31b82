"""Random names and secrets."""

import hashlib
import secrets
import string

REGION_ALPHABET = string.ascii_letters + string.digits + "_-"


def new_secret(bytes_: int = 20) -> str:
    """Return a random secret in hexadecimal; 20 bytes (160 bits) give 40 characters."""
    return secrets.token_hex(bytes_)


def new_region_id() -> str:
    """Return an id for a region: 10 characters of `A-Za-z0-9_-`."""
    return "".join(secrets.choice(REGION_ALPHABET) for _ in range(10))


def digest(secret: str) -> str:
    """Return the SHA-256 of a random secret, in hexadecimal: what is stored instead of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
