import { numberOf } from '../../core/json'
import type { RegionCodec } from '../../core/region'
import type { Rectangle } from './region'

/** Reads and writes boxes (results of Rectangle and RectangleLabels). */
export const rectangleCodec: RegionCodec<Rectangle> = {
  family: 'rectangle',
  keys: ['x', 'y', 'width', 'height', 'rotation'],
  fields: ['x', 'y', 'width', 'height', 'rotation'],
  decode(value) {
    const [x, y, width, height] = [value.x, value.y, value.width, value.height].map(numberOf)
    if (x == null || y == null || width == null || height == null) return null
    return { x, y, width, height, rotation: numberOf(value.rotation) ?? 0 }
  },
  encode: ({ x, y, width, height, rotation }) => ({ x, y, width, height, rotation }),
}
