import { isList, isObject, type JsonObject, numberOf } from '../../core/json'
import { maskOutline } from '../../engines/canvas/masks/maskOutline'
import { readMask } from '../../engines/canvas/masks/pngReader'
import { decodeRle } from '../../engines/canvas/masks/rle'
import { emptyMask, type Mask, moveMask, subtract, unite } from '../../engines/canvas/masks/runs'
import { strokeRuns } from '../../engines/canvas/masks/stroke'
import type { Size } from '../../engines/canvas/plane'
import type { ShapeType } from '../../engines/canvas/shape'
import type { Brush } from './region'

const read = new WeakMap<Brush, Mask | null | Promise<Mask | null>>()

/** Returns the pixels of a stored mask: what its `rle` or picture holds, with the strokes of a draft on top of it. */
function pixelsOf(stored: JsonObject, media: Size): Mask | null | Promise<Mask | null> {
  const { width, height } = media
  if (typeof stored.maskDataURL === 'string' && !isList(stored.rle)) {
    return readMask(stored.maskDataURL).then((mask) => (mask ? withStrokes(mask, stored, media) : null))
  }
  try {
    const base = isList(stored.rle)
      ? decodeRle(stored.rle as readonly number[], width, height)
      : emptyMask(width, height)
    return withStrokes(base, stored, media)
  } catch (error) {
    // Broken, or made for a picture of another size: it is listed and kept, but cannot be shown.
    if (error instanceof RangeError) return null
    throw error
  }
}

function withStrokes(base: Mask, stored: JsonObject, media: Size): Mask {
  let mask = base
  for (const touch of isList(stored.touches) ? stored.touches : []) {
    if (!isObject(touch) || !isList(touch.relativePoints)) continue
    const isEraser = touch.type === 'eraser'
    const share = numberOf(touch.relativeStrokeWidth) ?? 1
    const radius = (share * media.width) / 200
    const places = touch.relativePoints.map((part) => numberOf(part) ?? 0)
    let last = null
    for (let at = 0; at + 1 < places.length; at += 2) {
      const to = {
        x: ((places[at] as number) * media.width) / 100,
        y: ((places[at + 1] as number) * media.height) / 100,
      }
      const runs = strokeRuns(last ?? to, to, radius, media)
      mask = isEraser ? subtract(mask, runs) : unite(mask, runs)
      last = to
    }
  }
  return mask
}

function maskOf(shape: Brush, media: Size): Mask | null | Promise<Mask | null> {
  if (shape.mask) return shape.mask
  const known = read.get(shape)
  if (known !== undefined) return known
  const mask = pixelsOf(shape.stored, media)
  read.set(shape, mask)
  if (mask instanceof Promise) void mask.then((done) => read.set(shape, done))
  return mask
}

/** How painted masks look and change on a canvas. */
export const brushShape: ShapeType<Brush> = {
  family: 'brush',
  kind: () => 'mask',
  mask: maskOf,
  outline: (shape, media) => maskOutline(maskOf(shape, media), media),
  handles: () => [],
  dragHandle: (shape) => shape,
  transform: () => null,
  moveBy(shape, by, media) {
    const mask = maskOf(shape, media)
    return mask && !(mask instanceof Promise) ? { stored: null, mask: moveMask(mask, by.x, by.y) } : shape
  },
}
