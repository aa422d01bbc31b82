import { reshape } from '../../core/regionActions'
import type { ToolState } from '../../core/tools'
import { mapPoint, scaleAbout, turnAbout } from './affine'
import type { Matrix } from './camera'
import type { Shown } from './handles'
import { mapPoints, pickedOf, placesOf } from './pickedPoints'
import { type Box, boundsOf, type Point, type Size } from './plane'
import type { Handle } from './shape'
import type { Stage } from './stage'

type State = ToolState<Point>
type Framed = Exclude<Shown, { kind: 'one' }>

/** Least share of its size to which a frame can be pressed together. */
const LEAST = 0.02

/** Scales or turns several regions, or several points of one, by a handle of the frame around them. */
export function transforming(stage: Stage, idle: State, shown: Framed, handle: Handle): State {
  const { editor, content } = stage
  const { box } = shown
  const places =
    shown.kind === 'points' ? placesOf(stage, shown.region) : shown.regions.flatMap((region) => content.outline(region))
  const change = changing(stage, shown)
  const mark = editor.mark('transform')
  const leave = () => {
    stage.setPreview(null)
    return idle
  }
  const self: State = {
    name: 'transforming',
    cursor: handle.cursor,
    pointerMove(input) {
      const by = frameMap(box, handle.id, input.at, input.shift)
      const frame = cornersOf(box).map((corner) => mapPoint(by, corner))
      if (!staysInside(places, by, content.media)) return self
      change(by)
      stage.setPreview({ standsFor: null, line: [...frame, frame[0] as Point] })
      return self
    },
    pointerUp: leave,
    cancel() {
      editor.rollback(mark)
      return leave()
    },
  }
  return self
}

/** Returns what applies a map to the regions or points as they were at first. */
function changing(stage: Stage, shown: Framed): (by: Matrix) => void {
  const { editor, content } = stage
  if (shown.kind === 'points') {
    const picked = pickedOf(stage, shown.region)
    return (by) => mapPoints(stage, shown.region, picked, by)
  }
  return (by) => {
    for (const region of shown.regions) {
      const shape = content.shapeOf(region).transform(region.shape, by, content.media)
      if (shape !== null) reshape(editor, region.id, shape)
    }
  }
}

/** Returns the map that a dragged handle of a frame stands for; `keeps` its proportions, or turns by steps. */
export function frameMap(box: Box, handle: string, to: Point, keeps: boolean): Matrix {
  const middle = { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 }
  if (handle === 'rotate') {
    const angle = (Math.atan2(to.y - middle.y, to.x - middle.x) * 180) / Math.PI + 90
    return turnAbout(middle, keeps ? Math.round(angle / 15) * 15 : angle)
  }
  const origin = {
    x: handle.includes('w') ? box.maxX : handle.includes('e') ? box.minX : middle.x,
    y: handle.includes('n') ? box.maxY : handle.includes('s') ? box.minY : middle.y,
  }
  const share = (from: number, at: number, edge: number) =>
    edge === from ? 1 : Math.max((at - from) / (edge - from), LEAST)
  let x = handle.includes('w')
    ? share(origin.x, to.x, box.minX)
    : handle.includes('e')
      ? share(origin.x, to.x, box.maxX)
      : 1
  let y = handle.includes('n')
    ? share(origin.y, to.y, box.minY)
    : handle.includes('s')
      ? share(origin.y, to.y, box.maxY)
      : 1
  if (keeps && handle.length === 2) x = y = Math.max(x, y)
  return scaleAbout(origin, x, y)
}

const cornersOf = ({ minX, minY, maxX, maxY }: Box): Point[] => [
  { x: minX, y: minY },
  { x: maxX, y: minY },
  { x: maxX, y: maxY },
  { x: minX, y: maxY },
]

/** What lay outside of the picture before may do so afterwards. */
function staysInside(points: readonly Point[], by: Matrix, media: Size): boolean {
  const [before, after] = [boundsOf(points), boundsOf(points.map((point) => mapPoint(by, point)))]
  const slack = 1e-6
  return (
    after.minX >= Math.min(0, before.minX) - slack &&
    after.minY >= Math.min(0, before.minY) - slack &&
    after.maxX <= Math.max(media.width, before.maxX) + slack &&
    after.maxY <= Math.max(media.height, before.maxY) + slack
  )
}
