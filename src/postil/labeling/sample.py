"""An example task for a config: for previews, and for people who want to see what their data must look like."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from postil.labeling import sample_media
from postil.labeling.config import LabelConfig, Node
from postil.labeling.derived import takes_references
from postil.labeling.references import find_references, whole_reference
from postil.labeling.sample_results import sample_result

JSONObject = dict[str, Any]

TEXT = "Sample: Your text will go here."
_COPIES = 2  # elements of a list that a Repeater goes through


def sample_task(config: LabelConfig) -> JSONObject:
    """Return example data for every field the config names; data in a comment of the config comes first."""
    written = written_sample(config)
    data = _made_data(config)
    if written is not None:
        data.update(written.get("data", {}))
    return data


def sample_document(config: LabelConfig) -> JSONObject:
    """Return `{data, annotations, predictions}`: example data with an answer to every control."""
    written = written_sample(config) or {}
    data = sample_task(config)
    result = sample_result(config, data)
    annotations = written.get("annotations")
    predictions = written.get("predictions")
    return {
        "data": data,
        "annotations": annotations if isinstance(annotations, list) else [{"result": result}],
        "predictions": predictions
        if isinstance(predictions, list)
        else [{"model_version": "sample model", "score": 0.95, "result": result}],
    }


def written_sample(config: LabelConfig) -> JSONObject | None:
    """Return the example in the first comment that holds JSON, as `{data, annotations?, predictions?}`."""
    for comment in config.comments:
        try:
            found = json.loads(comment)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found if isinstance(found.get("data"), dict) else {"data": found}
    return None


def _made_data(config: LabelConfig) -> JSONObject:
    data: JSONObject = {}
    placeholders = config.placeholders
    wishes = [
        (path, node, name, whole_reference(text) == path)
        for node in config.nodes
        for name, text in node.attrs.items()
        if "$" in text and takes_references(node, name)
        for path in find_references(text)
    ]
    # Longer paths first, so that a list is filled before the tag that only goes through it asks for one.
    for path, node, name, is_whole in sorted(wishes, key=lambda wish: -len(_steps(wish[0], placeholders, 0))):
        for index in range(_COPIES):
            steps = _steps(path, placeholders, index)
            _put(data, steps, sample_value(node, name) if is_whole else TEXT)
    return data


def _steps(path: str, placeholders: tuple[str, ...], index: int) -> list[str | int]:
    """Return a path as keys and indexes, `index` standing for the placeholders of Repeaters."""
    for flag in placeholders:
        path = path.replace(f"[{flag}]", f"[{index}]").replace(flag, str(index))
    steps: list[str | int] = []
    for part in path.split("."):
        key, *indexes = part.split("[")
        if key:
            steps.append(key)
        steps += [min(int(text), 100) if (text := piece.rstrip("]")).isdigit() else 0 for piece in indexes]
    return steps


def _put(data: JSONObject, steps: list[str | int], value: object) -> None:
    """Set a value deep in `data`, making what is missing on the way; what is there stays."""
    place: Any = data
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        fresh: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if not isinstance(place, list):
                return
            place += [type(fresh)() if isinstance(fresh, list | dict) else fresh for _ in range(step + 1 - len(place))]
        elif not isinstance(place, dict):
            return
        else:
            place.setdefault(step, fresh)
        place = place[step]


def sample_value(node: Node, attribute: str) -> object:
    """Return an example of what the task field behind an attribute of a tag may hold."""
    if attribute in _BY_ATTRIBUTE:
        return _BY_ATTRIBUTE[attribute]()
    make = _BY_TAG.get(node.tag)
    if make is not None:
        return make(node)
    return _words(node) if node.spec is not None and node.spec.kind == "labels" else TEXT


def _words(_: Node) -> list[JSONObject]:
    return [{"value": "First label", "background": "#3b7dd8"}, {"value": "Second label", "background": "#d8743b"}]


def _choices(_: Node) -> list[JSONObject]:
    return [{"value": "First choice"}, {"value": "Second choice"}]


def _tree(_: Node) -> list[JSONObject]:
    return [{"value": "Animals", "children": [{"value": "Cat"}, {"value": "Dog"}]}, {"value": "Plants"}]


def _paragraphs(node: Node) -> object:
    name, text = node.get("nameKey") or "author", node.get("textKey") or "text"
    phrases = [
        {name: "Ann", text: "Hi, how can I help you?", "start": 0.0, "end": 1.5},
        {name: "Bob", text: "I would like to book a table for two.", "start": 1.5, "end": 4.0},
        {name: "Ann", text: "With pleasure. For which day?", "start": 4.0, "end": 5.5},
    ]
    return sample_media.json_url(phrases) if node.get("valueType") == "url" else phrases


def _table(node: Node) -> object:
    kind = node.get("valueType")
    if kind.startswith("csv"):
        rows: list[list[object]] = [["name", "born"], ["Ada", 1815], ["Grace", 1906]]
        return sample_media.csv_url(rows) if "url" in kind else "name,born\nAda,1815\nGrace,1906"
    return {"name": "Ada", "born": 1815, "city": "London"}


def _list(_: Node) -> list[JSONObject]:
    return [
        {"id": "first", "title": "First item", "body": "Sample: what the first item says."},
        {"id": "second", "title": "Second item", "body": "Sample: what the second item says."},
        {"id": "third", "title": "Third item", "body": "Sample: what the third item says."},
    ]


def _chat(_: Node) -> list[JSONObject]:
    return [
        {"role": "user", "content": "Which planet is the largest?", "createdAt": 1_700_000_000_000},
        {"role": "assistant", "content": "Jupiter.", "createdAt": 1_700_000_004_000},
    ]


def _dialog(_: Node) -> list[JSONObject]:
    return [{"name": "Ann", "text": "Hi!", "date": "10:00"}, {"name": "Bob", "text": "Hello.", "date": "10:01"}]


def _image(node: Node) -> object:
    return [sample_media.picture()] * 2 if node.get("valueList") else sample_media.picture()


def _series(node: Node) -> object:
    columns = [child.get("column") for child in node.walk() if child.tag == "Channel" and child.get("column")]
    time_column, time_format = node.get("timeColumn"), node.get("timeFormat")
    names = list(dict.fromkeys(([time_column] if time_column else []) + (columns or ["value"])))
    start = datetime(2024, 1, 1, tzinfo=UTC)
    rows: list[list[object]] = []
    for row in range(100):
        moment = (start + timedelta(seconds=row)).strftime(time_format) if time_format else row
        rows.append([moment if name == time_column else (row * 7 + 13 * names.index(name)) % 50 for name in names])
    if node.get("valueType") == "json":
        return {name: [row[index] for row in rows] for index, name in enumerate(names)}
    separators = {"tab": "\t", "space": " ", "dot": ".", "comma": ",", "auto": ","}
    separator = node.get("sep") or ","
    return sample_media.csv_url([list(names), *rows], separators.get(separator, separator[:1]))


_BY_ATTRIBUTE: Mapping[str, Callable[[], object]] = {
    "audioUrl": sample_media.sound,
    "defaultPlaybackSpeed": lambda: 1,
    "frameRate": lambda: 24,
    "maxMessages": lambda: 20,
    "minMessages": lambda: 1,
    "minPlaybackSpeed": lambda: 0.5,
}
_BY_TAG: Mapping[str, Callable[[Node], object]] = {
    "Audio": lambda _: sample_media.sound(),
    "Chat": _chat,
    "Choices": _choices,
    "Dialog": _dialog,
    "HyperText": lambda _: "<h3>Sample</h3><p>Your <b>HTML</b> will go here.</p>",
    "Image": _image,
    "List": _list,
    "Paragraphs": _paragraphs,
    "Pdf": lambda _: sample_media.document(),
    "ReactCode": lambda _: {"text": TEXT},
    "Repeater": lambda _: [],
    "Table": _table,
    "Taxonomy": _tree,
    "TimeSeries": _series,
    "Video": lambda _: sample_media.video(),
}
