"""What a new config breaks."""

from postil.labeling.compatibility import check_compatible, knows_triple, split_triple
from postil.labeling.config import parse_config

TEXT = '<Text name="t" value="$text"/>'


def config(inner: str):
    return parse_config(f"<View>{TEXT}{inner}</View>")


OLD = config('<Choices name="c" toName="t"><Choice value="a"/><Choice value="b"/></Choices>')
USED = {"triples": {("c", "t", "choices"): 1}, "labels": {"c": {"a": 1}}}


def test_an_unchanged_config_breaks_nothing():
    assert check_compatible(OLD, **USED) == []


def test_a_removed_label_that_is_used_is_told_in_the_words_clients_know():
    new = config('<Choices name="c" toName="t"><Choice value="z"/><Choice value="b"/></Choices>')
    (broken,) = check_compatible(new, **USED)
    assert broken.as_dict() == {
        "kind": "labels",
        "message": "These labels still exist in annotations or drafts:\na (1 annotation)\n"
        'Please add labels to tag with name="c".',
        "count": 1,
    }


def test_a_renamed_control_is_told_in_the_words_clients_know():
    new = config('<Choices name="c2" toName="t"><Choice value="a"/><Choice value="b"/></Choices>')
    (broken,) = check_compatible(new, **USED)
    assert broken.as_dict() == {
        "kind": "links",
        "message": "Created annotations are incompatible with provided labeling schema, we found:\n"
        "1 with from_name=c, to_name=t, type=choices",
        "count": 1,
    }


def test_a_control_of_another_type_or_object_breaks_links():
    other_type = config('<Labels name="c" toName="t"><Label value="a"/></Labels>')
    assert [broken.kind for broken in check_compatible(other_type, **USED)] == ["links"]
    other_object = config('<Image name="i" value="$i"/><Choices name="c" toName="i"><Choice value="a"/></Choices>')
    assert [broken.kind for broken in check_compatible(other_object, **USED)] == ["links"]


def test_several_breaks_are_counted_and_links_come_first():
    new = config('<Choices name="c" toName="t"><Choice value="z"/></Choices>')
    links, labels = check_compatible(
        new,
        triples={("c", "t", "choices"): 5, ("x", "t", "rating"): 2, ("y", "t", "number"): 3, ("z", "t", "rating"): 0},
        labels={"c": {"a": 3, "b": 2, "gone": 0}},
    )
    assert (links.kind, links.count) == ("links", 5)
    assert links.message.splitlines()[1:] == [
        "2 with from_name=x, to_name=t, type=rating",
        "3 with from_name=y, to_name=t, type=number",
    ]
    assert (labels.kind, labels.count) == ("labels", 5)
    assert labels.message.splitlines()[1:3] == ["a (3 annotations)", "b (2 annotations)"]


def test_aliases_and_shown_values_both_keep_a_label_alive():
    new = config('<Choices name="c" toName="t"><Choice value="a" alias="short"/></Choices>')
    assert check_compatible(new, triples={}, labels={"c": {"a": 1, "short": 1}}) == []


def test_dynamic_labels_cannot_be_missed():
    new = config('<Choices name="c" toName="t" value="$opts"/>')
    assert check_compatible(new, **USED) == []


def test_labels_of_boxes_on_videos_come_from_their_partner():
    video = '<Video name="v" value="$v"/><VideoRectangle name="box" toName="v"/><Labels name="l" toName="v">{}</Labels>'
    labels = {"box": {"Cat": 2}}
    assert check_compatible(config(video.format('<Label value="Cat"/>')), triples={}, labels=labels) == []
    (broken,) = check_compatible(config(video.format('<Label value="Dog"/>')), triples={}, labels=labels)
    assert broken.count == 2


def test_what_never_fitted_is_not_blamed_on_the_change():
    triples = {("junk", "t", "choices"): 4, ("c", "t", "choices"): 1}
    labels = {"c": {"never offered": 9, "a": 1}, "junk": {"x": 1}}
    assert check_compatible(OLD, triples=triples, labels=labels, old=OLD) == []
    new = config('<Choices name="c" toName="t"><Choice value="b"/></Choices>')
    (broken,) = check_compatible(new, triples=triples, labels=labels, old=OLD)
    assert (broken.kind, broken.count) == ("labels", 1)
    assert [found.count for found in check_compatible(OLD, triples=triples, labels=labels)] == [4, 9]


def test_names_of_repeaters_and_old_types_are_known():
    repeated = config(
        '<Repeater on="$l"><HyperText name="h_{{idx}}" value="$l[{{idx}}]"/>'
        '<HyperTextLabels name="x_{{idx}}" toName="h_{{idx}}"><Label value="a"/></HyperTextLabels></Repeater>'
    )
    assert knows_triple(repeated, ("x_3", "h_3", "htmllabels"))
    assert not knows_triple(repeated, ("x_3", "h_3", "labels"))
    assert not knows_triple(repeated, ("x", "h", "hypertextlabels"))


def test_summary_keys_are_split_at_the_outer_bars():
    assert split_triple("c|t|choices") == ("c", "t", "choices")
    assert split_triple("c|a|b|choices") == ("c", "a|b", "choices")
