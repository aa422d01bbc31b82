import type { Control } from '../../core/taskConfig'
import type { ToolState } from '../../core/tools'
import type { CanvasTool } from '../../engines/canvas/canvasTool'
import { beginDrawing, type Drawing } from '../../engines/canvas/drawing'
import { clampPoint, distance, type Point } from '../../engines/canvas/plane'
import { spanTool } from '../../engines/canvas/spanTool'
import type { Stage } from '../../engines/canvas/stage'
import { rectangleCodec } from './codec'
import type { Rectangle } from './region'
import { spanning, throughThree } from './shape'

type State = ToolState<Point>

const LEAST = 3

function rectangleTool(stage: Stage, control: Control): State {
  const { media } = stage.content
  const snaps = control.node.attrs.snap === 'pixel'
  return spanTool({
    stage,
    control,
    codec: rectangleCodec,
    between: (start, end) => spanning(start, end, media, snaps),
    sized(at, side) {
      const from = clampPoint({ x: at.x - side / 2, y: at.y - side / 2 }, media)
      return spanning(from, { x: from.x + side, y: from.y + side }, media, snaps)
    },
  })
}

/** Two clicks give one edge and its direction, the third one the height. */
function threePointTool(stage: Stage, control: Control): State {
  const { media } = stage.content
  const idle: State = {
    name: 'idle',
    cursor: 'crosshair',
    pointerUp: (input) => edging(clampPoint(input.at, media), beginDrawing(stage, control, rectangleCodec)),
  }
  const edging = (a: Point, box: Drawing<Rectangle>): State => {
    const self: State = {
      name: 'edging',
      cursor: 'crosshair',
      pointerMove(input) {
        if (distance(a, input.at) >= LEAST * stage.pixel()) {
          box.show(throughThree(a, clampPoint(input.at, media), clampPoint(input.at, media), media))
        }
        return self
      },
      pointerUp(input) {
        return distance(a, input.at) < LEAST * stage.pixel() ? self : raising(a, clampPoint(input.at, media), box)
      },
      cancel() {
        box.drop()
        return idle
      },
    }
    return self
  }
  const raising = (a: Point, b: Point, box: Drawing<Rectangle>): State => {
    const self: State = {
      name: 'raising',
      cursor: 'crosshair',
      pointerMove(input) {
        box.show(throughThree(a, b, clampPoint(input.at, media), media))
        return self
      },
      pointerUp(input) {
        box.show(throughThree(a, b, clampPoint(input.at, media), media))
        box.finish()
        return idle
      },
      cancel() {
        box.drop()
        return idle
      },
    }
    return self
  }
  return idle
}

const TAGS = ['Rectangle', 'RectangleLabels']

export const rectangleTools: readonly CanvasTool[] = [
  { id: 'tool:rect', title: 'tools.rectangle', hotkey: 'R', tags: TAGS, isSmart: true, create: rectangleTool },
  {
    id: 'tool:rect-3point',
    title: 'tools.rectangle3',
    hotkey: 'shift+R',
    tags: TAGS,
    create: threePointTool,
  },
]
