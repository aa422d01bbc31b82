"""The threshold of the garbage collector is lent, not changed for good."""

import gc

import pytest

from postil.infra.collection import RARE, rare_collections


def test_the_last_user_restores_the_threshold() -> None:
    usual = gc.get_threshold()
    first, second = rare_collections(), rare_collections()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold()[0] >= RARE
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual


def test_an_error_restores_the_threshold() -> None:
    usual = gc.get_threshold()
    with pytest.raises(ValueError, match="stop"), rare_collections():
        raise ValueError("stop")
    assert gc.get_threshold() == usual
