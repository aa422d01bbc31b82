"""Audio: a waveform. Its regions are made by `Labels`."""

from postil.labeling.spec import Attr, TagSpec
from postil.labeling.tags.common import HOTKEY, NAME, SYNC

AUDIO = TagSpec(
    name="Audio",
    kind="object",
    family="audio",
    doc="Plays a recording and shows its waveform.",
    aliases=("AudioPlus",),
    attrs={
        "name": NAME,
        "value": Attr("field", required=True, doc="Task field with the URL."),
        "muted": Attr("boolean", default=False, doc="Starts without sound."),
        "zoom": Attr("boolean", default=True, doc="Shows the zoom slider."),
        "defaultZoom": Attr("number", 1, "Zoom when opened, 1 to 1500."),
        "volume": Attr("boolean", default=True, doc="Shows the volume slider."),
        "defaultVolume": Attr("number", 1, "Volume when opened, 0 to 1."),
        "speed": Attr("boolean", default=True, doc="Shows the speed slider."),
        "defaultSpeed": Attr("number", 1, "Speed when opened, 0.5 to 2."),
        "defaultScale": Attr("number", 1, "Vertical scale of the waveform."),
        "hotkey": HOTKEY,
        "sync": SYNC,
        "height": Attr("integer", 96, "Height in pixels."),
        "waveHeight": Attr("integer", 32, "Smallest height of a channel in pixels."),
        "splitChannels": Attr("boolean", default=False, doc="Shows one waveform a channel."),
        "spectrogram": Attr("boolean", default=False, doc="Shows the spectrogram at once."),
        "decoder": Attr(
            "enum", "webaudio", "How the sound is decoded; none shows no waveform.",
            values=("webaudio", "ffmpeg", "none"),
        ),
        "player": Attr("enum", "html5", "What plays the sound.", values=("html5", "webaudio")),
        "cursorWidth": Attr("integer", 2, "Width of the playhead in pixels."),
        "cursorColor": Attr("color", "#333", "Color of the playhead."),
        "autoCenter": Attr("boolean", default=True, doc="Keeps the playhead in view."),
        "scrollParent": Attr("boolean", default=True, doc="Accepted for old configs; has no effect."),
        "showLabels": Attr("boolean", default=False, doc="Shows labels on regions."),
        "showScores": Attr("boolean", default=False, doc="Accepted for old configs; has no effect."),
    },
)  # fmt: skip
