"""Renaming a label changes exactly the items that hold it."""

from postil.labeling.renaming import drop_control, drop_label, rename_label


def choices(*names, control="c"):
    return {"from_name": control, "to_name": "t", "type": "choices", "value": {"choices": list(names)}}


def test_a_word_is_replaced_and_counted():
    result, changed = rename_label([choices("a"), choices("b")], "a", "z")
    assert result == [choices("z"), choices("b")]
    assert changed == 1


def test_a_path_of_one_element_stands_for_the_word():
    assert rename_label([choices("a")], ["a"], ["z"]) == ([choices("z")], 1)


def test_a_path_is_replaced_as_a_whole():
    taxonomy = {"from_name": "x", "type": "taxonomy", "value": {"taxonomy": [["Eu", "FR"], ["Eu"]]}}
    result, changed = rename_label([taxonomy], ["Eu", "FR"], ["Eu", "DE"])
    assert result[0]["value"] == {"taxonomy": [["Eu", "DE"], ["Eu"]]}
    assert changed == 1


def test_other_controls_stay_as_they_are():
    items = [choices("a", control="c"), choices("a", control="d")]
    result, changed = rename_label(items, "a", "z", control="d")
    assert result == [choices("a", control="c"), choices("z", control="d")]
    assert changed == 1


def test_merging_into_a_label_that_is_there_keeps_it_once():
    assert rename_label([choices("a", "b")], "a", "b") == ([choices("b")], 1)


def test_geometry_and_unknown_keys_ride_along():
    box = {"id": "r", "type": "rectanglelabels", "value": {"x": 1, "rectanglelabels": ["Car"]}, "score": 0.5}
    result, _ = rename_label([box], "Car", "Vehicle")
    assert result == [
        {"id": "r", "type": "rectanglelabels", "value": {"x": 1, "rectanglelabels": ["Vehicle"]}, "score": 0.5}
    ]


def test_items_without_labels_are_left_alone():
    odd = [{"type": "relation", "from_id": "a", "to_id": "b"}, {"type": "choices", "value": None}, {"value": {"x": 1}}]
    assert rename_label(odd, "a", "b") == (odd, 0)


def test_what_was_given_is_not_changed():
    items = [choices("a")]
    rename_label(items, "a", "b")
    assert items == [choices("a")]


def box(label, name="r", **more):
    return {
        "id": name,
        "from_name": "b",
        "type": "rectanglelabels",
        "value": {"x": 1, "rectanglelabels": [label]},
        **more,
    }


def about(name, control="q"):
    return {"id": name, "from_name": control, "type": "choices", "value": {"x": 1, "choices": ["clear"]}}


def link(start, end):
    return {"type": "relation", "from_id": start, "to_id": end}


def test_answers_about_a_dropped_region_and_links_to_it_go_along():
    result = [box("Car"), about("r"), box("Bus", "s"), about("s"), link("r", "s"), link("s", "t"), choices("a")]
    assert drop_label(result, "Car") == ([box("Bus", "s"), about("s"), link("s", "t"), choices("a")], 1)
    assert drop_control(result, "b")[0] == [choices("a")]


def test_a_region_whose_parent_is_gone_stands_alone():
    inner = box("Bus", "s", parentID="r")
    assert drop_label([box("Car"), inner], "Car") == ([{**inner, "parentID": None}], 1)


def test_a_shape_stays_when_its_label_or_an_answer_about_it_goes():
    shape = {"id": "r", "from_name": "shape", "type": "rectangle", "value": {"x": 1}}
    label = {"id": "r", "from_name": "b", "type": "labels", "value": {"x": 1, "labels": ["Car"]}}
    assert drop_label([shape, label, about("r")], "Car") == ([shape, about("r")], 1)
    assert drop_label([box("Car"), about("r")], "clear") == ([box("Car")], 1)
    assert drop_control([box("Car"), about("r"), link("r", "s")], "q") == ([box("Car"), link("r", "s")], 1)


def test_labels_of_boxes_in_videos_are_renamed_and_dropped():
    track = {"id": "v", "from_name": "t", "type": "videorectangle", "value": {"sequence": [], "labels": ["Car"]}}
    result, changed = rename_label([track], "Car", "Auto")
    assert (result[0]["value"]["labels"], changed) == (["Auto"], 1)
    assert drop_label([track], "Car") == ([], 1)
