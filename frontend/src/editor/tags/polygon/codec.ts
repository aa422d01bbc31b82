import { isList, numberOf } from '../../core/json'
import type { RegionCodec } from '../../core/region'
import type { Polygon } from './region'

/** Reads and writes polygons (results of Polygon and PolygonLabels). */
export const polygonCodec: RegionCodec<Polygon> = {
  family: 'polygon',
  keys: ['points', 'closed'],
  decode({ points, closed }) {
    if (!isList(points) || points.length === 0) return null
    const read = points.map((point): readonly [number, number] | null => {
      const [x, y] = isList(point) ? point.map(numberOf) : []
      return x == null || y == null ? null : [x, y]
    })
    if (read.includes(null)) return null
    return { points: read as Polygon['points'], closed: closed !== false }
  },
  encode: ({ points, closed }) => ({ points, closed }),
  isIncomplete: ({ closed }) => !closed,
}
