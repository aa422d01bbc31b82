import { isShift, mapPoint, rounded, shiftInside, wholeTurn } from '../../engines/canvas/affine'
import { clampPoint, distance, type Point, type Size, turn } from '../../engines/canvas/plane'
import type { Handle, ShapeType } from '../../engines/canvas/shape'
import type { Rectangle } from './region'

/** A box in media pixels, turned about its top-left corner. */
interface PixelBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rotation: number
}

const ROTATION_GAP = 24
const SIDES: readonly (readonly [id: string, x: number, y: number])[] = [
  ['nw', 0, 0],
  ['n', 0.5, 0],
  ['ne', 1, 0],
  ['e', 1, 0.5],
  ['se', 1, 1],
  ['s', 0.5, 1],
  ['sw', 0, 1],
  ['w', 0, 0.5],
]
const CURSORS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize']

/** Returns a box in media pixels. */
export const toPixels = (box: Rectangle, media: Size): PixelBox => ({
  x: (box.x * media.width) / 100,
  y: (box.y * media.height) / 100,
  width: (box.width * media.width) / 100,
  height: (box.height * media.height) / 100,
  rotation: box.rotation,
})

/** Returns a box in percent; finer than a ten-thousandth of a pixel is noise and is cut off. */
export const toPercent = (box: PixelBox, media: Size): Rectangle => ({
  x: rounded((box.x / media.width) * 100),
  y: rounded((box.y / media.height) * 100),
  width: rounded((box.width / media.width) * 100),
  height: rounded((box.height / media.height) * 100),
  rotation: wholeTurn(box.rotation),
})

/** Returns the upright box between two points, inside the picture. */
export function spanning(a: Point, b: Point, media: Size, snaps = false): Rectangle {
  const [from, to] = [clampPoint(a, media), clampPoint(b, media)]
  const edge = snaps ? Math.round : (value: number) => value
  const [left, right] = [edge(Math.min(from.x, to.x)), edge(Math.max(from.x, to.x))]
  const [top, bottom] = [edge(Math.min(from.y, to.y)), edge(Math.max(from.y, to.y))]
  return toPercent({ x: left, y: top, width: right - left, height: bottom - top, rotation: 0 }, media)
}

/** Returns the box with the edge from `a` to `b` that reaches to `c`. */
export function throughThree(a: Point, b: Point, c: Point, media: Size): Rectangle {
  const rotation = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI
  const local = turn({ x: c.x - a.x, y: c.y - a.y }, -rotation)
  const width = Math.hypot(b.x - a.x, b.y - a.y)
  if (local.y >= 0) return toPercent({ ...a, width, height: local.y, rotation }, media)
  const corner = turn({ x: 0, y: local.y }, rotation)
  return toPercent({ x: a.x + corner.x, y: a.y + corner.y, width, height: -local.y, rotation }, media)
}

const cornerAt = (box: PixelBox, fx: number, fy: number): Point => {
  const by = turn({ x: fx * box.width, y: fy * box.height }, box.rotation)
  return { x: box.x + by.x, y: box.y + by.y }
}

const outlineOf = (box: PixelBox): Point[] => [
  cornerAt(box, 0, 0),
  cornerAt(box, 1, 0),
  cornerAt(box, 1, 1),
  cornerAt(box, 0, 1),
]

/** How boxes look and change on a canvas. */
export const rectangleShape: ShapeType<Rectangle> = {
  family: 'rectangle',
  outline: (shape, media) => outlineOf(toPixels(shape, media)),
  handles(shape, media, options, pixel) {
    const box = toPixels(shape, media)
    const sides = SIDES.map(([id, fx, fy], at): Handle => {
      const angle = Math.round((box.rotation + 225 + at * 45) / 45)
      return { id, at: cornerAt(box, fx, fy), cursor: CURSORS[((angle % 4) + 4) % 4] as string }
    })
    if (!options.canRotate) return sides
    const out = turn({ x: box.width / 2, y: -ROTATION_GAP * pixel }, box.rotation)
    return [{ id: 'rotate', at: { x: box.x + out.x, y: box.y + out.y }, cursor: 'grab', look: 'turn' }, ...sides]
  },
  dragHandle(shape, handle, to, media, input, options) {
    const box = toPixels(shape, media)
    if (handle === 'rotate') return toPercent(turned(box, to, input.shift), media)
    const next = toPercent(resized(box, handle, clampPoint(to, media)), media)
    return options.snapsToPixels && next.rotation === 0 ? snapped(next, media) : next
  },
  transform(shape, by, media) {
    const box = toPixels(shape, media)
    const corner = mapPoint(by, box)
    if (isShift(by)) return toPercent({ ...box, ...corner }, media)
    const [right, below] = [mapPoint(by, cornerAt(box, 1, 0)), mapPoint(by, cornerAt(box, 0, 1))]
    const rotation = (Math.atan2(right.y - corner.y, right.x - corner.x) * 180) / Math.PI
    return toPercent({ ...corner, width: distance(corner, right), height: distance(corner, below), rotation }, media)
  },
  moveBy(shape, by, media) {
    const box = toPixels(shape, media)
    return toPercent({ ...box, ...mapPoint(shiftInside(outlineOf(box), by, media), box) }, media)
  },
}

function snapped(box: Rectangle, media: Size): Rectangle {
  const { x, y, width, height } = toPixels(box, media)
  return spanning({ x, y }, { x: x + width, y: y + height }, media, true)
}

/** The opposite side stays where it is; dragging past it turns the box inside out. */
function resized(box: PixelBox, handle: string, to: Point): PixelBox {
  const local = turn({ x: to.x - box.x, y: to.y - box.y }, -box.rotation)
  let [left, top, right, bottom] = [0, 0, box.width, box.height]
  if (handle.includes('w')) left = local.x
  if (handle.includes('e')) right = local.x
  if (handle.includes('n')) top = local.y
  if (handle.includes('s')) bottom = local.y
  const corner = turn({ x: Math.min(left, right), y: Math.min(top, bottom) }, box.rotation)
  return {
    ...box,
    x: box.x + corner.x,
    y: box.y + corner.y,
    width: Math.max(Math.abs(right - left), 0.5),
    height: Math.max(Math.abs(bottom - top), 0.5),
  }
}

/** Turns about the middle, which is what the eye expects, and stores the corner that results. */
function turned(box: PixelBox, to: Point, inSteps: boolean): PixelBox {
  const middle = cornerAt(box, 0.5, 0.5)
  const angle = (Math.atan2(to.y - middle.y, to.x - middle.x) * 180) / Math.PI + 90
  const rotation = inSteps ? Math.round(angle / 15) * 15 : angle
  return rotatedTo(box, rotation)
}

/** Returns the box turned about its middle to an angle. */
export function rotatedTo(box: PixelBox, rotation: number): PixelBox {
  const middle = cornerAt(box, 0.5, 0.5)
  const corner = turn({ x: -box.width / 2, y: -box.height / 2 }, rotation)
  return { ...box, x: middle.x + corner.x, y: middle.y + corner.y, rotation }
}
