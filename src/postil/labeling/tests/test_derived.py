"""What the API tells about a config; parsed forms are in `fixtures/config`."""

import pytest

from postil.labeling.config import parse_config
from postil.labeling.derived import (
    config_has_control_tags,
    config_suitable_for_bulk_annotation,
    control_weights,
    data_keys,
    data_types,
    essential_data_changed,
    first_data_key,
    parsed_label_config,
)

TEXT = '<Text name="t" value="$text"/>'


def config(inner: str):
    return parse_config(f"<View>{inner}</View>")


def test_the_parsed_form_is_that_of_the_contract():
    parsed = parsed_label_config(
        config(
            '<Labels name="lab" toName="txt"><Label value="PER" alias="P" background="red"/><Label value="LOC"/>'
            "</Labels>"
            '<Text name="txt" value="$text"/><Choices name="c" toName="txt" perRegion="true" whenLabelValue="LOC">'
            '<Choice value="a"/><Choice value="b"/></Choices><Choices name="d" toName="txt" value="$opts"/>'
        )
    )
    inputs = [{"type": "Text", "valueType": None, "value": "text"}]
    assert parsed == {
        "lab": {
            "type": "Labels",
            "to_name": ["txt"],
            "inputs": inputs,
            "labels": ["P", "LOC"],
            "labels_attrs": {
                "P": {"value": "PER", "alias": "P", "background": "red"},
                "LOC": {"value": "LOC"},
            },
        },
        "c": {
            "type": "Choices",
            "to_name": ["txt"],
            "conditionals": {"type": "label", "name": "LOC"},
            "inputs": inputs,
            "labels": ["a", "b"],
            "labels_attrs": {"a": {"value": "a"}, "b": {"value": "b"}},
        },
        "d": {
            "type": "Choices",
            "to_name": ["txt"],
            "dynamic_labels": True,
            "inputs": inputs,
            "labels": [],
            "labels_attrs": {},
        },
    }


@pytest.mark.parametrize(
    ("attrs", "conditionals"),
    [
        ('whenTagName="l" whenLabelValue="A" whenChoiceValue="x"', {"type": "tag", "name": "l"}),
        ('whenLabelValue="A" whenChoiceValue="x"', {"type": "label", "name": "A"}),
        ('whenChoiceValue="x"', {"type": "choice", "name": "x"}),
    ],
)
def test_conditions_are_told_for_per_region_controls_only(attrs: str, conditionals: dict[str, str]):
    per_region = config(f'{TEXT}<Choices name="c" toName="t" perRegion="true" {attrs}><Choice value="a"/></Choices>')
    assert parsed_label_config(per_region)["c"]["conditionals"] == conditionals
    whole = config(f'{TEXT}<Choices name="c" toName="t" {attrs}><Choice value="a"/></Choices>')
    assert "conditionals" not in parsed_label_config(whole)["c"]


def test_value_types_and_value_lists_are_told():
    parsed = parsed_label_config(
        config('<Image name="i" valueList="$imgs" valueType="url"/><Brush name="b" toName="i"/>')
    )
    assert parsed["b"]["inputs"] == [{"type": "Image", "valueType": "url", "valueList": "imgs"}]


def test_weights_are_one():
    assert control_weights(
        config(
            f'{TEXT}<Labels name="lab" toName="t"><Label value="PER" alias="P"/><Label value="LOC"/></Labels>'
            '<TextArea name="ta" toName="t"/>'
        )
    ) == {
        "lab": {"overall": 1.0, "type": "Labels", "labels": {"P": 1.0, "LOC": 1.0}},
        "ta": {"overall": 1.0, "type": "TextArea", "labels": {}},
    }


def test_an_empty_view_has_no_controls():
    empty = config("")
    assert parsed_label_config(empty) == {}
    assert control_weights(empty) == {}
    assert data_types(empty) == {}
    assert first_data_key(empty) is None
    assert not config_has_control_tags(empty)
    assert not config_suitable_for_bulk_annotation(empty)


@pytest.mark.parametrize(
    ("inner", "suits"),
    [
        ('<Choices name="c" toName="t"><Choice value="a"/></Choices><Rating name="r" toName="t"/>', True),
        ('<Choices name="c" toName="t" value="$opts"/>', False),
        ('<Taxonomy name="x" toName="t" apiUrl="https://example.org"/>', False),
        ('<Choices name="c" toName="t" perRegion="true"><Choice value="a"/></Choices>', False),
        ('<Choices name="c" toName="t" perItem="true"><Choice value="a"/></Choices>', False),
        ('<Labels name="l" toName="t"><Label value="a"/></Labels>', False),
        ('<Rectangle name="l" toName="t"/>', False),
    ],
)
def test_bulk_annotation_needs_plain_answers(inner: str, suits: bool):
    assert config_suitable_for_bulk_annotation(config(TEXT + inner)) is suits
    assert config_has_control_tags(config(TEXT + inner))


def test_data_types_name_the_tag_of_each_field():
    assert data_types(
        config(
            f'<Header value="$title"/><Header value="Hi $who"/>{TEXT}<Video name="v" value="$media"/>'
            '<Audio name="a" value="$media"/><Image name="i" valueList="$imgs"/>'
            '<Choices name="c" toName="t" value="$opts"/><Table name="x" value="$user.facts"/>'
            '<Text name="y" value="$items[0].text"/><Choices name="z" toName="t"><Choice value="$100"/></Choices>'
        )
    ) == {
        "title": "Header",
        "text": "Text",
        "media": "Video",
        "imgs": "Image",
        "opts": "Choices",
        "user.facts": "Table",
        "items": "Text",
    }


def test_data_keys_also_count_fields_inside_text_and_options():
    keys = data_keys(
        config(
            '<Header value="Hi $who.name" style="$no"/><Video name="v" value="$video" frameRate="$fps"/>'
            '<Paragraphs name="p" value="$dialog" audioUrl="$audio"/><Foo value="$foo" other="$bar"/>'
        )
    )
    assert keys == ["who", "video", "fps", "dialog", "audio", "foo"]


@pytest.mark.parametrize(
    ("inner", "changed"),
    [
        ('<Text name="t" value="$text" granularity="word"/><Rating name="r" toName="t" maxRating="9"/>', False),
        ('<Text name="t" value="$other"/><Rating name="r" toName="t"/>', True),
        ('<Text name="t" value="$text"/><Rating name="s" toName="t"/>', True),
        ('<Text name="t" value="$text"/><Number name="r" toName="t"/>', True),
        ('<Text name="t" value="$text"/><Rating name="r" toName="t"/><TextArea name="x" toName="t"/>', True),
    ],
)
def test_essential_changes_are_told_from_cosmetic_ones(inner: str, changed: bool):
    before = config('<Text name="t" value="$text"/><Rating name="r" toName="t"/>')
    assert essential_data_changed(before, config(inner)) is changed


def test_a_new_label_is_an_essential_change_but_a_new_color_is_not():
    before = config(f'{TEXT}<Labels name="l" toName="t"><Label value="A"/></Labels>')
    color = config(f'{TEXT}<Labels name="l" toName="t"><Label value="A" background="red"/></Labels>')
    label = config(f'{TEXT}<Labels name="l" toName="t"><Label value="A"/><Label value="B"/></Labels>')
    assert not essential_data_changed(before, color)
    assert essential_data_changed(before, label)
