import { mapPoint, toPercentPoint, toPixelPoint } from '../../engines/canvas/affine'
import type { Matrix } from '../../engines/canvas/camera'
import type { Point, Size } from '../../engines/canvas/plane'
import type { Vector, Vertex } from './region'

/** A piece of a path from the vertex with index `from` to that with index `to`. */
export interface Segment {
  readonly from: number
  readonly to: number
  /** Flattened, in media pixels, both ends included. */
  readonly points: readonly Point[]
}

const STEPS = 16

/** Returns the index of the vertex before, or `null` for the beginning of a path. */
export function previousOf({ vertices }: Vector, index: number): number | null {
  const { prevPointId } = vertices[index] as Vertex
  if (prevPointId === null) return null
  if (prevPointId === undefined || prevPointId === '') return index > 0 && index < vertices.length ? index - 1 : null
  const at = vertices.findIndex((vertex) => vertex.id === prevPointId)
  return at < 0 ? null : at
}

/** Returns the segments of a path, in the order of their ends; of a closed one the closing segment is last. */
export function segmentsOf(shape: Vector, media: Size): Segment[] {
  const segments = shape.vertices.flatMap((_, to): Segment[] => {
    const from = previousOf(shape, to)
    return from === null ? [] : [{ from, to, points: flattened(shape, from, to, media) }]
  })
  const last = shape.vertices.length - 1
  if (!shape.closed || last < 1) return segments
  return [...segments, { from: last, to: 0, points: flattened(shape, last, 0, media) }]
}

function flattened({ vertices }: Vector, from: number, to: number, media: Size): Point[] {
  const [a, b] = [vertices[from] as Vertex, vertices[to] as Vertex]
  const [start, end] = [toPixelPoint(a, media), toPixelPoint(b, media)]
  const out = a.isBezier && a.controlPoint2 ? toPixelPoint(a.controlPoint2, media) : null
  const into = b.isBezier && b.controlPoint1 ? toPixelPoint(b.controlPoint1, media) : null
  if (!out && !into) return [start, end]
  return Array.from({ length: STEPS + 1 }, (_, step) => onCurve(start, out ?? start, into ?? end, end, step / STEPS))
}

function onCurve(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const s = 1 - t
  const mix = (p: number, q: number, r: number, u: number) =>
    s * s * s * p + 3 * s * s * t * q + 3 * s * t * t * r + t * t * t * u
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) }
}

/** Tells whether new points leave the path somewhere else than at its end. */
export const hasBranches = (shape: Vector): boolean =>
  shape.vertices.some((_, index) => index > 0 && previousOf(shape, index) !== index - 1)

/** Returns a vertex moved, arms and all. */
export function movedVertex(vertex: Vertex, by: Matrix, media: Size): Vertex {
  const place = (point: Point) => toPercentPoint(mapPoint(by, toPixelPoint(point, media)), media)
  return {
    ...vertex,
    ...place(vertex),
    ...(vertex.controlPoint1 ? { controlPoint1: { ...vertex.controlPoint1, ...place(vertex.controlPoint1) } } : {}),
    ...(vertex.controlPoint2 ? { controlPoint2: { ...vertex.controlPoint2, ...place(vertex.controlPoint2) } } : {}),
  }
}

/** Returns a vertex with arms along its neighbors, a quarter of the way long. */
export function curved(shape: Vector, index: number): Vertex {
  const vertex = shape.vertices[index] as Vertex
  const before = previousOf(shape, index)
  const after = shape.vertices.findIndex((_, at) => at !== index && previousOf(shape, at) === index)
  const from = shape.vertices[before ?? index] as Vertex
  const to = shape.vertices[after < 0 ? index : after] as Vertex
  const arm = { x: (to.x - from.x) / 4 || 2, y: (to.y - from.y) / 4 }
  return {
    ...vertex,
    isBezier: true,
    controlPoint1: { x: vertex.x - arm.x, y: vertex.y - arm.y },
    controlPoint2: { x: vertex.x + arm.x, y: vertex.y + arm.y },
    disconnected: false,
  }
}

/** Returns a vertex without arms. */
export function straight(vertex: Vertex): Vertex {
  const { controlPoint1: _, controlPoint2: __, disconnected: ___, ...rest } = vertex
  return { ...rest, isBezier: false } as Vertex
}

/** Returns the path without a vertex; what followed it follows the one before it. */
export function withoutVertex(shape: Vector, index: number): Vector {
  const gone = shape.vertices[index] as Vertex
  const before = previousOf(shape, index)
  const id = before === null ? null : ((shape.vertices[before] as Vertex).id ?? null)
  const vertices = shape.vertices.flatMap((vertex, at): Vertex[] => {
    if (at === index) return []
    if (gone.id === undefined || vertex.prevPointId !== gone.id) return [vertex]
    if (id !== null) return [{ ...vertex, prevPointId: id } as Vertex]
    const { prevPointId: _, ...rest } = vertex
    return [rest as Vertex]
  })
  return { ...shape, vertices }
}

/** Returns the path with a new straight vertex on a segment. */
export function withVertexOn(shape: Vector, segment: Segment, at: Point, id: string, media: Size): Vector {
  const from = shape.vertices[segment.from] as Vertex
  const added = {
    ...toPercentPoint(at, media),
    id,
    ...(from.id === undefined ? {} : { prevPointId: from.id }),
    isBezier: false,
  } as Vertex
  const isClosing = shape.closed && segment.to === 0
  if (isClosing) return { ...shape, vertices: [...shape.vertices, added] }
  const vertices = shape.vertices.map((vertex, index) =>
    index === segment.to && vertex.prevPointId !== undefined ? ({ ...vertex, prevPointId: id } as Vertex) : vertex,
  )
  return { ...shape, vertices: vertices.toSpliced(segment.to, 0, added) }
}

/** Returns a closed path opened at a segment, which goes away. */
export function openedAt({ vertices }: Vector, segment: Segment): Vector {
  const turned = [...vertices.slice(segment.to), ...vertices.slice(0, segment.to)]
  const linked = turned.map((vertex, index): Vertex => {
    const { prevPointId: _, ...rest } = vertex
    const before = turned[index - 1]?.id
    return (before === undefined ? rest : { ...rest, prevPointId: before }) as Vertex
  })
  return { vertices: linked, closed: false }
}
