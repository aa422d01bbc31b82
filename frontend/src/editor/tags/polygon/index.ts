import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { polygonCodec } from './codec'

const TOOL_KEYS = ['P']
const shared = {
  codec: polygonCodec,
  canvas: () => import('./canvas').then((part) => part.polygonCanvas),
  toolKeys: () => TOOL_KEYS,
}

export const polygon = defineWebTag({ ...shared, tags: ['Polygon'], view: () => null })

export const polygonLabels = defineWebTag({ ...shared, tags: ['PolygonLabels'], view: LabelGroup })
