import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { bitmaskCodec } from './codec'

const TOOL_KEYS = ['B', 'E', '[', ']']
const shared = {
  codec: bitmaskCodec,
  canvas: () => import('./canvas').then((part) => part.bitmaskCanvas),
  toolKeys: () => TOOL_KEYS,
}

export const bitmask = defineWebTag({ ...shared, tags: ['Bitmask'], view: () => null })

export const bitmaskLabels = defineWebTag({ ...shared, tags: ['BitmaskLabels'], view: LabelGroup })
