import { maskOutline } from '../../engines/canvas/masks/maskOutline'
import { readMask } from '../../engines/canvas/masks/pngReader'
import { type Mask, moveMask } from '../../engines/canvas/masks/runs'
import type { ShapeType } from '../../engines/canvas/shape'
import type { Bitmask } from './region'

const read = new WeakMap<Bitmask, Mask | null | Promise<Mask | null>>()

function maskOf(shape: Bitmask): Mask | null | Promise<Mask | null> {
  if (shape.mask) return shape.mask
  const known = read.get(shape)
  if (known !== undefined) return known
  const reading = readMask(shape.url)
  read.set(shape, reading)
  void reading.then((mask) => read.set(shape, mask))
  return reading
}

/** How masks that are stored as pictures look and change on a canvas. */
export const bitmaskShape: ShapeType<Bitmask> = {
  family: 'bitmask',
  kind: () => 'mask',
  mask: maskOf,
  outline: (shape, media) => maskOutline(maskOf(shape), media),
  handles: () => [],
  dragHandle: (shape) => shape,
  transform: () => null,
  moveBy(shape, by) {
    const mask = maskOf(shape)
    return mask && !(mask instanceof Promise) ? { url: null, mask: moveMask(mask, by.x, by.y) } : shape
  },
}
