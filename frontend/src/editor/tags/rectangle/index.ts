import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { rectangleCodec } from './codec'

const TOOL_KEYS = ['R', 'shift+R']
const shared = {
  codec: rectangleCodec,
  canvas: () => import('./canvas').then((part) => part.rectangleCanvas),
  toolKeys: () => TOOL_KEYS,
}

export const rectangle = defineWebTag({ ...shared, tags: ['Rectangle'], view: () => null })

export const rectangleLabels = defineWebTag({ ...shared, tags: ['RectangleLabels'], view: LabelGroup })
