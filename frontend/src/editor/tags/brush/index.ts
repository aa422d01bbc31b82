import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { brushCodec } from './codec'

const PAINT_KEYS = ['B', 'E', '[', ']']
const WAND_KEYS = ['W', 'E', '[', ']']
const shared = {
  codec: brushCodec,
  canvas: () => import('./canvas').then((part) => part.brushCanvas),
  toolKeys: () => PAINT_KEYS,
}

export const brush = defineWebTag({ ...shared, tags: ['Brush'], view: () => null })

export const brushLabels = defineWebTag({ ...shared, tags: ['BrushLabels'], view: LabelGroup })

export const magicWand = defineWebTag({ ...shared, tags: ['MagicWand'], view: () => null, toolKeys: () => WAND_KEYS })
