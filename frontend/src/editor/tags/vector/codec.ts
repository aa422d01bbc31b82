import { isList, isObject, numberOf } from '../../core/json'
import type { RegionCodec } from '../../core/region'
import type { Vector, Vertex } from './region'

/** Reads and writes paths (results of Vector and VectorLabels). */
export const vectorCodec: RegionCodec<Vector> = {
  family: 'vector',
  keys: ['vertices', 'closed'],
  decode({ vertices, closed }) {
    if (!isList(vertices) || vertices.length === 0) return null
    const areGood = vertices.every(
      (vertex) => isObject(vertex) && numberOf(vertex.x) !== null && numberOf(vertex.y) !== null,
    )
    return areGood ? { vertices: vertices as readonly Vertex[], closed: closed === true } : null
  },
  encode: ({ vertices, closed }) => ({ vertices, closed }),
  isIncomplete: ({ vertices }) => vertices.length < 2,
}
