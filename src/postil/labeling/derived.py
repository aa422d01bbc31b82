"""What the API tells about a config: its parsed form, weights, data types."""

from typing import Any

from postil.labeling.config import Control, LabelConfig, Node, ObjectTag
from postil.labeling.references import find_references, root_key, whole_reference

JSONObject = dict[str, Any]


def parsed_label_config(config: LabelConfig) -> dict[str, JSONObject]:
    """Return the controls by name, each with its objects and labels: `project.parsed_label_config`."""
    return {name: _parsed_control(config, control) for name, control in config.controls.items()}


def _parsed_control(config: LabelConfig, control: Control) -> JSONObject:
    parsed: JSONObject = {"type": written_tag(control.node), "to_name": list(control.to_name)}
    flags = [flag for flag in control.placeholders if any(flag in name for name in control.to_name)]
    if flags:
        parsed["regex"] = dict.fromkeys(flags, ".*")
    conditionals = _conditionals(control.node)
    if conditionals:
        parsed["conditionals"] = conditionals
    if control.is_dynamic:
        parsed["dynamic_labels"] = True
    parsed["inputs"] = [_parsed_input(config.objects[name]) for name in control.to_name if name in config.objects]
    parsed["labels"] = list(control.labels)
    parsed["labels_attrs"] = {word: dict(attrs) for word, attrs in control.labels.items()}
    return parsed


def written_tag(node: Node) -> str:
    """Return the name clients expect: old names as written, other capitals corrected."""
    # LS: clients compare this with the tag as it stands in the config, for example AudioPlus.
    return node.written if node.spec is not None and node.written in node.spec.aliases else node.tag


def _parsed_input(found: ObjectTag) -> JSONObject:
    parsed: JSONObject = {"type": written_tag(found.node), "valueType": found.node.attrs.get("valueType")}
    key = "valueList" if found.node.get("valueList") else "value"
    parsed[key] = found.node.get(key).lstrip("$")
    return parsed


def _conditionals(node: Node) -> dict[str, str]:
    if node.get("perRegion") != "true":
        return {}
    for kind, attribute in (("tag", "whenTagName"), ("label", "whenLabelValue"), ("choice", "whenChoiceValue")):
        if node.get(attribute):
            return {"type": kind, "name": node.get(attribute)}
    return {}


def control_weights(config: LabelConfig) -> dict[str, JSONObject]:
    """Return the weight of each control and label, all 1: `project.control_weights`."""
    return {
        name: {"overall": 1.0, "type": written_tag(control.node), "labels": dict.fromkeys(control.labels, 1.0)}
        for name, control in config.controls.items()
    }


def config_has_control_tags(config: LabelConfig) -> bool:
    """Whether anything can be labeled."""
    return bool(config.controls)


def config_suitable_for_bulk_annotation(config: LabelConfig) -> bool:
    """Whether one answer may be given to many tasks: no regions, no per-region or per-item answers, fixed words."""
    return bool(config.controls) and not any(
        control.is_region or control.is_per_region or control.is_per_item or control.is_dynamic
        for control in config.controls.values()
    )


def data_types(config: LabelConfig) -> dict[str, str]:
    """Return the tag that shows each task field: `{"text": "Text"}`. Fields inside a longer text are left out."""
    types: dict[str, str] = {}
    for node, path in data_references(config):
        key = root_key(path) if "[" in path else path
        if types.get(key) != "Video":  # LS: a field used by a Video counts as one, whatever comes after
            types[key] = written_tag(node)
    return types


def data_references(config: LabelConfig) -> list[tuple[Node, str]]:
    """Return every tag that takes its whole data from one task field, with the path."""
    found = []
    for node in config.nodes:
        if node.spec is not None and node.spec.kind == "label":
            continue  # a choice such as "$100" is a word, not a field that tasks must have
        for attribute in ("value", "valueList", "on"):
            path = whole_reference(node.get(attribute))
            if path and (attribute != "on" or node.tag == "Repeater"):
                found.append((node, path))
    return found


def data_keys(config: LabelConfig) -> list[str]:
    """Return every task field that the config names anywhere, in order of appearance."""
    keys: dict[str, None] = {}
    for node in config.nodes:
        for name, text in node.attrs.items():
            if "$" in text and takes_references(node, name):
                keys.update(dict.fromkeys(root_key(path) for path in find_references(text)))
    return list(keys)


def takes_references(node: Node, attribute: str) -> bool:
    """Whether `$field` in this attribute stands for task data."""
    if node.spec is None:
        return attribute in {"value", "valueList"}
    attr = node.spec.attrs.get(attribute)
    return attr is not None and (attr.type in {"field", "template"} or attr.or_field)


def first_data_key(config: LabelConfig) -> str | None:
    """Return the field that data without a name belongs to."""
    whole = next((root_key(path) for _, path in data_references(config)), None)
    return whole if whole is not None else next(iter(data_keys(config)), None)


def essential_data(config: LabelConfig) -> JSONObject:
    """Return what annotations depend on; when it changes, earlier annotations may no longer fit."""
    return {
        "controls": {
            name: [list(control.to_name), control.type, sorted(control.labels)]
            for name, control in config.controls.items()
        },
        "data": sorted(data_types(config)),
    }


def essential_data_changed(old: LabelConfig, new: LabelConfig) -> bool:
    """Whether controls, links, labels or data fields differ: `config_essential_data_has_changed`."""
    return essential_data(old) != essential_data(new)
