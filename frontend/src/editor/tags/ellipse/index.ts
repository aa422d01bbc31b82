import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { ellipseCodec } from './codec'

const TOOL_KEYS = ['O']
const shared = {
  codec: ellipseCodec,
  canvas: () => import('./canvas').then((part) => part.ellipseCanvas),
  toolKeys: () => TOOL_KEYS,
}

export const ellipse = defineWebTag({ ...shared, tags: ['Ellipse'], view: () => null })

export const ellipseLabels = defineWebTag({ ...shared, tags: ['EllipseLabels'], view: LabelGroup })
