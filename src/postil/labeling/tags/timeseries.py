"""TimeSeries with its channels, and spans on it."""

from postil.labeling.spec import Attr, TagSpec, Value
from postil.labeling.tags.common import HOTKEY, LABEL_WORDS, LABELS, NAME, SYNC, fraction, to_name

CURVES = (
    "curveBasis", "curveBasisOpen", "curveBundle", "curveCardinal", "curveCardinalOpen", "curveCatmullRom",
    "curveCatmullRomOpen", "curveLinear", "curveMonotoneX", "curveMonotoneY", "curveNatural", "curveRadial",
    "curveStep", "curveStepAfter", "curveStepBefore",
)  # fmt: skip

PLOT = {
    "height": Attr("integer", 200, "Height of the plot in pixels."),
    "showAxis": Attr("boolean", default=True, doc="Shows both axes."),
    "showYAxis": Attr("boolean", default=True, doc="Shows the y axis."),
    "fixedScale": Attr("boolean", doc="Keeps the y scale fixed; unset follows the TimeSeries."),
}

TIME_SERIES = TagSpec(
    name="TimeSeries",
    kind="object",
    family="timeseries",
    doc="Plots series over time.",
    attrs={
        "name": NAME,
        "value": Attr("field", required=True, doc="Task field with a URL, or with the columns."),
        "valueType": Attr("enum", "url", "Whether the field holds a URL or the columns.", values=("url", "json")),
        "timeColumn": Attr("string", "", "Name or index of the time column; empty counts the rows."),
        "timeFormat": Attr("format", "", "How times are written, as in strftime (UTC)."),
        "timeDisplayFormat": Attr("format", "", "How times are shown: strftime, a number format, or date."),
        "durationDisplayFormat": Attr("format", ".0f", "How selected durations are shown."),
        "sep": Attr("string", ",", "Separator of the CSV: a character, or auto, tab, space, comma, dot."),
        "overviewChannels": Attr("string", "", "Columns of the overview (comma list)."),
        "overviewWidth": Attr("size", "25%", "Width of the visible window when opened."),
        "fixedScale": Attr("boolean", default=False, doc="Keeps the y scale of all channels fixed."),
        "multiAxis": Attr("boolean", default=False, doc="Old form: all channels in one plot."),
        "sync": SYNC,
        "cursorColor": Attr("color", doc="Color of the playback cursor."),
        "hotkey": HOTKEY,
    },
    children=("Channel", "MultiChannel", "View", "HyperText"),
)

CHANNEL = TagSpec(
    name="Channel",
    kind="part",
    family="timeseries",
    doc="One plotted column of a TimeSeries.",
    attrs={
        "column": Attr("string", required=True, doc="Name or index of the column."),
        "legend": Attr("string", "", "Name shown beside the plot."),
        "units": Attr("string", "", "Unit shown beside the plot."),
        "displayFormat": Attr("format", ".1f", "How values are shown."),
        "interpolation": Attr("enum", "curveStep", "Shape of the line.", values=CURVES),
        "strokeColor": Attr("color", doc="Color of the line; otherwise from a palette."),
        "strokeWidth": Attr("number", 1, "Width of the line in pixels."),
        "markerColor": Attr("color", doc="Color of the markers; otherwise from a palette."),
        "markerSize": Attr("number", 0, "Size of the markers; 0 hides them."),
        "markerSymbol": Attr("string", "circle", "Shape of the markers."),
        "timeRange": Attr("string", doc="Shown range of times: from,to."),
        "dataRange": Attr("string", doc="Shown range of values: from,to."),
        **PLOT,
    },
    parents=("TimeSeries", "MultiChannel"),
)

MULTI_CHANNEL = TagSpec(
    name="MultiChannel",
    kind="part",
    family="timeseries",
    doc="Several channels in one plot.",
    attrs=PLOT,
    children=("Channel",),
    parents=("TimeSeries",),
)

TIME_SERIES_LABELS = TagSpec(
    name="TimeSeriesLabels",
    kind="labels",
    family="timeseries",
    doc="Labels spans and moments of a time series.",
    attrs={
        "name": NAME,
        "toName": to_name("TimeSeries"),
        **LABELS,
        "opacity": fraction(0.9, "Opacity of the spans."),
        "fillColor": Attr("color", doc="Fill color where the label has none."),
        "strokeColor": Attr("color", "#f48a42", "Color of the outline."),
        "strokeWidth": Attr("integer", 1, "Width of the outline in pixels."),
    },
    children=("Label", "Labels", "Choice"),
    targets=("TimeSeries",),
    result_type="timeserieslabels",
    units="time",
    value={
        "start": Value("position"),
        "end": Value("position"),
        "instant": Value("boolean", required=False),
        "timeserieslabels": LABEL_WORDS,
    },
)
