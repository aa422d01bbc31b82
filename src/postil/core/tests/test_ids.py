"""Ids that many rows get at once."""

from uuid import RFC_4122, UUID

from postil.core.ids import new_uuids


def test_many_uuids_are_unlike_valid_and_rise() -> None:
    made = new_uuids(10_000)
    again = new_uuids(10_000)
    assert len({*made, *again}) == 20_000
    assert {(UUID(found).version, UUID(found).variant) for found in made} == {(7, RFC_4122)}
    assert {len(found) for found in made} == {32}
    assert made == sorted(made)
    assert again[0][:12] >= made[0][:12]
    # The same numbers of the same moment differ by their random bits.
    assert len({found[-12:] for found in made}) == 10_000
    assert new_uuids(0) == []
