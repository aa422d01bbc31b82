/** A point; the unit is that of its space: media pixels or screen pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** An upright box. */
export interface Box {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** Returns the smallest upright box around the points. */
export function boundsOf(points: readonly Point[]): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x)
    maxY = Math.max(maxY, y)
  }
  return { minX, minY, maxX, maxY }
}

/** Returns the upright box between two corners. */
export const boxBetween = (a: Point, b: Point): Box => boundsOf([a, b])

/** Tells whether two boxes touch. */
export const intersects = (a: Box, b: Box): boolean =>
  a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY

/** Returns the point moved into the area from 0,0 to `size`. */
export const clampPoint = (point: Point, size: Size): Point => ({
  x: Math.min(Math.max(point.x, 0), size.width),
  y: Math.min(Math.max(point.y, 0), size.height),
})

/** Returns the distance between two points. */
export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** Returns the point turned clockwise (y points down) about the origin. */
export function turn({ x, y }: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return { x: x * cos - y * sin, y: x * sin + y * cos }
}

/** Tells whether a point lies inside a closed outline (even-odd). */
export function isInside(point: Point, outline: readonly Point[]): boolean {
  let inside = false
  for (let at = 0, last = outline.length - 1; at < outline.length; last = at, at += 1) {
    const a = outline[at] as Point
    const b = outline[last] as Point
    const crosses = a.y > point.y !== b.y > point.y
    if (crosses && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) inside = !inside
  }
  return inside
}

/** Where a line comes nearest to a point: on the segment that begins at `index`, `share` of the way along it. */
export interface Nearest {
  readonly index: number
  readonly share: number
  readonly at: Point
  readonly distance: number
}

/** Returns where a line through points comes nearest to a point; `null` for no points. */
export function nearestOn(point: Point, line: readonly Point[], isClosed: boolean): Nearest | null {
  let nearest: Nearest | null = null
  const segments = isClosed || line.length === 1 ? line.length : line.length - 1
  for (let index = 0; index < segments; index += 1) {
    const a = line[index] as Point
    const b = line[(index + 1) % line.length] as Point
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const length = dx * dx + dy * dy
    const along = length === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / length
    const share = Math.min(Math.max(along, 0), 1)
    const at = { x: a.x + share * dx, y: a.y + share * dy }
    const away = distance(point, at)
    if (!nearest || away < nearest.distance) nearest = { index, share, at, distance: away }
  }
  return nearest
}

/** Returns how far a point is from a closed outline. */
export const distanceToOutline = (point: Point, outline: readonly Point[]): number =>
  nearestOn(point, outline, true)?.distance ?? Number.POSITIVE_INFINITY

/** Returns the area inside a closed outline: positive if it runs clockwise on the screen. */
export function signedArea(outline: readonly Point[]): number {
  let twice = 0
  outline.forEach((a, at) => {
    const b = outline[(at + 1) % outline.length] as Point
    twice += a.x * b.y - b.x * a.y
  })
  return twice / 2
}
