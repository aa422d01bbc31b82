"""visibleWhen, perRegion and what is stored of hidden answers."""

import pytest

from postil.labeling.config import parse_config
from postil.labeling.visibility import Visibility, prune_hidden, stored_words

BASE = (
    '<Text name="t" value="$text"/><Labels name="lab" toName="t"><Label value="Person" alias="PER"/>'
    '<Label value="LOC"/></Labels><Choices name="c" toName="t"><Choice value="Yes" alias="y"/><Choice value="no"/>'
    '</Choices><Taxonomy name="tax" toName="t"><Choice value="Eu"><Choice value="FR"/></Choice></Taxonomy>'
)


def answer(name: str, *words: object, kind: str = "choices", **more: object) -> dict:
    return {"id": f"id-{name}", "from_name": name, "to_name": "t", "type": kind, "value": {kind: list(words)}, **more}


def region(region_id: str, *labels: str) -> dict:
    value = {"start": 0, "end": 1, "labels": list(labels)}
    return {"id": region_id, "from_name": "lab", "to_name": "t", "type": "labels", "value": value}


def shows(condition: str, *result: dict, selected: tuple[str, ...] = ()) -> bool:
    config = parse_config(f"<View>{BASE}<View {condition}><Header value='x'/></View></View>")
    header = next(node for node in config.nodes if node.tag == "Header")
    return Visibility(config, result, selected=selected).is_visible(header)


def test_a_tag_without_condition_is_shown():
    assert shows("")


@pytest.mark.parametrize(
    ("condition", "selected", "expected"),
    [
        ('visibleWhen="region-selected"', (), False),
        ('visibleWhen="region-selected"', ("a",), True),
        ('visibleWhen="region-selected"', ("a", "b"), False),
        ('visibleWhen="region-selected"', ("unknown",), False),
        ('visibleWhen="no-region-selected"', (), True),
        ('visibleWhen="no-region-selected"', ("a",), False),
        ('visibleWhen="no-region-selected"', ("a", "b"), True),
        ('visibleWhen="region-selected" whenTagName="lab"', ("a",), True),
        ('visibleWhen="region-selected" whenTagName="other"', ("a",), False),
        ('visibleWhen="region-selected" whenLabelValue="LOC,PER"', ("a",), True),
        ('visibleWhen="region-selected" whenLabelValue="Person"', ("a",), True),
        ('visibleWhen="region-selected" whenLabelValue="LOC"', ("a",), False),
        ('visibleWhen="region-selected" whenTagName="lab" whenLabelValue="LOC"', ("b",), True),
        ('visibleWhen="region-selected" whenRole="user"', ("a",), False),
        ('visibleWhen="region-selected" whenRole="user, tool"', ("m",), True),
        ('visibleWhen="region-selected" whenRole="assistant"', ("m",), False),
    ],
)
def test_conditions_on_regions(condition: str, selected: tuple[str, ...], expected: bool):
    message = {
        "id": "m",
        "from_name": "chat",
        "to_name": "chat",
        "type": "chatmessage",
        "value": {"chatmessage": {"role": "tool", "content": "x"}},
    }
    assert shows(condition, region("a", "PER"), region("b", "LOC"), message, selected=selected) is expected


@pytest.mark.parametrize(
    ("condition", "result", "expected"),
    [
        ('visibleWhen="choice-selected"', [], False),
        ('visibleWhen="choice-selected"', [answer("c", "no")], True),
        ('visibleWhen="choice-selected"', [answer("tax", ["Eu"], kind="taxonomy")], False),
        ('visibleWhen="choice-selected" whenTagName="tax"', [answer("tax", ["Eu"], kind="taxonomy")], True),
        ('visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="Yes"', [answer("c", "y")], True),
        ('visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="y"', [answer("c", "y")], True),
        ('visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="a,y"', [answer("c", "y")], True),
        ('visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="y"', [answer("c", "no")], False),
        ('visibleWhen="choice-selected" whenChoiceValue="no"', [answer("c", "no")], True),
        (
            'visibleWhen="choice-selected" whenTagName="tax" whenChoiceValue="FR"',
            [answer("tax", ["Eu", "FR"], kind="taxonomy")],
            True,
        ),
        (
            'visibleWhen="choice-selected" whenTagName="tax" whenChoiceValue="Eu"',
            [answer("tax", ["Eu", "FR"], kind="taxonomy")],
            False,
        ),
        ('visibleWhen="choice-selected" whenTagName="missing"', [answer("missing", "x")], False),
        ('visibleWhen="choice-selected"', [answer("c")], False),
        ('visibleWhen="choice-unselected"', [], True),
        ('visibleWhen="choice-unselected" whenTagName="c" whenChoiceValue="y"', [answer("c", "no")], True),
        ('visibleWhen="choice-unselected" whenTagName="c" whenChoiceValue="y"', [answer("c", "y")], False),
        ('whenChoiceValue="no"', [answer("c", "no")], True),
        ('whenChoiceValue="no"', [answer("c", "y")], False),
        ('visibleWhen="nonsense"', [], True),
    ],
)
def test_conditions_on_choices(condition: str, result: list[dict], expected: bool):
    assert shows(condition, *result) is expected


