import { numberOf } from '../../core/json'
import type { RegionCodec } from '../../core/region'
import type { KeyPoint } from './region'

/** Reads and writes points (results of KeyPoint and KeyPointLabels); what has a height is a box. */
export const keyPointCodec: RegionCodec<KeyPoint> = {
  family: 'keypoint',
  keys: ['x', 'y', 'width'],
  fields: ['x', 'y'],
  decode(value) {
    const [x, y] = [value.x, value.y].map(numberOf)
    if (x == null || y == null || value.height !== undefined) return null
    return { x, y, width: numberOf(value.width) ?? 0 }
  },
  encode: ({ x, y, width }) => ({ x, y, width }),
}
