"""Video and what is drawn on it: boxes with keyframes, spans of frames, vectors."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import (
    HOTKEY,
    LABEL_CHILDREN,
    LABEL_WORDS,
    LABELS,
    NAME,
    OPTIONAL_LABEL_WORDS,
    SYNC,
    to_name,
)
from postil.labeling.tags.vector import VERTICES

SPEED = "playback speed, 0.05 to 10."

VIDEO = TagSpec(
    name="Video",
    kind="object",
    family="video",
    doc="Plays a video with a timeline of its regions.",
    attrs={
        "name": NAME,
        "value": Attr("field", required=True, doc="Task field with the URL."),
        "frameRate": Attr("number", 24, "Frames a second; below 1 it means seconds a frame.", or_field=True, minimum=0),
        "sync": SYNC,
        "muted": Attr("boolean", default=False, doc="Starts without sound."),
        "height": Attr("integer", 600, "Height of the player in pixels."),
        "timelineHeight": Attr("integer", 64, "Height of the timeline in pixels."),
        "defaultPlaybackSpeed": Attr("number", 1, f"Initial {SPEED}", or_field=True),
        "minPlaybackSpeed": Attr("number", 0.25, f"Lowest {SPEED}", or_field=True),
        "hotkey": HOTKEY,
    },
)

FRAME = Value("integer", minimum=0)
KEYFRAME = Value(
    "object",
    fields={
        "frame": FRAME,
        "time": Value("number"),
        "x": Value("number", maximum=100),
        "y": Value("number", maximum=100),
        "width": Value("number", maximum=100),
        "height": Value("number", maximum=100),
        "rotation": Value("number", required=False, maximum=360),
        "enabled": Value("boolean", required=False),
    },
)

VIDEO_RECTANGLE = TagSpec(
    name="VideoRectangle",
    kind="shape",
    family="video",
    doc="Draws boxes that move from keyframe to keyframe. Takes its labels from Labels on the same video.",
    attrs={"name": NAME, "toName": to_name("Video")},
    targets=("Video",),
    result_type="videorectangle",
    units="frames, percent",
    value={
        "framesCount": Value("integer", minimum=0),
        "duration": Value("number", minimum=0),
        "sequence": Value("list", item=KEYFRAME),
        "labels": OPTIONAL_LABEL_WORDS,
    },
)

TIMELINE_LABELS = TagSpec(
    name="TimelineLabels",
    kind="labels",
    family="video",
    doc="Labels spans of frames on the timeline.",
    attrs={"name": NAME, "toName": to_name("Video"), **LABELS},
    children=LABEL_CHILDREN,
    targets=("Video",),
    result_type="timelinelabels",
    units="frames",
    value={
        "ranges": Value("list", item=Value("object", fields={"start": FRAME, "end": FRAME}), at_least=1),
        "timelinelabels": LABEL_WORDS,
    },
)

VECTOR_KEYFRAMES = {
    "framesCount": Value("integer", minimum=0),
    "duration": Value("number", minimum=0),
    "sequence": Value(
        "list",
        item=Value(
            "object",
            fields={
                "frame": FRAME,
                "enabled": Value("boolean", required=False),
                "closed": Value("boolean", required=False),
                "vertices": VERTICES,
            },
        ),
    ),
    "labels": OPTIONAL_LABEL_WORDS,
}

VECTOR_ATTRS = {
    "closable": Attr("boolean", default=False, doc="Lets paths be closed."),
    "skeleton": Attr("boolean", default=False, doc="Lets paths branch."),
    "minPoints": Attr("integer", doc="Smallest number of points.", minimum=0),
    "maxPoints": Attr("integer", doc="Largest number of points.", minimum=0),
}

VIDEO_VECTOR = TagSpec(
    name="VideoVector",
    kind="shape",
    family="video",
    doc="Draws paths that move from keyframe to keyframe.",
    edition="enterprise",
    attrs={"name": NAME, "toName": to_name("Video"), **VECTOR_ATTRS},
    targets=("Video",),
    result_type="videovector",
    units="frames, percent",
    value=VECTOR_KEYFRAMES,
)

VIDEO_VECTOR_LABELS = TagSpec(
    name="VideoVectorLabels",
    kind="labels",
    family="video",
    doc="Draws labeled paths that move from keyframe to keyframe.",
    edition="enterprise",
    attrs={"name": NAME, "toName": to_name("Video"), **LABELS, **VECTOR_ATTRS},
    children=LABEL_CHILDREN,
    targets=("Video",),
    result_type="videovectorlabels",
    units="frames, percent",
    value=VECTOR_KEYFRAMES,
)
