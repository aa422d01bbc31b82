"""Image: one picture, or a list of pages."""

from postil.labeling.spec import Attr, TagSpec
from postil.labeling.tags.common import NAME

IMAGE = TagSpec(
    name="Image",
    kind="object",
    family="image",
    doc="Shows a picture to draw on.",
    attrs={
        "name": NAME,
        "value": Attr("field", required=True, doc="Task field with the URL. Either this or valueList."),
        "valueList": Attr("field", doc="Task field with a list of URLs, shown as pages."),
        "smoothing": Attr("boolean", doc="Smooths pixels when scaled; unset follows the user's setting."),
        "width": Attr("size", "100%", "Width of the view."),
        "height": Attr("size", doc="Height of the view."),
        "maxWidth": Attr("size", "100%", "Largest width of the view."),
        "maxHeight": Attr("size", "calc(100vh - 194px)", "Largest height of the view."),
        "zoom": Attr("boolean", default=True, doc="Lets the wheel with Ctrl zoom."),
        "negativeZoom": Attr("boolean", default=False, doc="Lets the picture become smaller than the view."),
        "zoomBy": Attr("number", 1.1, "Factor of one step of the zoom buttons."),
        "grid": Attr("boolean", default=False, doc="Shows a grid."),
        "gridSize": Attr("integer", 30, "Cell of the grid in pixels."),
        "gridColor": Attr("color", "#EEEEF4", "Color of the grid."),
        "zoomControl": Attr("boolean", default=True, doc="Shows buttons for zoom and pan."),
        "brightnessControl": Attr("boolean", default=False, doc="Shows a brightness slider."),
        "contrastControl": Attr("boolean", default=False, doc="Shows a contrast slider."),
        "rotateControl": Attr("boolean", default=False, doc="Shows buttons that turn the picture."),
        "selectionControl": Attr("boolean", default=True, doc="Shows the tool that selects and moves regions."),
        "crosshair": Attr("boolean", default=False, doc="Shows a full-size cross hair under the pointer."),
        "showLabels": Attr("boolean", default=False, doc="Shows labels on regions."),
        "horizontalAlignment": Attr(
            "enum", "left", "Place of the picture in the view.", values=("left", "center", "right")
        ),
        "verticalAlignment": Attr(
            "enum", "top", "Place of the picture in the view.", values=("top", "center", "bottom")
        ),
        "defaultZoom": Attr("enum", "fit", "Scale when opened.", values=("auto", "original", "fit")),
        "crossOrigin": Attr(
            "enum", "none", "CORS mode of the request.", values=("none", "anonymous", "use-credentials")
        ),
    },
)
