import { type MaskFamily, paintTools } from '../../engines/canvas/masks/paintTool'
import { defineCanvas } from '../tag'
import { bitmaskCodec } from './codec'
import type { Bitmask } from './region'
import { bitmaskShape } from './shape'

const family: MaskFamily<Bitmask> = { codec: bitmaskCodec, shapeOf: (mask) => ({ url: null, mask }) }

export const bitmaskCanvas = defineCanvas({
  shape: bitmaskShape,
  tools: paintTools(family, ['Bitmask', 'BitmaskLabels']),
})
