"""From a stored row to a place that can be read: parameters with their secrets, opened once and kept."""

from collections import OrderedDict
from hashlib import sha256
from importlib.util import find_spec
from threading import Lock
from typing import Any

import orjson
from pydantic import ValidationError

from postil.core.errors import Invalid, NotFound
from postil.infra.secrets import decrypt, encrypt
from postil.storages.models import Storage
from postil.storages.provider import Params, Provider, Store, fields_marked
from postil.storages.providers import PROVIDERS

KEPT = 64
_opened: "OrderedDict[str, Store]" = OrderedDict()
_lock = Lock()


def provider_of(kind: str) -> Provider:
    """Return the provider of a kind; raises `NotFound` for an unknown one."""
    if kind not in PROVIDERS:
        raise NotFound
    return PROVIDERS.get(kind)


def is_installed(provider: Provider) -> bool:
    """Whether the provider's client library is there."""
    try:
        return find_spec(provider.module) is not None
    except ModuleNotFoundError:
        return False


def install_command(provider: Provider) -> str:
    """Return the command that brings the provider's client library."""
    return f"pip install 'postil[{provider.extra}]'"


def sealed(values: dict[str, Any]) -> str:
    """Return secrets as they are stored."""
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return encrypt(orjson.dumps(kept).decode()) if kept else ""


def opened_secrets(storage: Storage) -> dict[str, Any]:
    """Return the secrets of a storage."""
    values: dict[str, Any] = orjson.loads(decrypt(storage.secrets)) if storage.secrets else {}
    return values


def params_of(storage: Storage) -> Params:
    """Return all that the provider must be told."""
    return read_params(storage.kind, {**storage.params, **opened_secrets(storage)})


def plain_params_of(storage: Storage) -> Params:
    """Return the parameters without the secrets: enough to know addresses."""
    return read_params(storage.kind, storage.params)


def read_params(kind: str, values: dict[str, Any]) -> Params:
    """Return checked parameters; raises `Invalid` that names the field, and never repeats a value."""
    try:
        return provider_of(kind).params(**values)
    except ValidationError as problem:
        fields: dict[str, Any] = {}
        for error in problem.errors(include_input=False, include_url=False, include_context=False):
            fields.setdefault(str(error["loc"][0] if error["loc"] else "non_field_errors"), []).append(error["msg"])
        raise Invalid(fields=fields) from None


def open_store(kind: str, params: Params) -> Store:
    """Return the place that the parameters mean; raises `Invalid` when its client library is missing.

    Clients are costly to make and safe to share, so the last ones are kept. Addresses are checked at each connection.
    """
    provider = provider_of(kind)
    if not is_installed(provider):
        raise Invalid.items([f"{provider.title} needs one more package on the server: {install_command(provider)}"])
    name = sha256(orjson.dumps([kind, params.model_dump()])).hexdigest()
    with _lock:
        known = _opened.get(name)
        if known is not None:
            _opened.move_to_end(name)
            return known
        made = _opened[name] = provider.open(params)
        while len(_opened) > KEPT:
            _opened.popitem(last=False)
        return made


def store_of(storage: Storage) -> Store:
    """Return the place of a storage."""
    return open_store(storage.kind, params_of(storage))


def secrets_set(storage: Storage) -> list[str]:
    """Return the names of the secrets that were given."""
    return sorted(opened_secrets(storage)) if storage.secrets else []


def secret_names(kind: str) -> set[str]:
    """Return the names of a kind's secret parameters."""
    return fields_marked(provider_of(kind).params, "secret")
