"""What a new label config takes away, and bringing answers over to it."""

from typing import Any

import pytest

from postil.labeling.config import parse_config
from postil.labeling.schema_changes import Loss, Step, additions, carried_over, fault_of, losses


def config(labels: str = "Car Bus", box: str = "box", extra: str = "") -> Any:
    words = "".join(f'<Label value="{word}"/>' for word in labels.split())
    return parse_config(
        f'<View><Image name="image" value="$image"/><RectangleLabels name="{box}" toName="image">{words}'
        f"</RectangleLabels>{extra}</View>"
    )


NOTE = '<TextArea name="note" toName="image"/>'
OLD = config(extra=NOTE)


def box(label: str, name: str = "a", control: str = "box", to: str = "image") -> dict[str, Any]:
    return {"id": name, "from_name": control, "to_name": to, "type": "rectanglelabels",
            "value": {"rectanglelabels": [label]}}  # fmt: skip


LINK = {"type": "relation", "from_id": "a", "to_id": "b"}
TEXT = {"id": "n", "from_name": "note", "to_name": "image", "type": "textarea", "value": {"text": ["x"]}}


@pytest.mark.parametrize(
    ("new", "expected", "added"),
    [
        (config(extra=NOTE), [], []),
        (config("Car Bus Van", extra=NOTE), [], [("box", "Van")]),
        (config("Auto Bus", extra=NOTE), [Loss("label_removed", "box", "Car", ("Auto",), ("Bus",))], [("box", "Auto")]),
        (config(), [Loss("control_removed", "note", None, ())], []),
        (config(box="shape", extra=NOTE), [Loss("control_removed", "box", None, ("shape",))], [("shape", None)]),
        (parse_config('<View><Image name="image" value="$image"/><PolygonLabels name="box" toName="image">'
                      f'<Label value="Car"/></PolygonLabels>{NOTE}</View>'),
         [Loss("control_removed", "box", None, ())], [("box", None)]),
    ],
)  # fmt: skip
def test_losses_and_additions(new: Any, expected: list[Loss], added: list[Any]) -> None:
    assert losses(OLD, new) == expected
    assert additions(OLD, new) == added


@pytest.mark.parametrize(
    ("step", "new", "fault"),
    [
        (Step("rename_label", "box", "Car", "Auto"), config("Auto Bus"), None),
        (Step("merge_label", "box", "Car", "Bus"), config("Bus"), None),
        (Step("rename_label", "box", "Car", "Van"), config("Auto"),
         "The new label config has no label 'Van' in 'box'."),
        (Step("rename_label", "box", "Van", "Auto"), config("Auto"), "'box' has no label 'Van'."),
        (Step("rename_label", "box", "Car", "Auto"), config("Auto", "shape"),
         "The new label config has no label 'Auto' in 'box'."),
        (Step("drop_label", "box", "Car"), config("Bus"), None),
        (Step("rename_control", "box", to="shape"), config(box="shape"), None),
        (Step("rename_control", "note", to="shape"), config(box="shape"),
         "The new label config has no control 'shape' like 'note'."),
        (Step("drop_control", "note"), config(), None),
        (Step("keep", "gone"), config(), "The label config has no control 'gone'."),
        (Step("paint", "box"), config(), "There is no action 'paint'."),
    ],
)  # fmt: skip
def test_steps_that_make_no_sense(step: Step, new: Any, fault: str | None) -> None:
    assert fault_of(step, OLD, new) == fault


@pytest.mark.parametrize(
    ("steps", "expected", "count"),
    [
        ([Step("rename_label", "box", "Car", "Auto")], [box("Auto"), box("Bus", "b"), LINK, TEXT], 1),
        ([Step("merge_label", "box", "Car", "Bus")], [box("Bus"), box("Bus", "b"), LINK, TEXT], 1),
        ([Step("drop_control", "note")], [box("Car"), box("Bus", "b"), LINK], 1),
        ([Step("drop_control", "box")], [TEXT], 2),
        ([Step("rename_control", "box", to="shape"), Step("keep", "note")],
         [box("Car", control="shape"), box("Bus", "b", "shape"), LINK, TEXT], 2),
        ([], [box("Car"), box("Bus", "b"), LINK, TEXT], 0),
    ],
)  # fmt: skip
def test_answers_are_brought_over(steps: list[Step], expected: list[Any], count: int) -> None:
    result = [box("Car"), box("Bus", "b"), LINK, TEXT]
    assert carried_over(result, steps, config(box="shape")) == (expected, count)


def test_answers_about_an_object_that_the_control_left_go_to_its_new_one() -> None:
    result = [box("Car", to="picture")]
    moved, count = carried_over(result, [Step("rename_control", "box", to="shape")], config(box="shape"))
    assert (moved, count) == ([box("Car", control="shape", to="image")], 1)
