"""Controls, objects, labels and links."""

import pytest

from postil.labeling.config import LabelConfig, made_from, match_placeholders, parse_config
from postil.labeling.references import MISSING, find_references, resolve, root_key, whole_reference


def controls(config: LabelConfig) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {name: (control.tag, control.type, control.to_name) for name, control in config.controls.items()}


def test_controls_and_objects_are_found():
    config = parse_config(
        '<View><Text name="t" value="$text"/><Header value="$title"/><Labels name="l" toName="t"><Label value="A"/>'
        '</Labels><Filter name="f" toName="l"/><Relations><Relation value="of"/></Relations></View>'
    )
    assert controls(config) == {"l": ("Labels", "labels", ("t",))}
    assert {name: (found.tag, found.path) for name, found in config.objects.items()} == {"t": ("Text", "text")}
    assert config.relation_labels == ("of",)
    assert config.names == ["f", "l", "t"]


def test_labels_are_found_at_any_depth_under_their_own_control():
    config = parse_config(
        '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><View><Choice value="Long" alias="L"/></View>'
        '<Choice value="b" hint="h"/><Choice/></Choices><Taxonomy name="x" toName="t"><Choice value="1">'
        '<Choice value="2"/></Choice></Taxonomy></View>'
    )
    choices = config.controls["c"]
    assert {word: dict(attrs) for word, attrs in choices.labels.items()} == {
        "L": {"value": "Long", "alias": "L"},
        "b": {"value": "b", "hint": "h"},
    }
    assert list(config.controls["x"].labels) == ["1", "2"]
    assert [choices.knows(word) for word in ("L", "Long", "b", "1")] == [True, True, True, False]


def test_a_missing_target_is_the_only_object():
    config = parse_config('<View><Text name="t" value="$t"/><Rating name="r"/></View>')
    assert controls(config) == {"r": ("Rating", "rating", ("t",))}
    assert config.controls["r"].is_inferred


def test_a_missing_target_stays_missing_beside_two_objects():
    config = parse_config('<View><Text name="t" value="$t"/><Image name="i" value="$i"/><Rating name="r"/></View>')
    assert controls(config) == {}


def test_several_targets_are_split():
    config = parse_config(
        '<View><Text name="a" value="$a"/><Text name="b" value="$b"/><Pairwise name="p" toName=" a, b "/></View>'
    )
    assert config.controls["p"].to_name == ("a", "b")


def test_unknown_tags_with_links_count_as_controls():
    config = parse_config('<View><Text name="t" value="$t"/><MyTag name="m" toName="t" value="$x"/></View>')
    assert controls(config) == {"m": ("MyTag", "mytag", ("t",))}
    assert list(config.objects) == ["t"]


@pytest.mark.parametrize(
    ("tag", "is_dynamic"),
    [
        ('<Choices name="x" toName="t" value="$opts"/>', True),
        ('<Labels name="x" toName="t" value="$opts"><Label value="a"/></Labels>', True),
        ('<Taxonomy name="x" toName="t" apiUrl="https://example.org/tree"/>', True),
        ('<Taxonomy name="x" toName="t"><Choice value="a"/></Taxonomy>', False),
        ('<TextArea name="x" toName="t" value="$start"/>', False),
    ],
)
def test_dynamic_words_are_noticed(tag: str, is_dynamic: bool):
    config = parse_config(f'<View><Text name="t" value="$t"/>{tag}</View>')
    assert config.controls["x"].is_dynamic is is_dynamic


def test_regions_are_told_from_answers():
    config = parse_config(
        '<View><Text name="t" value="$t"/><Image name="i" value="$i"/><Labels name="l" toName="t"/>'
        '<Brush name="b" toName="i"/><Taxonomy name="x" toName="t" labeling="true"/>'
        '<Taxonomy name="y" toName="t"/><Choices name="c" toName="t" perRegion="true"/>'
        '<Choices name="d" toName="i" perItem="true"/></View>'
    )
    assert {name for name, control in config.controls.items() if control.is_region} == {"l", "b", "x"}
    assert {name for name, control in config.controls.items() if control.is_per_region} == {"c"}
    assert {name for name, control in config.controls.items() if control.is_per_item} == {"d"}


REPEATER = (
    '<View><Repeater on="$rows" indexFlag="{{r}}"><Repeater on="$cells" indexFlag="{{c}}">'
    '<Text name="t_{{r}}_{{c}}" value="$rows[{{r}}].cells[{{c}}]"/>'
    '<Choices name="x_{{r}}_{{c}}" toName="t_{{r}}_{{c}}"><Choice value="a"/></Choices>'
    '</Repeater></Repeater><Rating name="r1" toName="t_{{r}}_{{c}}"/></View>'
)


def test_names_made_by_repeaters_lead_to_their_tags():
    config = parse_config(REPEATER)
    control = config.find_control("x_3_12")
    assert control is config.controls["x_{{r}}_{{c}}"]
    assert control.placeholders == ("{{r}}", "{{c}}")
    assert match_placeholders("x_3_12", control.name, control.placeholders) == {"{{r}}": "3", "{{c}}": "12"}
    assert config.find_object("t_0_0").name == "t_{{r}}_{{c}}"
    for wrong in ("x_3", "x_3_a", "x__", "y_3_12", "x_3_12_", "x_³_1"):
        assert config.find_control(wrong) is None
    assert config.find_control("r1").placeholders == ()


def test_a_placeholder_given_twice_must_agree():
    assert made_from("a_1_b_1", "a_{{i}}_b_{{i}}", ("{{i}}",))
    assert not made_from("a_1_b_2", "a_{{i}}_b_{{i}}", ("{{i}}",))
    assert not made_from("a", "a", ())


def test_the_same_text_gives_the_same_object():
    assert parse_config("<View/>") is parse_config("<View/>")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("$text", "text"),
        (" $text ", "text"),
        ("$a.b.c", "a.b.c"),
        ("$list[0]", "list[0]"),
        ("$items[{{idx}}].text", "items[{{idx}}].text"),
        ("$a b", None),
        ("Title: $a", None),
        ("$my-field", None),
        ("text", None),
        ("$", None),
        ("$[0]", None),
        ("$x", "x"),
        ("$a.[0]", "a.[0]"),
        ("", None),
    ],
)
def test_whole_references(text: str, path: str | None):
    assert whole_reference(text) == path


def test_references_inside_text():
    assert find_references("Hi $user.name. You are $age years, $list[0]!") == ["user.name", "age", "list[0]"]
    assert find_references("costs 5 $ or more") == []


@pytest.mark.parametrize(("path", "root"), [("a", "a"), ("a.b", "a"), ("a[0].b", "a"), ("a[0]", "a")])
def test_roots_of_paths(path: str, root: str):
    assert root_key(path) == root


DATA = {"a": {"b": {"c": 1}}, "list": ["x", {"text": "y"}], "null": None, "p.q": "flat"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("a.b.c", 1),
        ("a.b", {"c": 1}),
        ("list[0]", "x"),
        ("list[1].text", "y"),
        ("list.[0]", "x"),
        ("null", None),
        ("p.q", "flat"),
        ("list[2]", MISSING),
        ("list[0].text", MISSING),
        ("a[0]", MISSING),
        ("a.x", MISSING),
        ("zz", MISSING),
        ("null.x", MISSING),
    ],
)
def test_paths_are_resolved(path: str, value: object):
    assert resolve(DATA, path) == value
