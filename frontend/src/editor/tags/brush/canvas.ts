import { type MaskFamily, paintTools } from '../../engines/canvas/masks/paintTool'
import { defineCanvas } from '../tag'
import { brushCodec } from './codec'
import type { Brush } from './region'
import { brushShape } from './shape'
import { wandTool } from './wandTool'

const family: MaskFamily<Brush> = { codec: brushCodec, shapeOf: (mask) => ({ stored: null, mask }) }

export const brushCanvas = defineCanvas({
  shape: brushShape,
  tools: [...paintTools(family, ['Brush', 'BrushLabels'], ['MagicWand']), wandTool(family)],
})
