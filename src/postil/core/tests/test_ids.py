"""Ids that many rows get at once."""

from uuid import RFC_4122

from postil.core.ids import new_uuids


def test_many_uuids_are_unlike_valid_and_stand_side_by_side() -> None:
    made = new_uuids(1_000)
    later = new_uuids(1)
    assert len({*made, *later}) == 1_001
    assert {(found.version, found.variant) for found in made} == {(7, RFC_4122)}
    assert len({found.bytes[:6] for found in made}) == 1
    assert later[0].bytes[:6] >= made[0].bytes[:6]
    assert new_uuids(0) == []
