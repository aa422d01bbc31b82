"""Plug-ins by name: a sorted table of `name -> "module:attribute"`, imported on first use."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Maps names to plug-ins without importing them.

    The table is written by hand, sorted, so that every plug-in is found by text search.
    `check` is called once per plug-in and must say whether it keeps the contract.
    """

    def __init__(self, title: str, entries: Mapping[str, str], *, check: Callable[[object], bool]) -> None:
        self.title = title
        self._entries = dict(entries)
        self._check = check
        self._loaded: dict[str, T] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, name: str) -> T:
        """Return the plug-in called `name`; raises `KeyError` for an unknown name."""
        if name not in self._loaded:
            self._loaded[name] = self._load(name, self._entries[name])
        return self._loaded[name]

    def items(self) -> Iterator[tuple[str, T]]:
        """Yield every plug-in with its name; imports all of them."""
        for name in self._entries:
            yield name, self.get(name)

    def _load(self, name: str, path: str) -> T:
        module, _, attribute = path.partition(":")
        plugin = getattr(import_module(module), attribute)
        if isinstance(plugin, type):
            plugin = plugin()
        if not self._check(plugin):
            raise TypeError(f"{path} does not keep the contract of {self.title} ({name}).")
        return plugin  # type: ignore[no-any-return]  # checked by the contract just above
