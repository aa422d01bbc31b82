"""What a new label config takes away, and bringing answers over to it."""

from typing import Any

import pytest

from postil.labeling.config import parse_config
from postil.labeling.schema_changes import LINKS, Loss, Step, additions, carried_over, fault_of, losses, words_said


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
    assert carried_over(result, steps, OLD, config(box="shape")) == (expected, count)


def test_answers_about_an_object_that_the_control_left_go_to_its_new_one() -> None:
    result = [box("Car", to="picture")]
    moved, count = carried_over(result, [Step("rename_control", "box", to="shape")], OLD, config(box="shape"))
    assert (moved, count) == ([box("Car", control="shape", to="image")], 1)


def about(controls: str, objects: str = '<Image name="image" value="$image"/>') -> Any:
    return parse_config(f"<View>{objects}{controls}</View>")


def item(kind: str, value: Any, control: str = "c", to: str = "image") -> dict[str, Any]:
    return {"id": "i", "from_name": control, "to_name": to, "type": kind, "value": {kind: value}}


def tree(inside: str) -> Any:
    return about(f'<Taxonomy name="c" toName="image">{inside}</Taxonomy>')


CAT, DOG = '<Choice value="Cat"/>', '<Choice value="Dog"/>'
ANIMALS = tree(f'<Choice value="Animal">{CAT}{DOG}</Choice><Choice value="Plant"/>')
STARS = about('<Rating name="c" toName="image" maxRating="5"/>')
RELATIONS = '<Relations><Relation value="is"/><Relation value="has"/></Relations>'
LINKED = about(RELATIONS)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (ANIMALS, tree(f'<Choice value="Animal">{CAT}</Choice><Choice value="Plant"/>'),
         [Loss("label_removed", "c", "Animal / Dog", (), ("Animal", "Animal / Cat", "Plant"))]),
        (ANIMALS, tree(f'<Choice value="Animal">{CAT}</Choice><Choice value="Plant">{DOG}</Choice>'),
         [Loss("label_removed", "c", "Animal / Dog", ("Plant / Dog",), ("Animal", "Animal / Cat", "Plant"))]),
        (ANIMALS, ANIMALS, []),
        (ANIMALS, about('<Taxonomy name="c" toName="image" apiUrl="https://example.org/tree"/>'), []),
        (STARS, about('<Rating name="c" toName="image" maxRating="3"/>'),
         [Loss("label_removed", "c", stars, (), ("1", "2", "3")) for stars in ("4", "5")]),
        (STARS, about('<Rating name="c" toName="image" maxRating="9"/>'), []),
        (STARS, about('<Rating name="c" toName="image"/>'), []),
        (LINKED, about('<Relations><Relation value="has"/><Relation value="of"/></Relations>'),
         [Loss("label_removed", LINKS, "is", ("of",), ("has",))]),
    ],
)  # fmt: skip
def test_trees_stars_and_links_lose_words_too(old: Any, new: Any, expected: list[Loss]) -> None:
    assert losses(old, new) == expected


def choices(name: str, *words: str, to: str = "image", **more: str) -> str:
    attrs = "".join(f' {key}="{value}"' for key, value in more.items())
    inside = "".join(f'<Choice value="{word}"/>' for word in words)
    return f'<Choices name="{name}" toName="{to}"{attrs}>{inside}</Choices>'


def test_labels_that_a_renamed_control_lacks_are_told() -> None:
    old = about(choices("c", "a", "b"))
    assert losses(old, about(choices("d", "a", "z"))) == [
        Loss("control_removed", "c", None, ("d",)), Loss("label_removed", "c", "b", ("z",), ("a",)),
    ]  # fmt: skip
    assert losses(old, about(choices("d", "a", "b"))) == [Loss("control_removed", "c", None, ("d",))]
    both = losses(old, about(choices("d", "a", "b") + choices("e", "b")))
    assert [(loss.label, loss.new_names) for loss in both] == [(None, ("d", "e")), ("a", ())]


