"""Postil, a self-hosted data-labeling studio."""

__version__ = "0.1.0"
