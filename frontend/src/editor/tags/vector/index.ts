import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { vectorCodec } from './codec'

const TOOL_KEYS = ['P']
const shared = {
  codec: vectorCodec,
  canvas: () => import('./canvas').then((part) => part.vectorCanvas),
  toolKeys: () => TOOL_KEYS,
}

export const vector = defineWebTag({ ...shared, tags: ['Vector'], view: () => null })

export const vectorLabels = defineWebTag({ ...shared, tags: ['VectorLabels'], view: LabelGroup })
