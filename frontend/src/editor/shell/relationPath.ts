import type { Box } from '../core/regionView'

/** An arrow between two boxes: an SVG path, its middle, and the way it points at both ends. */
export interface Arrow {
  readonly path: string
  readonly middle: { readonly x: number; readonly y: number }
  readonly from: Tip
  readonly to: Tip
}

interface Tip {
  readonly x: number
  readonly y: number
  /** Direction in which the arrow leaves the drawing here, in degrees. */
  readonly angle: number
}

interface Point {
  readonly x: number
  readonly y: number
}

const GAP = 3

/** Returns the box of `boxes` that is nearest to `other`. */
export function nearest(boxes: readonly Box[], other: Box): Box | undefined {
  const to = center(other)
  return [...boxes].sort((a, b) => distance(center(a), to) - distance(center(b), to))[0]
}

/** Tells whether any of a box lies in a frame. */
export const isInFrame = (box: Box, frame: Box): boolean =>
  box.left < frame.left + frame.width &&
  box.left + box.width > frame.left &&
  box.top < frame.top + frame.height &&
  box.top + box.height > frame.top

/** Returns a curve from the border of one box to the border of another. Boxes on one line are joined by an arc above. */
export function arrowBetween(from: Box, to: Box): Arrow {
  const [a, b] = [center(from), center(to)]
  const isBeside = Math.abs(a.y - b.y) < Math.max(from.height, to.height) * 0.75
  return isBeside ? arc(from, to) : curve(from, to, a, b)
}

function arc(from: Box, to: Box): Arrow {
  const start = { x: from.left + from.width / 2, y: from.top - GAP }
  const end = { x: to.left + to.width / 2, y: to.top - GAP }
  const rise = Math.min(46, 14 + Math.abs(end.x - start.x) * 0.12)
  const top = Math.min(start.y, end.y) - rise
  return bezier(start, { x: start.x, y: top }, { x: end.x, y: top }, end)
}

function curve(from: Box, to: Box, a: Point, b: Point): Arrow {
  const isDown = b.y > a.y
  const start = { x: clampTo(b.x, from), y: isDown ? from.top + from.height + GAP : from.top - GAP }
  const end = { x: clampTo(start.x, to), y: isDown ? to.top - GAP : to.top + to.height + GAP }
  const bend = Math.max(12, Math.abs(end.y - start.y) * 0.4) * (isDown ? 1 : -1)
  return bezier(start, { x: start.x, y: start.y + bend }, { x: end.x, y: end.y - bend }, end)
}

function bezier(start: Point, one: Point, two: Point, end: Point): Arrow {
  const at = (p: Point) => `${round(p.x)},${round(p.y)}`
  return {
    path: `M${at(start)} C${at(one)} ${at(two)} ${at(end)}`,
    middle: {
      x: round((start.x + 3 * one.x + 3 * two.x + end.x) / 8),
      y: round((start.y + 3 * one.y + 3 * two.y + end.y) / 8),
    },
    from: { ...start, angle: direction(one, start) },
    to: { ...end, angle: direction(two, end) },
  }
}

const center = (box: Box): Point => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 })
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
const direction = (from: Point, to: Point): number => round((Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI)
const round = (value: number): number => Math.round(value * 10) / 10

/** A place on the side of a box, not at its very corner. */
const clampTo = (x: number, box: Box): number => {
  const margin = Math.min(8, box.width / 2)
  return Math.min(Math.max(x, box.left + margin), box.left + box.width - margin)
}
