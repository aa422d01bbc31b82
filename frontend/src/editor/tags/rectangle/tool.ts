import type { RegionRecord } from '../../core/document'
import { finishRegion, makeRegion } from '../../core/labeling'
import type { Control } from '../../core/taskConfig'
import type { ToolState } from '../../core/tools'
import type { CanvasTool } from '../../engines/canvas/canvasTool'
import { clampPoint, distance, type Point } from '../../engines/canvas/plane'
import type { Stage } from '../../engines/canvas/selectTool'
import { rectangleCodec } from './codec'
import type { Rectangle } from './region'
import { spanning, throughThree } from './shape'

type State = ToolState<Point>

const LEAST = 3
const BY_DOUBLE_CLICK = 30

/** A box that is being drawn: puts it into the document, changes it, takes it back. */
function drawing(stage: Stage, control: Control) {
  const { editor, content } = stage
  const mark = editor.mark('draw')
  const id = editor.newId()
  let drawn: RegionRecord | null = null
  return {
    show(shape: Rectangle): boolean {
      const first =
        drawn ??
        makeRegion(editor, {
          id,
          object: content.object,
          codec: rectangleCodec,
          shape,
          shapeControl: control.isLabels ? null : control,
        })
      if (!first) return false
      const value = rectangleCodec.encode(shape)
      const items = first.items.map((item) => ({ ...item, value: { ...item.value, ...value } }))
      const next = { ...first, shape, items }
      editor.dispatch([[id, drawn, next]])
      drawn = next
      return true
    },
    drop: () => editor.rollback(mark),
    finish() {
      if (drawn) finishRegion(editor, drawn)
    },
  }
}

/** Drag, or click two opposite corners, or double click for a box of a common size. */
function rectangleTool(stage: Stage, control: Control): State {
  const { media } = stage.content
  const snaps = control.node.attrs.snap === 'pixel'
  const idle: State = {
    name: 'idle',
    cursor: 'crosshair',
    pointerDown: (input) => dragging(input.at, drawing(stage, control)),
  }
  const finish = (start: Point, end: Point, box: ReturnType<typeof drawing>): State => {
    const far = Math.min(Math.abs(end.x - start.x), Math.abs(end.y - start.y))
    if (far < LEAST * stage.pixel()) box.drop()
    else {
      box.show(spanning(start, end, media, snaps))
      box.finish()
    }
    return idle
  }
  const cancelled = (box: ReturnType<typeof drawing>) => () => {
    box.drop()
    return idle
  }
  const dragging = (start: Point, box: ReturnType<typeof drawing>): State => {
    const self: State = {
      name: 'dragging',
      cursor: 'crosshair',
      pointerMove(input) {
        if (distance(start, input.at) >= LEAST * stage.pixel()) box.show(spanning(start, input.at, media, snaps))
        return self
      },
      pointerUp: (input) =>
        distance(start, input.at) < LEAST * stage.pixel() ? stretching(start, box) : finish(start, input.at, box),
      cancel: cancelled(box),
    }
    return self
  }
  const stretching = (start: Point, box: ReturnType<typeof drawing>): State => {
    let isPressed = false
    const self: State = {
      name: 'stretching',
      cursor: 'crosshair',
      pointerDown() {
        isPressed = true
        return self
      },
      pointerMove(input) {
        if (distance(start, input.at) >= LEAST * stage.pixel()) box.show(spanning(start, input.at, media, snaps))
        return self
      },
      pointerUp(input) {
        if (!isPressed) return self
        if (input.clicks < 2 || distance(start, input.at) >= 2 * LEAST * stage.pixel())
          return finish(start, input.at, box)
        const side = BY_DOUBLE_CLICK * stage.pixel()
        const from = clampPoint({ x: start.x - side / 2, y: start.y - side / 2 }, media)
        return finish(from, { x: from.x + side, y: from.y + side }, box)
      },
      cancel: cancelled(box),
    }
    return self
  }
  return idle
}

/** Two clicks give one edge and its direction, the third one the height. */
function threePointTool(stage: Stage, control: Control): State {
  const { media } = stage.content
  const idle: State = {
    name: 'idle',
    cursor: 'crosshair',
    pointerUp: (input) => edging(clampPoint(input.at, media), drawing(stage, control)),
  }
  const edging = (a: Point, box: ReturnType<typeof drawing>): State => {
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
  const raising = (a: Point, b: Point, box: ReturnType<typeof drawing>): State => {
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
  { id: 'tool:rect', title: 'tools.rectangle', hotkey: 'R', icon: 'rectangle', tags: TAGS, create: rectangleTool },
  {
    id: 'tool:rect-3point',
    title: 'tools.rectangle3',
    hotkey: 'shift+R',
    icon: 'rectangle3',
    tags: TAGS,
    create: threePointTool,
  },
]