CHAIN = parse_config(
    f'<View>{BASE}<View visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="y">'
    '<Choices name="d" toName="t"><Choice value="1"/><Choice value="2"/></Choices></View>'
    '<View visibleWhen="choice-selected" whenTagName="d" whenChoiceValue="1">'
    '<TextArea name="e" toName="t"/></View></View>'
)


def test_a_choice_inside_a_hidden_tag_counts_as_not_made():
    control = CHAIN.controls["e"]
    assert Visibility(CHAIN, [answer("c", "y"), answer("d", "1")]).is_asked(control)
    assert not Visibility(CHAIN, [answer("c", "no"), answer("d", "1")]).is_asked(control)
    assert not Visibility(CHAIN, [answer("c", "y"), answer("d", "2")]).is_asked(control)


def test_hidden_answers_are_not_stored():
    text = {"id": "e", "from_name": "e", "to_name": "t", "type": "textarea", "value": {"text": ["why"]}}
    shown = [answer("c", "y"), answer("d", "1"), text]
    assert prune_hidden(CHAIN, shown) == shown
    hidden = [answer("c", "no"), answer("d", "1"), text, region("a", "PER")]
    assert prune_hidden(CHAIN, hidden) == [hidden[0], hidden[3]]


def test_unknown_items_and_relations_are_stored():
    items = [answer("zz", "1"), {"type": "relation", "from_id": "a", "to_id": "b"}]
    assert prune_hidden(CHAIN, items) == items


def test_conditions_in_a_circle_do_not_hang():
    circle = parse_config(
        '<View><Text name="t" value="$t"/>'
        '<Choices name="a" toName="t" visibleWhen="choice-selected" whenTagName="b"><Choice value="1"/></Choices>'
        '<Choices name="b" toName="t" visibleWhen="choice-selected" whenTagName="a"><Choice value="1"/></Choices>'
        "</View>"
    )
    assert Visibility(circle, [answer("a", "1"), answer("b", "1")]).is_asked(circle.controls["a"])
    assert not Visibility(circle, []).is_asked(circle.controls["a"])


PER_REGION = parse_config(
    f'<View>{BASE}<Image name="i" value="$i"/><Choices name="p" toName="t" perRegion="true" whenLabelValue="Person">'
    '<Choice value="sure"/></Choices><View visibleWhen="region-selected">'
    '<TextArea name="n" toName="t" perRegion="true" visibleWhen="choice-selected" whenTagName="p"/></View>'
    '<Rating name="r" toName="i" perRegion="true"/></View>'
)


def test_per_region_controls_are_asked_for_the_one_fitting_region():
    result = [region("a", "PER"), region("b", "LOC")]
    control = PER_REGION.controls["p"]
    asked = {
        selected: Visibility(PER_REGION, result, selected=selected).is_asked(control)
        for selected in [(), ("a",), ("b",), ("a", "b")]
    }
    assert asked == {(): False, ("a",): True, ("b",): False, ("a", "b"): False}
    assert not Visibility(PER_REGION, result, selected=("a",)).is_asked(PER_REGION.controls["r"])


def test_per_region_choices_count_for_their_own_region_only():
    result = [region("a", "PER"), region("b", "PER"), answer("p", "sure") | {"id": "a"}]
    visibility = Visibility(PER_REGION, result)
    control = PER_REGION.controls["n"]
    visibility.select(["a"])
    assert visibility.is_asked(control)
    visibility.select(["b"])
    assert not visibility.is_asked(control)


def test_per_region_answers_are_stored_with_fitting_regions_only():
    note = {"id": "a", "from_name": "n", "to_name": "t", "type": "textarea", "value": {"text": ["x"]}}
    good = [region("a", "PER"), answer("p", "sure") | {"id": "a"}, note]
    assert prune_hidden(PER_REGION, good) == good
    relabeled = [region("a", "LOC"), *good[1:]]
    assert prune_hidden(PER_REGION, relabeled) == [relabeled[0], note]
    without_choice = [good[0], note]
    assert prune_hidden(PER_REGION, without_choice) == [good[0]]


def test_copies_made_by_a_repeater_depend_on_their_own_copy():
    repeated = parse_config(
        '<View><Repeater on="$l"><Text name="t_{{idx}}" value="$l[{{idx}}]"/>'
        '<Choices name="c_{{idx}}" toName="t_{{idx}}"><Choice value="y"/><Choice value="n"/></Choices>'
        '<TextArea name="why_{{idx}}" toName="t_{{idx}}" visibleWhen="choice-selected" whenTagName="c_{{idx}}" '
        'whenChoiceValue="n"/></Repeater></View>'
    )

    def why(index: int) -> dict:
        return {"id": f"w{index}", "from_name": f"why_{index}", "to_name": f"t_{index}", "type": "textarea",
                "value": {"text": ["x"]}}  # fmt: skip

    result = [answer("c_0", "n"), why(0), answer("c_1", "y"), why(1)]
    assert [item["from_name"] for item in prune_hidden(repeated, result)] == ["c_0", "why_0", "c_1"]


def test_words_of_items():
    assert stored_words(answer("c", "a", ["x", "y"], 5)) == ["a", "y"]
    assert stored_words({"type": "rating", "value": {"rating": 4}}) == []
    assert stored_words(answer("c") | {"value": {"choices": "a"}}) == []
