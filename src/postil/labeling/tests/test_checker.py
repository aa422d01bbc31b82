"""What the one checker says; most cases are in `fixtures/config`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.labeling.checker import check_config, require_config
from postil.labeling.problems import ConfigError
from postil.labeling.tags import TAGS, all_specs

TEXT = '<Text name="t" value="$text"/>'
CHOICES = '<Choices name="c" toName="t"><Choice value="a"/></Choices>'


def codes(inner: str) -> list[tuple[str, str, str]]:
    return [(p.severity, p.code, p.attribute) for p in check_config(f"<View>{inner}</View>").problems]


def messages(inner: str) -> list[str]:
    return [problem.message for problem in check_config(f"<View>{inner}</View>").problems]


def test_a_config_that_may_be_saved_is_returned():
    config = require_config(f"<View>{TEXT}{CHOICES}</View>")
    assert list(config.controls) == ["c"]


def test_a_config_that_may_not_be_saved_raises_its_first_error():
    with pytest.raises(ConfigError) as caught:
        require_config(f'<View>{TEXT}<Choices name="t" toName="zz"><Choice value="a"/></Choices></View>')
    assert caught.value.detail == "Label config contains non-unique names"
    assert caught.value.status == 400
    with pytest.raises(ConfigError, match="not set or is empty"):
        require_config("")


def test_warnings_do_not_keep_from_saving():
    checked = check_config("<View><Foo/></View>")
    assert [problem.code for problem in checked.problems] == ["no_controls", "unknown_tag"]
    assert checked.is_savable
    assert checked.errors == []
    assert require_config("<View><Foo/></View>") is checked.config


def test_errors_come_in_the_order_in_which_they_are_told():
    checked = check_config(
        f'<View>{TEXT}<Choices name="t" toName="zz"/><Video name="v" value="$v" minPlaybackSpeed="99"/></View>'
    )
    assert [problem.code for problem in checked.errors] == [
        "missing_children",
        "duplicate_name",
        "unknown_target",
        "video_speed",
    ]


def test_names_in_a_refused_link_are_sorted_and_each_given_once():
    assert messages(f'{TEXT}<Rating name="a" toName="x"/>{CHOICES}')[0] == (
        "toName=\"x\" not found in names: ['a', 'c', 't']"
    )


@pytest.mark.parametrize(
    ("inner", "is_error"),
    [
        ("<Text value='$t'/>", True),
        ("<HyperText name='h'/>", True),
        ("<Image name='i'/>", True),
        ("<Number name='n'/>", True),
        ("<TextArea toName='t'/>", True),
        ("<Labels name='l' toName='t'><Label/></Labels>", True),
        ("<View><View><Choices name='x' toName='t'/></View></View>", True),
        ("<Collapse><Panel value='p'><Choices name='x' toName='t'/></Panel></Collapse>", False),
        ("<Rating toName='t'/>", False),
        ("<Audio name='a'/>", False),
        ("<RectangleLabels name='r' toName='t'><Label/></RectangleLabels>", False),
    ],
)
def test_only_some_tags_must_be_complete_to_be_saved(inner: str, is_error: bool):
    checked = check_config(f"<View>{TEXT}{CHOICES}{inner}</View>")
    assert checked.is_savable is not is_error
    assert checked.problems


def test_choices_may_get_their_words_from_anywhere():
    for inner in (
        '<Choices name="c" toName="t" value="$opts"/>',
        '<Choices name="c" toName="t"><View><Choice value="a"/></View></Choices>',
        # One written choice beside choices from data: refused elsewhere by mistake.
        f'{CHOICES}<Choices name="d" toName="t" value="$opts"/>',
    ):
        assert codes(TEXT + inner) == []


def test_mark_up_in_hypertext_needs_no_name_but_a_field_does():
    assert codes(f"<HyperText><p>Hi</p></HyperText>{TEXT}{CHOICES}") == []
    assert codes(f'<HyperText value="$html"/>{TEXT}{CHOICES}') == [("error", "missing_attribute", "name")]


def test_tags_inside_hypertext_are_not_judged():
    assert codes(f'<HyperText name="h"><Choice/><script name="t"/></HyperText>{TEXT}{CHOICES}') == []


def test_a_name_given_three_times_is_told_once():
    assert codes(TEXT + TEXT + TEXT + CHOICES) == [("error", "duplicate_name", "name")]


def test_capitals_do_not_make_a_second_name():
    assert codes(f'{TEXT}<Choices name="c" toname="t"><Choice value="a"/></Choices>') == []


@pytest.mark.parametrize(
    ("attribute", "is_bad"),
    [
        ('required="true"', False),
        ('required="True"', True),
        ('choice="multiple"', False),
        ('choice="Multiple"', True),
        ('choice=""', False),
        ('layout="grid"', True),
        ('visibleWhen="choice-selected"', False),
        ('value="opts"', True),
        ('value="$opts"', False),
    ],
)
def test_values_of_choices_are_checked(attribute: str, is_bad: bool):
    inner = f'{TEXT}<Choices name="c" toName="t" {attribute}><Choice value="a"/></Choices>'
    assert [code for _, code, _ in codes(inner)] == (["bad_value"] if is_bad else [])


@pytest.mark.parametrize(
    ("tag", "is_bad"),
    [
        ('<DateTime name="d" toName="t" only="date, time"/>', False),
        ('<DateTime name="d" toName="t" only="day"/>', True),
        ('<Number name="n" toName="t" min="-1.5e3" max=".5"/>', False),
        ('<Number name="n" toName="t" step="1/2"/>', True),
        ('<Labels name="n" toName="t" opacity="1"><Label value="x"/></Labels>', False),
        ('<Labels name="n" toName="t" opacity="1.5"><Label value="x"/></Labels>', True),
        ('<Labels name="n" toName="t" opacity="-0.1"><Label value="x"/></Labels>', True),
        ('<TextArea name="x" toName="t" rows="3.5"/>', True),
        ('<Chat name="x" value="$m" toName="x" minMessages="$few" messageRoles="user,any" llm=""/>', False),
        ('<Chat name="x" value="$m" toName="x" minMessages="few"/>', True),
        ('<Video name="v" value="$v" frameRate="$fps"/>', False),
        ('<Video name="v" value="$v" defaultPlaybackSpeed="$speed"/>', False),
        ('<Header value="Costs $5 of $my-field"/>', False),
    ],
)
def test_values_of_other_tags_are_checked(tag: str, is_bad: bool):
    assert ("bad_value" in [code for _, code, _ in codes(TEXT + CHOICES + tag)]) is is_bad


def test_words_to_models_and_names_on_any_tag_are_fine():
    inner = (
        '<Choices name="c" toName="t" model_score_threshold="0.5"><Choice value="a" predicted_values="x,y"/></Choices>'
        '<View name="v" xml:lang="en"/><Style name="s">.a {}</Style>'
    )
    assert codes(TEXT + inner) == []
    assert codes(f'{TEXT}{CHOICES}<Style value="x"/>') == [("warning", "unknown_attribute", "value")]


def test_a_filter_links_to_words_only():
    assert codes(f'{TEXT}{CHOICES}<Filter name="f" toName="c"/>') == []
    assert codes(f'{TEXT}{CHOICES}<Filter name="f" toName="t"/>') == [("warning", "wrong_target", "toName")]


def test_messages_name_the_control_the_object_and_what_is_possible():
    assert messages(f'{TEXT}<PolygonLabels name="p" toName="t"><Label value="x"/></PolygonLabels>') == [
        'PolygonLabels "p" can only control Image, not Text "t".'
    ]


def test_links_to_unknown_tags_are_not_judged():
    assert [code for _, code, _ in codes('<Foo name="x" value="$x"/><BrushLabels name="b" toName="x"/>')] == [
        "unknown_tag"
    ]


def test_labels_in_the_wrong_place_are_told_but_containers_are_seen_through():
    fine = '<Image name="i" value="$i"/><BrushLabels name="b" toName="i"><View><Label value="x"/></View></BrushLabels>'
    assert codes(fine) == []
    assert [code for _, code, _ in codes(f"{TEXT}{CHOICES}<View><Label value='x'/></View>")] == ["wrong_parent"]
    assert [code for _, code, _ in codes(f"{TEXT}{CHOICES}<Foo><Label value='x'/></Foo>")] == ["unknown_tag"]
    assert [code for _, code, _ in codes(f"{TEXT}{CHOICES}<Panel/>")] == ["wrong_parent"]


def test_equal_words_in_branches_of_a_tree_are_fine():
    tree = (
        '<Taxonomy name="x" toName="t"><Choice value="a"><Choice value="other"/></Choice>'
        '<Choice value="b"><Choice value="other"/></Choice></Taxonomy>'
    )
    assert codes(TEXT + tree) == []


def test_a_config_of_5000_labels_costs_no_more_than_ten_of_500(count_calls):
    def source(count):
        labels = "".join(f'<Label value="label {n}" background="#00ff00"/>\n' for n in range(count))
        return f'<View>{TEXT}<Labels name="l" toName="t">{labels}</Labels></View>'

    checked = check_config(source(5_000))
    assert count_calls(lambda: check_config(source(5_000))) < 10 * count_calls(lambda: check_config(source(500)))
    assert checked.problems == ()
    assert len(checked.config.controls["l"].labels) == 5_000


def test_problems_are_bounded_but_an_error_is_never_lost():
    unknown = check_config("<View>" + "<Foo/>" * 5_000 + "</View>")
    assert len(unknown.problems) == 201
    late = check_config("<View>" + '<Rating maxRating="5"/>' * 500 + '<Text name="t"/></View>')
    assert [problem.code for problem in late.errors] == ["missing_attribute"]
    assert late.errors[0].tag == "Text"
    many = "".join(f'<Rating name="r{n}" toName="x"/>' for n in range(5_000))
    found = check_config(f"<View>{many}</View>")
    assert len(found.errors) == 200
    assert found.errors[0].message.endswith("'r1087', …]")
    assert len(found.errors[0].message) < 1_000


NAMES = st.sampled_from([*TAGS, "Foo", "view", "TEXT"])
ATTRS = st.dictionaries(
    st.sampled_from(sorted({name for spec in all_specs() for name in spec.attrs} | {"foo", "toname"})),
    st.sampled_from(
        ["", "a", "b", "a,b", "$x", "$x[0].y", "true", "5", "-1", "{{idx}}", "multiple", "region-selected"]
    ),
    max_size=5,
)


def element(name: str, attrs: dict[str, str], children: list[str]) -> str:
    text = "".join(f' {key}="{value}"' for key, value in attrs.items())
    return f"<{name}{text}>{''.join(children)}</{name}>"


TREES = st.recursive(
    st.builds(element, NAMES, ATTRS, st.just([])),
    lambda inner: st.builds(element, NAMES, ATTRS, st.lists(inner, max_size=4)),
    max_leaves=12,
)


@given(TREES)
def test_any_tree_of_tags_is_judged_without_failing(source: str):
    checked = check_config(source)
    assert checked.config is not None
    for problem in checked.problems:
        assert problem.message.strip()
        assert problem.tag
