import type { RegionCodec } from '../../core/region'
import type { Control } from '../../core/taskConfig'
import type { ToolState } from '../../core/tools'
import { beginDrawing, type Drawing } from './drawing'
import { clampPoint, distance, type Point } from './plane'
import type { Stage } from './stage'

type State = ToolState<Point>

/** Screen pixels; what is smaller is dropped. */
const LEAST = 3
const BY_DOUBLE_CLICK = 30

export interface SpanToolOptions<S> {
  readonly stage: Stage
  readonly control: Control
  readonly codec: RegionCodec<S>
  /** Returns the shape that a drag from `start` to `end` makes. */
  readonly between: (start: Point, end: Point) => S
  /** Returns the shape that a double click makes, `side` media pixels large; without it a double click makes nothing. */
  readonly sized?: (at: Point, side: number) => S
}

/**
 * Draws what two points make: drag, or click both, or double click for a common size.
 *
 * idle → dragging → idle; a press without a move: idle → dragging → stretching → idle.
 */
export function spanTool<S>({ stage, control, codec, between, sized }: SpanToolOptions<S>): State {
  const least = () => LEAST * stage.pixel()
  const idle: State = {
    name: 'idle',
    cursor: 'crosshair',
    pointerDown: (input) => dragging(input.at, beginDrawing(stage, control, codec)),
  }
  const finish = (start: Point, end: Point, drawing: Drawing<S>): State => {
    if (Math.min(Math.abs(end.x - start.x), Math.abs(end.y - start.y)) < least()) drawing.drop()
    else {
      drawing.show(between(start, end))
      drawing.finish()
    }
    return idle
  }
  const cancelled = (drawing: Drawing<S>) => () => {
    drawing.drop()
    return idle
  }
  const show = (start: Point, at: Point, drawing: Drawing<S>) => {
    if (distance(start, at) >= least()) drawing.show(between(start, at))
  }
  const dragging = (start: Point, drawing: Drawing<S>): State => {
    const self: State = {
      name: 'dragging',
      cursor: 'crosshair',
      pointerMove(input) {
        show(start, input.at, drawing)
        return self
      },
      pointerUp: (input) =>
        distance(start, input.at) < least() ? stretching(start, drawing) : finish(start, input.at, drawing),
      cancel: cancelled(drawing),
    }
    return self
  }
  const stretching = (start: Point, drawing: Drawing<S>): State => {
    let isPressed = false
    const self: State = {
      name: 'stretching',
      cursor: 'crosshair',
      pointerDown() {
        isPressed = true
        return self
      },
      pointerMove(input) {
        show(start, input.at, drawing)
        return self
      },
      pointerUp(input) {
        if (!isPressed) return self
        if (!sized || input.clicks < 2 || distance(start, input.at) >= 2 * least())
          return finish(start, input.at, drawing)
        drawing.show(sized(clampPoint(start, stage.content.media), BY_DOUBLE_CLICK * stage.pixel()))
        drawing.finish()
        return idle
      },
      cancel: cancelled(drawing),
    }
    return self
  }
  return idle
}