TWO = '<Image name="image" value="$image"/><Text name="text" value="$text"/><Image name="photo" value="$image"/>'
WORDS = '<Labels name="c" toName="%s"><Label value="a"/></Labels>'
BOXES = '<RectangleLabels name="c" toName="%s"><Label value="a"/></RectangleLabels>'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (choices("c", "a"), choices("c", "a", to="text"), [("target_changed", ("text",), ("image",))]),
        (choices("c", "a", perRegion="true"), choices("c", "a", to="text", perRegion="true"),
         [("target_changed", (), ("image",))]),
        (BOXES % "image", BOXES % "photo", [("target_changed", ("photo",), ("image",))]),
        (BOXES % "image,photo", BOXES % "photo", [("target_changed", ("photo",), ("image",))]),
        (BOXES % "image", BOXES % "image,photo", []),
        (WORDS % "text", WORDS % "image", [("target_changed", (), ("text",))]),
    ],
)  # fmt: skip
def test_controls_that_left_an_object(old: str, new: str, expected: list[Any]) -> None:
    found = losses(about(old, TWO), about(new, TWO))
    assert [(loss.kind, loss.new_names, loss.targets) for loss in found] == expected


@pytest.mark.parametrize(
    ("old", "new", "steps", "before", "after"),
    [
        (ANIMALS, tree(f'<Choice value="Animal">{CAT}</Choice>'),
         [Step("merge_label", "c", "Animal / Dog", "Animal / Cat")],
         [item("taxonomy", [["Animal", "Dog"], ["Animal"]])], [item("taxonomy", [["Animal", "Cat"], ["Animal"]])]),
        (ANIMALS, tree(CAT), [Step("drop_label", "c", "Animal / Dog")],
         [item("taxonomy", [["Animal", "Dog"]])], []),
        (STARS, about('<Rating name="c" toName="image" maxRating="3"/>'), [Step("merge_label", "c", "5", "3")],
         [item("rating", 5)], [item("rating", 3)]),
        (STARS, about('<Rating name="c" toName="image" maxRating="3"/>'), [Step("drop_label", "c", "5")],
         [item("rating", 5.0)], []),
        (LINKED, about('<Relations><Relation value="has"/></Relations>'), [Step("merge_label", LINKS, "is", "has")],
         [{**LINK, "labels": ["is", "has"]}], [{**LINK, "labels": ["has"]}]),
        (LINKED, about(""), [Step("drop_label", LINKS, "is")], [{**LINK, "labels": ["is"]}], [{**LINK, "labels": []}]),
        (about(choices("c", "a", "b")), about(choices("d", "a", "z")),
         [Step("rename_control", "c", to="d"), Step("rename_label", "c", "b", "z")],
         [item("choices", ["b"])], [item("choices", ["z"], "d")]),
        (about(choices("c", "a"), TWO), about(choices("c", "a", to="text"), TWO),
         [Step("retarget_control", "c", to="text")],
         [item("choices", ["a"])], [item("choices", ["a"], to="text")]),
        (about(BOXES % "image,photo", TWO), about(BOXES % "photo", TWO), [Step("drop_control", "c")],
         [item("rectanglelabels", ["a"]), {**item("rectanglelabels", ["a"], to="photo"), "id": "j"}],
         [{**item("rectanglelabels", ["a"], to="photo"), "id": "j"}]),
    ],
)  # fmt: skip
def test_what_they_said_is_brought_over(
    old: Any, new: Any, steps: list[Step], before: list[Any], after: list[Any]
) -> None:
    assert [fault_of(step, old, new, steps) for step in steps] == [None] * len(steps)
    assert carried_over(before, steps, old, new)[0] == after


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (Step("rename_label", LINKS, "is", "nope"), "The new label config has no label 'nope' for links."),
        (Step("drop_label", LINKS, "nope"), "Links have no label 'nope'."),
        (Step("drop_control", LINKS), "There is no control '<Relations>'."),
        (Step("retarget_control", "c", to="text"), "In the new label config 'c' is not about 'text'."),
        (Step("merge_label", "c", "7", "1"), "'c' has no label '7'."),
        (Step("merge_label", "c", "5", "7"), "The new label config has no label '7' in 'c'."),
    ],
)
def test_steps_that_do_not_fit_them(step: Step, fault: str) -> None:
    config = about(RELATIONS + '<Rating name="c" toName="image"/>')
    assert fault_of(step, config, config) == fault


def test_what_a_result_says() -> None:
    config = about(f'{RELATIONS}<Rating name="r" toName="image"/><Taxonomy name="c" toName="image">{CAT}</Taxonomy>')
    said = words_said(
        [item("taxonomy", [["Cat"], ["Cat", 5]]), item("rating", 4.0, "r"), {**LINK, "labels": ["is", 7]}, "odd"],
        config,
    )
    assert {("c", None), ("c", "Cat"), ("c", "Cat / 5"), ("r", None), ("r", "4"), (LINKS, "is")} <= said
    assert words_said(None, config) == set()
