import type { CanvasTool } from '../../engines/canvas/canvasTool'
import { spanTool } from '../../engines/canvas/spanTool'
import { defineCanvas } from '../tag'
import { ellipseCodec } from './codec'
import { around, ellipseShape } from './shape'

/** Drag from the middle outwards, or click the middle and a point of the border. */
const ellipseTool: CanvasTool = {
  id: 'tool:ellipse',
  title: 'tools.ellipse',
  hotkey: 'O',
  tags: ['Ellipse', 'EllipseLabels'],
  isSmart: true,
  create: (stage, control) =>
    spanTool({
      stage,
      control,
      codec: ellipseCodec,
      between: (start, end) => around(start, end, stage.content.media),
      sized: (at, side) => around(at, { x: at.x + side / 2, y: at.y + side / 2 }, stage.content.media),
    }),
}

export const ellipseCanvas = defineCanvas({ shape: ellipseShape, tools: [ellipseTool] })
