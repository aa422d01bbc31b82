import type { ToolState } from '../../core/tools'
import { rounded, toPercentPoint } from '../../engines/canvas/affine'
import type { CanvasTool } from '../../engines/canvas/canvasTool'
import { beginDrawing } from '../../engines/canvas/drawing'
import { clampPoint, type Point } from '../../engines/canvas/plane'
import { defineCanvas } from '../tag'
import { keyPointCodec } from './codec'
import { keyPointShape, pixelMiddle } from './shape'

/** One click makes one point; as a prompt, a click with Alt says "not this". */
const keyPointTool: CanvasTool = {
  id: 'tool:key-point',
  title: 'tools.keyPoint',
  hotkey: 'K',
  tags: ['KeyPoint', 'KeyPointLabels'],
  isSmart: true,
  create(stage, control) {
    const { media } = stage.content
    const diameter = Number(control.node.attrs.strokeWidth) || 2
    const idle: ToolState<Point> = {
      name: 'idle',
      cursor: 'crosshair',
      pointerDown({ at, alt }) {
        const inside = clampPoint(at, media)
        const place = control.node.attrs.snap === 'pixel' ? pixelMiddle(inside, media) : inside
        const drawing = beginDrawing(stage, control, keyPointCodec)
        const width = rounded(((diameter * stage.pixel()) / media.width) * 100)
        drawing.show({ ...toPercentPoint(place, media), width })
        drawing.finish({ is_positive: !alt })
        return idle
      },
    }
    return idle
  },
}

export const keyPointCanvas = defineCanvas({ shape: keyPointShape, tools: [keyPointTool] })
