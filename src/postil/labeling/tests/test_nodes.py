"""XML → tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.labeling.nodes import MAX_BYTES, MAX_DEPTH, MAX_TAGS, parse_nodes
from postil.labeling.problems import ConfigError


def refusal(source: str) -> tuple[str, int, int]:
    with pytest.raises(ConfigError) as caught:
        parse_nodes(source)
    problem = caught.value.problem
    assert problem.severity == "error"
    assert caught.value.fields == {"label_config": [problem.message]}
    return problem.code, problem.line, problem.column


def test_places_count_from_one_and_in_characters():
    root = parse_nodes('<View>\n  <Header value="äöü😀"/><Text name="t"/>\n</View>').root
    header, text = root.children
    assert (root.line, root.column) == (1, 1)
    assert (header.line, header.column) == (2, 3)
    assert (text.line, text.column) == (2, 25)


def test_names_are_canonical_in_any_capitals():
    root = parse_nodes('<vIEW><choices NAME="c" toname="t" ALLOWNESTED="true" FooBar="1"/></vIEW>').root
    choices = root.children[0]
    assert (root.tag, root.written) == ("View", "vIEW")
    assert choices.tag == "Choices"
    assert dict(choices.attrs) == {"name": "c", "toName": "t", "allowNested": "true", "FooBar": "1"}


def test_unknown_tags_keep_their_name_and_their_links():
    node = parse_nodes('<Strange NAME="a" toname="b" other="c"/>').root
    assert (node.tag, node.spec, dict(node.attrs)) == ("Strange", None, {"name": "a", "toName": "b", "other": "c"})


def test_of_two_spellings_the_canonical_one_wins():
    node = parse_nodes('<Choices toname="x" toName="y"/>').root
    assert dict(node.attrs) == {"toName": "y"}


def test_text_inside_stands_for_the_value():
    header, label, style, both = parse_nodes(
        "<View><Header> Hi </Header><Choice><![CDATA[a < b]]></Choice><Style> .x {} </Style>"
        '<Header value="v">t</Header></View>'
    ).root.children
    assert header.get("value") == "Hi"
    assert label.get("value") == "a < b"
    assert style.get("value") == " .x {} "
    assert both.get("value") == "v"


def test_hypertext_takes_its_mark_up():
    root = parse_nodes(
        """<View><HyperText name="a>b" value="$x"><p class='>'>Read <b>this</b> &amp; that</p><br/></HyperText>"""
        '<HyperText name="h" value="$y"/><HyperText name="e" value="$z"> </HyperText><Header value="after"/></View>'
    ).root
    markup, empty, blank, after = root.children
    assert markup.get("value") == "<p class='>'>Read <b>this</b> &amp; that</p><br/>"
    assert markup.children == ()
    assert empty.get("value") == "$y"
    assert blank.get("value") == "$z"
    assert after.tag == "Header"


def test_flags_take_only_true_and_false():
    node = parse_nodes('<Image zoom="false" grid="yes" crosshair="true"/>').root
    assert (node.flag("zoom"), node.flag("grid"), node.flag("crosshair")) == (False, False, True)
    assert node.flag("zoomControl") is True  # the default
    assert node.flag("nonsense") is False


def test_comments_are_kept_apart():
    document = parse_nodes("<!-- one --><View><!-- two --></View>")
    assert document.comments == (" one ", " two ")


def test_walk_is_in_document_order():
    root = parse_nodes("<View><Collapse><Panel/></Collapse><Header/></View>").root
    assert [node.tag for node in root.walk()] == ["View", "Collapse", "Panel", "Header"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ("empty", 1, 1)),
        (" \n\t", ("empty", 1, 1)),
        ("no xml", ("malformed", 1, 1)),
        ("<View>", ("malformed", 1, 7)),
        ("<View>\n</Viev>", ("malformed", 2, 3)),
        ('<View a="&"/>', ("malformed", 1, 11)),
        ("<View>&nbsp;</View>", ("malformed", 1, 7)),
        ('<View a="1" a="2"/>', ("malformed", 1, 13)),
        ("<View/><View/>", ("malformed", 1, 8)),
        ("<View>\x00</View>", ("malformed", 1, 7)),
        ("<View>\ud800</View>", ("malformed", 1, 1)),
        ("<!-- a -->\n <!DOCTYPE View><View/>", ("doctype", 2, 2)),
        ('<!DOCTYPE View SYSTEM "http://example.org/x.dtd"><View/>', ("doctype", 1, 1)),
        ('<!DOCTYPE v [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><v>&b;</v>', ("doctype", 1, 1)),
        ("<View>\n <?php x ?></View>", ("instruction", 2, 2)),
        ("<View>" * (MAX_DEPTH + 1) + "</View>" * (MAX_DEPTH + 1), ("too_deep", 1, 6 * MAX_DEPTH + 1)),
        ("<View><HyperText>" + "<b>" * MAX_DEPTH + "</b>" * MAX_DEPTH + "</HyperText></View>", ("too_deep", 1, 312)),
        ("<View>" + "é" * (MAX_BYTES // 2) + "</View>", ("too_large", 1, 1)),
        ("<View>\n" + "<a/>" * MAX_TAGS + "</View>", ("too_large", 2, 4 * MAX_TAGS - 3)),
    ],
)
def test_what_is_no_config_is_refused_with_its_place(source: str, expected: tuple[str, int, int]):
    assert refusal(source) == expected


def test_an_ampersand_is_explained():
    with pytest.raises(ConfigError, match=r"line 1, column 11\. Write &amp; for an ampersand\.$"):
        parse_nodes('<View a="&"/>')


def test_limits_are_inclusive():
    deep = "<View>" * MAX_DEPTH + "</View>" * MAX_DEPTH
    assert sum(1 for _ in parse_nodes(deep).root.walk()) == MAX_DEPTH
    large = "<View>" + "x" * (MAX_BYTES - 13) + "</View>"
    assert parse_nodes(large).root.tag == "View"


def test_an_encoding_declaration_changes_nothing():
    assert parse_nodes('<?xml version="1.0" encoding="utf-16"?><View a="é"/>').root.get("a") == "é"
    assert parse_nodes("\ufeff<View/>").root.tag == "View"


XML_LIKE = st.text(alphabet="<>/!?-[]&;=\"' \nViewTxChoics$a{}\x00\ud800é😀", max_size=80)


@given(st.one_of(st.text(), XML_LIKE, XML_LIKE.map(lambda text: f"<View>{text}</View>")))
def test_any_text_gives_a_tree_or_the_typed_error(source: str):
    problem = None
    try:
        root = parse_nodes(source).root
    except ConfigError as error:
        problem = error.problem
    if problem is None:
        assert next(root.walk()) is root
    else:
        assert problem.message
        assert min(problem.line, problem.column) >= 1
