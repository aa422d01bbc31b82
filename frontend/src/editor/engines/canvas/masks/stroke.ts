import type { Point, Size } from '../plane'
import { RunCollector } from './runs'

/** Returns the pixels whose middle lies within `radius` of the line from `a` to `b`: one piece of a brush stroke. */
export function strokeRuns(a: Point, b: Point, radius: number, { width, height }: Size): Int32Array {
  const out = new RunCollector()
  const reach = Math.max(radius, 0.5)
  const top = Math.max(0, Math.floor(Math.min(a.y, b.y) - reach))
  const bottom = Math.min(height - 1, Math.ceil(Math.max(a.y, b.y) + reach))
  for (let row = top; row <= bottom; row += 1) {
    const span = spanAt(a, b, reach, row + 0.5)
    if (!span) continue
    const from = Math.max(0, Math.ceil(span[0] - 0.5))
    const to = Math.min(width, Math.floor(span[1] - 0.5) + 1)
    if (from < to) out.add(row * width + from, row * width + to)
  }
  return out.runs()
}

/** Returns from where to where the row `y` runs within `radius` of a line: the shape is convex, so it is one stretch. */
function spanAt(a: Point, b: Point, radius: number, y: number): readonly [number, number] | null {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const add = (x: number) => {
    from = Math.min(from, x)
    to = Math.max(to, x)
  }
  for (const end of [a, b]) {
    const off = Math.abs(y - end.y)
    if (off > radius) continue
    const half = Math.sqrt(radius * radius - off * off)
    add(end.x - half)
    add(end.x + half)
  }
  const length = Math.hypot(b.x - a.x, b.y - a.y)
  if (length > 0) {
    // The two long sides of the rectangle between the round ends.
    const [nx, ny] = [(-(b.y - a.y) / length) * radius, ((b.x - a.x) / length) * radius]
    for (const side of [1, -1]) {
      const p = { x: a.x + nx * side, y: a.y + ny * side }
      const q = { x: b.x + nx * side, y: b.y + ny * side }
      const [low, high] = p.y <= q.y ? [p, q] : [q, p]
      if (y < low.y || y > high.y || low.y === high.y) continue
      add(low.x + ((high.x - low.x) * (y - low.y)) / (high.y - low.y))
    }
  }
  return from <= to ? [from, to] : null
}
