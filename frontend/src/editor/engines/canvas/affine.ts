import { type Matrix, toScreen } from './camera'
import { boundsOf, type Point, type Size, turn } from './plane'

/** Returns where a map of the plane takes a point. */
export const mapPoint = (by: Matrix, point: Point): Point => toScreen(by, point)

/** Returns where a map takes a direction: what moves everything alike does not change it. */
export const mapVector = ([a, b, c, d]: Matrix, { x, y }: Point): Point => ({ x: a * x + c * y, y: b * x + d * y })

/** Returns the map that moves by `x`, `y`. */
export const shift = ({ x, y }: Point): Matrix => [1, 0, 0, 1, x, y]

/** Tells whether a map only moves. */
export const isShift = ([a, b, c, d]: Matrix): boolean => a === 1 && b === 0 && c === 0 && d === 1

/** Returns the map that scales about `origin`. */
export const scaleAbout = (origin: Point, x: number, y: number): Matrix => [
  x,
  0,
  0,
  y,
  origin.x * (1 - x),
  origin.y * (1 - y),
]

/** Returns the map that turns clockwise about `origin`. */
export function turnAbout(origin: Point, degrees: number): Matrix {
  const { x: cos, y: sin } = turn({ x: 1, y: 0 }, degrees)
  const to = turn(origin, degrees)
  return [cos, sin, -sin, cos, origin.x - to.x, origin.y - to.y]
}

/** Returns the move by `by`, shortened so that points inside the picture stay inside. */
export function shiftInside(points: readonly Point[], by: Point, media: Size): Matrix {
  const box = boundsOf(points)
  const inside = (delta: number, min: number, max: number, size: number) =>
    max - min > size ? delta : Math.min(Math.max(delta, -min), size - max)
  return shift({ x: inside(by.x, box.minX, box.maxX, media.width), y: inside(by.y, box.minY, box.maxY, media.height) })
}

/** Cuts off what is finer than a ten-thousandth of a pixel: noise of the arithmetic. */
export const rounded = (value: number): number => Math.round(value * 1e8) / 1e8 + 0

/** Returns a place in percent of the picture. */
export const toPercentPoint = ({ x, y }: Point, media: Size): Point => ({
  x: rounded((x / media.width) * 100),
  y: rounded((y / media.height) * 100),
})

/** Returns a place in media pixels. */
export const toPixelPoint = ({ x, y }: Point, media: Size): Point => ({
  x: (x * media.width) / 100,
  y: (y * media.height) / 100,
})

/** Returns an angle as 0 up to 360 degrees. */
export const wholeTurn = (degrees: number): number => rounded(((degrees % 360) + 360) % 360)

/** Returns a move by whole pixels: what stands on pixels stays on them. */
export const wholePixels = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })
