"""Postil, a self-hosted data-labeling studio."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("postil")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0.0.0"
