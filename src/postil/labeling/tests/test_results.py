"""Result lists: checked, brought into today's form, expanded; most examples are in `fixtures/tags`."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.labeling.config import parse_config
from postil.labeling.results import (
    check_result,
    expand_prediction,
    normalize_result,
    used_labels,
    used_triples,
)

TEXT = '<Text name="t" value="$text"/>'


def config(inner: str):
    return parse_config(f"<View>{inner}</View>")


NER = config(f'{TEXT}<Labels name="l" toName="t"><Label value="Person" alias="PER"/><Label value="LOC"/></Labels>')


def span(**changes: object) -> dict:
    item = {
        "id": "a",
        "from_name": "l",
        "to_name": "t",
        "type": "labels",
        "value": {"start": 0, "end": 5, "labels": ["PER"]},
    }
    return {**item, **changes}


def faults(found, *items: object) -> list[str]:
    return [str(fault) for fault in check_result(found, list(items))]


def test_a_result_must_be_a_list_of_objects():
    assert [str(fault) for fault in check_result(NER, {"a": 1})] == ["result[0]: The result must be a list."]
    assert faults(NER, "x") == ["result[0]: An item must be an object."]
    assert faults(NER) == []


def test_faults_name_the_item_the_region_and_the_choices():
    (fault,) = check_result(NER, [span(), span(id="b", value={"start": 0, "end": 5, "labels": ["ORG"]})])
    assert (fault.index, fault.region_id, fault.path) == (1, "b", "value.labels")
    assert fault.options == ("PER", "LOC", "Person")
    assert str(fault) == 'result[1].value.labels: "ORG" is none of PER, LOC, Person.'


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"value": {"start": "0", "end": "5", "labels": ["Person"]}}, []),
        ({"value": {"start": 0, "end": 5, "labels": []}}, []),
        ({"score": 0.5, "meta": {"text": ["note"]}, "unknown": 1}, []),
        ({"score": None}, []),
        ({"score": "high"}, ['result[0].score: A score is a number, not "high".']),
        ({"from_name": None}, ["result[0].from_name: No control is called nothing. Names are: l."]),
        ({"from_name": ["l"]}, ["result[0].from_name: No control is called \"['l']\". Names are: l."]),
        ({"to_name": "x"}, ['result[0].to_name: l does not label "x", but t.']),
        ({"to_name": 5}, ['result[0].to_name: l does not label "5", but t.']),
        ({"type": None}, ["result[0].type: The type of l is labels, not nothing."]),
        ({"value": None}, ["result[0].value: A value must be an object."]),
        ({"value": {"labels": "PER", "start": 0}}, [
            "result[0].value.labels: must be a list of texts.", "result[0].value.end: is missing."]),
        ({"value": {"start": -1, "end": "x", "labels": ["PER"]}}, [
            "result[0].value.start: must be 0 or more.",
            "result[0].value.end: must be a number, or text that holds one."]),
    ],
)  # fmt: skip
def test_items_are_checked(changes: dict, expected: list[str]):
    assert faults(NER, span(**changes)) == expected


def test_a_config_without_controls_has_no_names_to_offer():
    assert faults(config(TEXT), span()) == ['result[0].from_name: No control is called "l". Names are: none.']


def test_any_word_may_come_from_dynamic_and_legacy_controls():
    dynamic = config(f'{TEXT}<Choices name="c" toName="t" value="$opts"><Choice value="a"/></Choices>')
    item = {"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["anything"]}}
    assert faults(dynamic, item) == []
    legacy = config(f'{TEXT}<Taxonomy name="c" toName="t" legacy="true"><Choice value="a"/></Taxonomy>')
    assert faults(legacy, {**item, "type": "taxonomy", "value": {"taxonomy": [["new"]]}}) == []


def test_a_region_without_labels_needs_allow_empty():
    item = {
        "from_name": "r",
        "to_name": "i",
        "type": "rectanglelabels",
        "value": {"x": 1, "y": 1, "width": 1, "height": 1},
    }
    image = '<Image name="i" value="$i"/><RectangleLabels name="r" toName="i"{}><Label value="A"/></RectangleLabels>'
    assert faults(config(image.format("")), item) == ["result[0].value.rectanglelabels: is missing."]
    assert faults(config(image.format(' allowEmpty="true"')), item) == []


def test_boxes_on_videos_may_name_either_control():
    video = config(
        '<Video name="v" value="$v"/><VideoRectangle name="box" toName="v"/>'
        '<Labels name="l" toName="v"><Label value="Cat"/></Labels>'
    )
    value = {"framesCount": 10, "duration": 1.5, "sequence": [], "labels": ["Cat"]}
    item = {"from_name": "box", "to_name": "v", "type": "videorectangle", "value": value}
    assert faults(video, item) == []
    assert faults(video, {**item, "from_name": "l"}) == []
    assert faults(video, {**item, "value": {**value, "labels": ["Dog"]}}) == [
        'result[0].value.labels: "Dog" is none of Cat.'
    ]


def test_pairs_may_name_the_control_or_both_objects():
    pair = config(
        '<Text name="a" value="$a"/><Text name="b" value="$b"/><Pairwise name="p" toName="a,b"/>'
        '<Rating name="r" toName="a,b"/><Rating name="s" toName="a, b"/>'
    )
    item = {"from_name": "p", "type": "pairwise", "value": {"selected": "left"}}
    for to_name in ("p", "a,b", "a", "b"):
        assert faults(pair, {**item, "to_name": to_name}) == []
    assert len(faults(pair, {**item, "to_name": "c"})) == 1
    rating = {"from_name": "r", "to_name": "a,b", "type": "rating", "value": {"rating": 3}}
    assert faults(pair, rating) == []
    assert len(faults(pair, {**rating, "to_name": "r"})) == 1
    assert faults(pair, {**rating, "from_name": "s", "to_name": "a, b"}) == []


def test_drafts_may_hold_strokes_instead_of_a_mask():
    brush = config('<Image name="i" value="$i"/><BrushLabels name="b" toName="i"><Label value="A"/></BrushLabels>')
    item = {"from_name": "b", "to_name": "i", "type": "brushlabels"}
    assert faults(brush, {**item, "value": {"touches": [], "brushlabels": ["A"]}}) == []
    assert faults(brush, {**item, "value": {"rle": [1, 2], "brushlabels": ["A"]}}) == []
    assert faults(brush, {**item, "value": {"brushlabels": ["A"]}}) == [
        "result[0].value.format: is missing.",
        "result[0].value.rle: is missing.",
    ]


def test_shapes_beside_dynamic_labels_take_any_word():
    video = config(
        '<Video name="v" value="$v"/><VideoRectangle name="b" toName="v"/><Labels name="l" toName="v" value="$w"/>'
    )
    value = {"framesCount": 1, "duration": 1, "sequence": [], "labels": ["anything"]}
    assert faults(video, {"from_name": "b", "to_name": "v", "type": "videorectangle", "value": value}) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"vertices": 5, "vectorlabels": []}, ["value.vertices: must be a list."]),
        ({"vertices": [], "closed": 1, "vectorlabels": []}, ["value.closed: must be true or false."]),
        ({"vertices": [5], "vectorlabels": []}, ["value.vertices[0]: must be an object."]),
        (
            {"vertices": [{"x": 1, "y": 2, "controlPoint1": {"x": 1}}], "vectorlabels": []},
            ["value.vertices[0].controlPoint1.y: is missing."],
        ),
    ],
)
def test_nested_values_name_the_inner_place(value: dict, expected: list[str]):
    vector = config('<Image name="i" value="$i"/><VectorLabels name="v" toName="i"><Label value="A"/></VectorLabels>')
    item = {"from_name": "v", "to_name": "i", "type": "vectorlabels", "value": value}
    assert faults(vector, item) == [f"result[0].{text}" for text in expected]


def test_names_made_by_a_repeater_fit():
    repeated = config(
        '<Repeater on="$list"><Text name="t_{{idx}}" value="$list[{{idx}}]"/>'
        '<Choices name="c_{{idx}}" toName="t_{{idx}}"><Choice value="a"/></Choices></Repeater>'
    )
    item = {"from_name": "c_7", "to_name": "t_7", "type": "choices", "value": {"choices": ["a"]}}
    assert faults(repeated, item) == []
    assert len(faults(repeated, {**item, "to_name": "t_x"})) == 1


@pytest.mark.parametrize(
    ("relation", "path"),
    [
        ({"from_id": "a", "to_id": "b", "direction": "right", "labels": ["of"]}, None),
        ({"from_id": "a", "to_id": "b"}, None),
        ({"from_id": "a", "to_id": "zz"}, "to_id"),
        ({"to_id": "b"}, "from_id"),
        ({"from_id": "a", "to_id": "b", "direction": "up"}, "direction"),
        ({"from_id": "a", "to_id": "b", "labels": "of"}, "labels"),
        ({"from_id": "a", "to_id": "b", "labels": ["with"]}, "labels"),
    ],
)
def test_relations_are_checked(relation: dict, path: str | None):
    linked = config(
        f'{TEXT}<Labels name="l" toName="t"><Label value="PER"/></Labels><Relations><Relation value="of"/></Relations>'
    )
    found = check_result(linked, [span(), span(id="b"), {"type": "relation", **relation}])
    assert [fault.path for fault in found] == ([path] if path else [])


def test_relation_words_are_free_when_none_are_offered():
    assert faults(NER, span(), {"type": "relation", "from_id": "a", "to_id": "a", "labels": ["x"]}) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["id", "from_name", "to_name", "type", "value", "labels", "meta", "normalization", "from_id"])
ITEMS = st.one_of(JSON, st.dictionaries(KEYS, st.sampled_from(["l", "t", "labels", "relation", "htmllabels"]) | JSON))
SHAPES = config(
    '<Text name="t" value="$t"/><Image name="i" value="$i"/><Labels name="l" toName="t"><Label value="A"/></Labels>'
    '<PolygonLabels name="p" toName="i"/><BrushLabels name="b" toName="i"/><VectorLabels name="v" toName="i"/>'
    '<Ranker name="r" toName="t"/><Taxonomy name="x" toName="t"/><BitmaskLabels name="m" toName="i"/>'
)
VALUES = st.dictionaries(
    st.sampled_from(["start", "points", "rle", "vertices", "ranker", "taxonomy", "imageDataURL", "labels"]), JSON
)


@given(st.lists(ITEMS, max_size=4))
def test_any_json_is_judged_without_failing(result: list):
    assert all(fault.message for fault in check_result(SHAPES, result))
    list(used_triples(result))
    list(used_labels(result))


@given(st.sampled_from(sorted(SHAPES.controls)), VALUES)
def test_any_value_is_judged_without_failing(name: str, value: dict):
    control = SHAPES.controls[name]
    item = {"from_name": name, "to_name": control.to_name[0], "type": control.type, "value": value}
    assert all(fault.path.startswith("value") for fault in check_result(SHAPES, [item]))


def test_old_forms_become_todays():
    old = {
        "from_name": "h",
        "to_name": "t",
        "type": "htmllabels",
        "normalization": "Alice A.",
        "value": {"start": "/p[1]", "htmllabels": ["PER"]},
        "extra": 1,
    }
    (new,) = normalize_result([old])
    assert re.fullmatch(r"[A-Za-z0-9_-]{10}", new.pop("id"))
    assert new == {
        "from_name": "h",
        "to_name": "t",
        "type": "hypertextlabels",
        "normalization": "Alice A.",
        "meta": {"text": ["Alice A."]},
        "value": {"start": "/p[1]", "hypertextlabels": ["PER"]},
        "extra": 1,
    }
    assert old["type"] == "htmllabels"


def test_an_old_type_without_a_value_is_renamed_alone():
    item = {"id": "a", "type": "htmllabels", "value": None}
    assert normalize_result([item]) == [{**item, "type": "hypertextlabels"}]


def test_a_note_that_is_there_is_kept():
    item = span(normalization="x", meta={"text": ["y"]})
    assert normalize_result([item]) == [item]


def test_of_two_answers_of_one_control_the_last_wins():
    first = {"id": "1", "from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}
    second = {**first, "id": "2", "value": {"choices": ["b"]}}
    page = {**first, "id": "3", "item_index": 1}
    region = {**first, "id": "4", "value": {"choices": ["a"], "start": 0, "end": 1}}
    assert normalize_result([first, page, region, second, {**region, "id": "5"}]) == [
        second,
        page,
        region,
        {**region, "id": "5"},
    ]


def test_unknown_items_and_relations_pass_through():
    items = [{"id": "1", "type": "strange", "value": 5}, {"type": "relation", "from_id": "a", "to_id": "b"}]
    assert normalize_result(items) == items


def test_what_a_result_depends_on():
    result = [
        span(),
        span(id="b"),
        {
            "id": "a",
            "from_name": "x",
            "to_name": "t",
            "type": "taxonomy",
            "value": {"taxonomy": [["Eu", "FR"], ["As"]]},
        },
        {"id": "c", "from_name": "ta", "to_name": "t", "type": "textarea", "value": {"text": ["hello"]}},
        {"id": "d", "from_name": "box", "to_name": "v", "type": "videorectangle", "value": {"labels": ["Cat"]}},
        {"id": "e", "from_name": "odd", "to_name": "t", "type": "odd", "value": {"odd": ["z", 1]}},
        {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["of"]},
        {"id": "f", "from_name": "c", "to_name": "t", "type": "choices", "value": None},
        "nonsense",
    ]
    assert list(used_triples(result)) == [
        ("l", "t", "labels"),
        ("x", "t", "taxonomy"),
        ("ta", "t", "textarea"),
        ("box", "v", "videorectangle"),
        ("odd", "t", "odd"),
        ("c", "t", "choices"),
    ]
    assert list(used_labels(result)) == [
        ("l", "PER"),
        ("l", "PER"),
        ("x", "Eu"),
        ("x", "FR"),
        ("x", "As"),
        ("box", "Cat"),
        ("odd", "z"),
        ("odd", "1"),
    ]
    assert list(used_triples(None)) == []


ALL = config(
    f'{TEXT}<Rating name="r" toName="t"/><Choices name="c" toName="t"><Choice value="a"/></Choices>'
    '<TextArea name="ta" toName="t"/><Number name="n" toName="t"/>'
)


@pytest.mark.parametrize(
    ("answer", "name", "value"),
    [
        ("a", "c", {"choices": ["a"]}),
        (4, "r", {"rating": 4}),
        ({"choices": ["a", "b"]}, "c", {"choices": ["a", "b"]}),
        ({"number": 2.5}, "n", {"number": 2.5}),
    ],
)
def test_bare_answers_become_results(answer: object, name: str, value: dict):
    kind = ALL.controls[name].type
    assert expand_prediction(ALL, answer) == [{"from_name": name, "to_name": "t", "type": kind, "value": value}]


def test_a_text_fits_a_text_area_and_an_integer_a_number_when_nothing_comes_before():
    plain = config(f'{TEXT}<Number name="n" toName="t"/><TextArea name="ta" toName="t"/>')
    assert expand_prediction(plain, "hi")[0]["value"] == {"text": ["hi"]}
    assert expand_prediction(plain, 3)[0]["value"] == {"number": 3}


@pytest.mark.parametrize("answer", [1.5, True, None, {"polygon": []}])
def test_answers_that_fit_nothing_give_nothing(answer: object):
    assert expand_prediction(ALL, answer) is None


def test_lists_stay_as_they_are():
    result = [span()]
    assert expand_prediction(ALL, result) is result


def test_text_areas_hold_a_list_of_texts():
    found = config(f'{TEXT}<TextArea name="a" toName="t"/>')
    item = {"from_name": "a", "to_name": "t", "type": "textarea", "value": {"text": "one"}}
    assert [fault.path for fault in check_result(found, [item])] == ["value.text"]
    assert check_result(found, [{**item, "value": {"text": ["one"]}}]) == []
