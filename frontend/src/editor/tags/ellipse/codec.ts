import { numberOf } from '../../core/json'
import type { RegionCodec } from '../../core/region'
import type { Ellipse } from './region'

/** Reads and writes ellipses (results of Ellipse and EllipseLabels). */
export const ellipseCodec: RegionCodec<Ellipse> = {
  family: 'ellipse',
  keys: ['x', 'y', 'radiusX', 'radiusY', 'rotation'],
  fields: ['x', 'y', 'radiusX', 'radiusY', 'rotation'],
  decode(value) {
    const [x, y, radiusX, radiusY] = [value.x, value.y, value.radiusX, value.radiusY].map(numberOf)
    if (x == null || y == null || radiusX == null || radiusY == null) return null
    return { x, y, radiusX, radiusY, rotation: numberOf(value.rotation) ?? 0 }
  },
  encode: ({ x, y, radiusX, radiusY, rotation }) => ({ x, y, radiusX, radiusY, rotation }),
}
