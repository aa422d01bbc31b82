import { isShift, mapPoint, mapVector, rounded, shiftInside, wholeTurn } from '../../engines/canvas/affine'
import { clampPoint, type Point, type Size, turn } from '../../engines/canvas/plane'
import type { Handle, ShapeType } from '../../engines/canvas/shape'
import type { Ellipse } from './region'

/** An ellipse in media pixels. */
interface PixelEllipse {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
  readonly rotation: number
}

const CORNERS = 48
const ROTATION_GAP = 24
const LEAST = 0.5
const SIDES = [
  ['e', 1, 0, 'ew-resize'],
  ['s', 0, 1, 'ns-resize'],
  ['w', -1, 0, 'ew-resize'],
  ['n', 0, -1, 'ns-resize'],
] as const

/** Returns an ellipse in media pixels. */
export const toPixels = (shape: Ellipse, media: Size): PixelEllipse => ({
  x: (shape.x * media.width) / 100,
  y: (shape.y * media.height) / 100,
  rx: (shape.radiusX * media.width) / 100,
  ry: (shape.radiusY * media.height) / 100,
  rotation: shape.rotation,
})

/** Returns an ellipse in percent. */
export const toPercent = (ellipse: PixelEllipse, media: Size): Ellipse => ({
  x: rounded((ellipse.x / media.width) * 100),
  y: rounded((ellipse.y / media.height) * 100),
  radiusX: rounded((ellipse.rx / media.width) * 100),
  radiusY: rounded((ellipse.ry / media.height) * 100),
  rotation: wholeTurn(ellipse.rotation),
})

/** Returns the ellipse about `middle` that reaches as far as `to` in both directions, inside the picture. */
export function around(middle: Point, to: Point, media: Size): Ellipse {
  const from = clampPoint(middle, media)
  const inside = (radius: number, at: number, size: number) => Math.min(Math.abs(radius), at, size - at)
  const rx = inside(to.x - from.x, from.x, media.width)
  const ry = inside(to.y - from.y, from.y, media.height)
  return toPercent({ ...from, rx: Math.max(rx, LEAST), ry: Math.max(ry, LEAST), rotation: 0 }, media)
}

function placeOn({ x, y, rx, ry, rotation }: PixelEllipse, across: number, down: number): Point {
  const by = turn({ x: rx * across, y: ry * down }, rotation)
  return { x: x + by.x, y: y + by.y }
}

const outlineOf = (ellipse: PixelEllipse): Point[] =>
  Array.from({ length: CORNERS }, (_, at) => {
    const angle = (2 * Math.PI * at) / CORNERS
    return placeOn(ellipse, Math.cos(angle), Math.sin(angle))
  })

/** How ellipses look and change on a canvas. */
export const ellipseShape: ShapeType<Ellipse> = {
  family: 'ellipse',
  outline: (shape, media) => outlineOf(toPixels(shape, media)),
  handles(shape, media, options, pixel) {
    const ellipse = toPixels(shape, media)
    const sides = SIDES.map(([id, x, y, cursor]): Handle => ({ id, at: placeOn(ellipse, x, y), cursor }))
    if (!options.canRotate) return sides
    const top = placeOn(ellipse, 0, -1)
    const out = turn({ x: 0, y: -ROTATION_GAP * pixel }, ellipse.rotation)
    const at = { x: top.x + out.x, y: top.y + out.y }
    return [{ id: 'rotate', at, cursor: 'grab', look: 'turn', tiedTo: top }, ...sides]
  },
  dragHandle(shape, handle, to, media, input) {
    const ellipse = toPixels(shape, media)
    if (handle === 'rotate') {
      const angle = (Math.atan2(to.y - ellipse.y, to.x - ellipse.x) * 180) / Math.PI + 90
      return toPercent({ ...ellipse, rotation: input.shift ? Math.round(angle / 15) * 15 : angle }, media)
    }
    const at = clampPoint(to, media)
    const local = turn({ x: at.x - ellipse.x, y: at.y - ellipse.y }, -ellipse.rotation)
    const radius = Math.max(Math.abs(handle === 'e' || handle === 'w' ? local.x : local.y), LEAST)
    return toPercent(handle === 'e' || handle === 'w' ? { ...ellipse, rx: radius } : { ...ellipse, ry: radius }, media)
  },
  transform(shape, by, media) {
    const ellipse = toPixels(shape, media)
    const middle = mapPoint(by, ellipse)
    if (isShift(by)) return toPercent({ ...ellipse, ...middle }, media)
    const across = mapVector(by, turn({ x: ellipse.rx, y: 0 }, ellipse.rotation))
    const down = mapVector(by, turn({ x: 0, y: ellipse.ry }, ellipse.rotation))
    const rotation = (Math.atan2(across.y, across.x) * 180) / Math.PI
    const [rx, ry] = [Math.hypot(across.x, across.y), Math.hypot(down.x, down.y)]
    return toPercent({ ...middle, rx, ry, rotation }, media)
  },
  moveBy(shape, by, media) {
    const ellipse = toPixels(shape, media)
    return toPercent({ ...ellipse, ...mapPoint(shiftInside(outlineOf(ellipse), by, media), ellipse) }, media)
  },
}
