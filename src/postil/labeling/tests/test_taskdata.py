"""Task data against a config."""

import pytest

from postil.labeling.config import parse_config
from postil.labeling.taskdata import check_task_data, compile_task_check, rename_unnamed


def config(inner: str):
    return parse_config(f"<View>{inner}</View>")


def test_data_that_fits_passes():
    assert check_task_data(config('<Text name="t" value="$text"/>'), {"text": "hi", "more": [1]}) == []


def test_a_missing_field_is_named_as_clients_expect():
    opts = config('<Text name="t" value="$text"/><Choices name="c" toName="t" value="$opts"/>')
    assert check_task_data(opts, {"nottext": 1}) == [
        '"text" key is expected in task data',
        '"opts" key is expected in task data',
    ]


def test_a_wrong_type_names_field_tag_and_what_is_possible():
    image = config('<Image name="i" value="$image"/>')
    assert check_task_data(image, {"image": 5}) == [
        '"image" is a number in task data, but Image expects text or a list'
    ]
    assert check_task_data(image, {"image": None}) == ['"image" is null in task data, but Image expects text or a list']


VALUES = {"text": "a", "number": 1, "float": 1.5, "list": [], "object": {}, "null": None}


@pytest.mark.parametrize(
    ("tag", "allowed"),
    [
        ('<Text name="x" value="$x"/>', {"text", "number", "float", "list"}),
        ('<Header value="$x"/>', {"text", "number", "float"}),
        ('<HyperText name="x" value="$x"/>', {"text"}),
        ('<Image name="x" value="$x"/>', {"text", "list"}),
        ('<Image name="x" valueList="$x"/>', {"text", "list"}),
        ('<Paragraphs name="x" value="$x"/>', {"text", "list"}),
        ('<List name="x" value="$x"/>', {"text", "list"}),
        ('<Chat name="x" value="$x"/>', {"text", "list"}),
        ('<Table name="x" value="$x"/>', {"text", "list", "object"}),
        ('<TimeSeries name="x" value="$x"/>', {"text", "list", "object"}),
        ('<Choices name="x" toName="t" value="$x"/>', {"text", "list"}),
        ('<BrushLabels name="x" toName="t" value="$x"/>', {"text", "list"}),
        ('<Taxonomy name="x" toName="t" value="$x"/>', {"text", "list", "object", "null"}),
        ('<Audio name="x" value="$x"/>', {"text"}),
        ('<Video name="x" value="$x"/>', {"text"}),
        ('<Unknown name="x" value="$x"/>', {"text"}),
        ('<Repeater on="$x"/>', {"list"}),
    ],
)
def test_types_by_tag(tag: str, allowed: set[str]):
    found = config(tag)
    assert {name for name, value in VALUES.items() if not check_task_data(found, {"x": value})} == allowed


def test_a_field_shown_by_two_tags_needs_one_of_their_types():
    both = config('<Header value="$x"/><Text name="x" value="$x"/>')
    assert check_task_data(both, {"x": ["a"]}) == []
    assert len(check_task_data(both, {"x": {}})) == 1


def test_paths_are_followed():
    nested = config('<Text name="a" value="$user.name"/>')
    assert check_task_data(nested, {"user": {"name": "Ann"}}) == []
    assert check_task_data(nested, {"user.name": "Ann"}) == []
    assert check_task_data(nested, {"user": {}}) == ['"user.name" key is expected in task data']
    assert check_task_data(nested, {"user": "Ann"}) == ['"user.name" key is expected in task data']


def test_an_index_needs_a_list():
    indexed = config('<Text name="a" value="$items[0].text"/><Text name="b" value="$items[1].text"/>')
    assert check_task_data(indexed, {"items": []}) == []
    assert check_task_data(indexed, {"items": "a"}) == ['"items" is text in task data, but Text expects a list']
    assert check_task_data(indexed, {}) == ['"items" key is expected in task data']


def test_a_field_used_whole_and_by_index_may_be_either():
    whole_first = config('<Text name="a" value="$x"/><Text name="b" value="$x[0]"/>')
    index_first = config('<Text name="b" value="$x[0]"/><Text name="a" value="$x"/>')
    for found in (whole_first, index_first):
        assert check_task_data(found, {"x": ["a"]}) == []
        assert check_task_data(found, {"x": "a"}) == []
        assert len(check_task_data(found, {"x": {}})) == 1


def test_a_repeater_needs_its_list_only():
    repeated = config(
        '<Repeater on="$list"><Text name="t_{{idx}}" value="$list[{{idx}}].text"/>'
        '<Rating name="r_{{idx}}" toName="t_{{idx}}"/></Repeater>'
    )
    assert check_task_data(repeated, {"list": [{"text": "a"}, {}]}) == []
    assert check_task_data(repeated, {"list": {}}) == ['"list" is an object in task data, but Repeater expects a list']


def test_fields_inside_text_and_words_are_not_required():
    loose = config(
        '<Header value="Hi $name"/><Text name="t" value="$text"/><Paragraphs name="p" value="$d" audioUrl="$audio"/>'
        '<Choices name="c" toName="t"><Choice value="$100"/></Choices>'
    )
    assert check_task_data(loose, {"text": "a", "d": []}) == []


def test_data_without_a_field_name_counts_as_the_first_field():
    two = config('<Text name="t" value="$text"/><Image name="i" value="$image"/>')
    assert check_task_data(two, {"$undefined$": "hi"}) == ['"image" key is expected in task data']
    assert check_task_data(two, {"$undefined$": {}, "image": "a"}) == [
        '"text" is an object in task data, but Text expects text, a number or a list'
    ]
    assert rename_unnamed(two, {"$undefined$": "hi", "b": 1}) == {"text": "hi", "b": 1}
    unchanged = {"text": "hi", "$undefined$": "x"}
    assert rename_unnamed(two, unchanged) is unchanged
    assert rename_unnamed(config(""), {"$undefined$": "hi"}) == {"$undefined$": "hi"}


def test_a_task_is_checked_in_a_few_calls(count_calls):
    check = compile_task_check(config('<Text name="t" value="$text"/><Choices name="c" toName="t" value="$opts"/>'))
    data = {"text": "hello", "opts": []}
    assert count_calls(lambda: check(data)) < 20


def test_a_repeater_inside_an_object_needs_its_list():
    text = '<Text name="t_{{idx}}" value="$page.lines[{{idx}}].words"/>'
    found = config(f'<Repeater name="r" on="$page.lines">{text}</Repeater>')
    assert check_task_data(found, {"page": {"lines": [{"words": "a"}]}}) == []
    assert check_task_data(found, {"page": {}}) == ['"page.lines" key is expected in task data']
    alone = config(text.replace("{{idx}}", "0"))
    assert check_task_data(alone, {"page": {"lines": "a"}}) == [
        '"page.lines" is text in task data, but Text expects a list'
    ]


def test_data_without_a_name_goes_to_a_field_inside_a_longer_text():
    inside = config('<HyperText name="h" value="&lt;img src=\'$picture\'/&gt;"/>')
    assert rename_unnamed(inside, {"$undefined$": "a.png"}) == {"picture": "a.png"}
    whole = config('<Header value="To $who"/><Text name="t" value="$text"/>')
    assert rename_unnamed(whole, {"$undefined$": "hello"}) == {"text": "hello"}
