"""Masks in results: what was painted on an image."""

from postil.formats.coco_shapes import size_of
from postil.formats.image_files import labeled_image
from postil.formats.records import Entry
from postil.labeling.config import LabelConfig, ObjectTag
from postil.labeling.geometry import RleError, decode_rle


def painted_image(config: LabelConfig) -> ObjectTag | None:
    """Return the image on which masks with labels can be painted."""
    return labeled_image(config, {"BrushLabels"}, {"Brush"})


def mask_of(entry: Entry) -> tuple[bytes, int, int]:
    """Return a mask with one byte a pixel, its width and height; raises `RleError`."""
    size, rle = size_of(entry), entry.value.get("rle")
    if size is None or not isinstance(rle, list):
        raise RleError("is no mask, or does not say how large the image is")
    width, height = int(size[0]), int(size[1])
    mask = decode_rle(rle)
    if len(mask) != width * height:
        raise RleError(f"the mask has {len(mask)} pixels, the image {width * height}")
    return mask, width, height
