import { newRegionId } from '../../core/ids'
import { shift, shiftInside, toPercentPoint, toPixelPoint } from '../../engines/canvas/affine'
import { clampPoint, nearestOn, type Point, type Size } from '../../engines/canvas/plane'
import type { Handle, ShapeOptions, ShapeType } from '../../engines/canvas/shape'
import {
  curved,
  hasBranches,
  movedVertex,
  openedAt,
  type Segment,
  segmentsOf,
  straight,
  withoutVertex,
  withVertexOn,
} from './path'
import type { Vector, Vertex } from './region'

/** Returns where a vertex may stand: inside the picture, on the corner of a pixel if it snaps. */
export function placeFor(at: Point, media: Size, snaps: boolean): Point {
  const { x, y } = clampPoint(at, media)
  return snaps ? { x: Math.round(x), y: Math.round(y) } : { x, y }
}

const HANDLE = /^(v|a|b)(\d+)$/

function handleOf(id: string): { kind: string; index: number } {
  const [, kind = 'v', index = '0'] = HANDLE.exec(id) ?? []
  return { kind, index: Number(index) }
}

const allowsCurves = ({ attrs }: ShapeOptions): boolean => attrs.curves === 'true'
const fewest = ({ attrs }: ShapeOptions): number => Math.max(2, Number(attrs.minPoints) || 0)
const most = ({ attrs }: ShapeOptions): number => Number(attrs.maxPoints) || Number.POSITIVE_INFINITY

function nearestSegment(
  shape: Vector,
  at: Point,
  media: Size,
): { segment: Segment; at: Point; distance: number } | null {
  let nearest: { segment: Segment; at: Point; distance: number } | null = null
  for (const segment of segmentsOf(shape, media)) {
    const place = nearestOn(at, segment.points, false)
    if (place && (!nearest || place.distance < nearest.distance))
      nearest = { segment, at: place.at, distance: place.distance }
  }
  return nearest
}

/** An arm turns its partner along, unless they are taken apart (Alt takes them apart). */
function withArm(vertex: Vertex, kind: string, to: Point, isApart: boolean): Vertex {
  const [own, other] =
    kind === 'a' ? (['controlPoint1', 'controlPoint2'] as const) : (['controlPoint2', 'controlPoint1'] as const)
  const moved = { ...vertex, [own]: { ...vertex[own], ...to } }
  if (isApart || vertex.disconnected) return { ...moved, disconnected: true } as Vertex
  const mirrored = { x: 2 * vertex.x - to.x, y: 2 * vertex.y - to.y }
  return { ...moved, [other]: { ...vertex[other], ...mirrored } } as Vertex
}

/** How paths look and change on a canvas. Handle `v3` is the fourth vertex, `a3` and `b3` are its arms. */
export const vectorShape: ShapeType<Vector> = {
  family: 'vector',
  usesShift: true,
  kind: (shape) => (shape.closed && !hasBranches(shape) ? 'area' : 'line'),
  outline(shape, media) {
    const points = segmentsOf(shape, media).flatMap((segment) => segment.points)
    return points.length > 0 ? points : shape.vertices.map((vertex) => toPixelPoint(vertex, media))
  },
  paths: (shape, media) => segmentsOf(shape, media).map((segment) => segment.points),
  handles(shape, media) {
    const arms = shape.vertices.flatMap((vertex, index): Handle[] => {
      if (!vertex.isBezier) return []
      const tiedTo = toPixelPoint(vertex, media)
      const arm = (id: string, point: Point | undefined): Handle[] =>
        point ? [{ id: `${id}${index}`, at: toPixelPoint(point, media), cursor: 'move', look: 'arm', tiedTo }] : []
      return [...arm('a', vertex.controlPoint1), ...arm('b', vertex.controlPoint2)]
    })
    const points = shape.vertices.map(
      (vertex, index): Handle => ({ id: `v${index}`, at: toPixelPoint(vertex, media), cursor: 'move', look: 'point' }),
    )
    return [...arms, ...points]
  },
  dragHandle(shape, handle, to, media, { alt }, { snapsToPixels }) {
    const { kind, index } = handleOf(handle)
    const vertex = shape.vertices[index]
    if (!vertex) return shape
    if (kind !== 'v') {
      const moved = withArm(vertex, kind, toPercentPoint(to, media), alt)
      return { ...shape, vertices: shape.vertices.with(index, moved) }
    }
    const from = toPixelPoint(vertex, media)
    const place = placeFor(to, media, snapsToPixels)
    const moved = movedVertex(vertex, shift({ x: place.x - from.x, y: place.y - from.y }), media)
    return { ...shape, vertices: shape.vertices.with(index, moved) }
  },
  grabBorder(shape, at, reach, media, input, options) {
    const nearest = nearestSegment(shape, at, media)
    if (!nearest || nearest.distance > reach) return null
    const { segment } = nearest
    if (input.alt && shape.closed) {
      return {
        shape: openedAt(shape, segment),
        handle: 'v0',
        at: toPixelPoint(shape.vertices[segment.to] as Vertex, media),
      }
    }
    if (!input.shift || shape.vertices.length >= most(options)) return null
    const index = shape.closed && segment.to === 0 ? shape.vertices.length : segment.to
    return {
      shape: withVertexOn(shape, segment, nearest.at, newRegionId(), media),
      handle: `v${index}`,
      at: nearest.at,
    }
  },
  clickHandle(shape, handle, { alt, shift: isShift }, options) {
    const { kind, index } = handleOf(handle)
    const vertex = shape.vertices[index]
    if (kind !== 'v' || !vertex) return null
    if (alt) return shape.vertices.length > fewest(options) ? withoutVertex(shape, index) : null
    if (!isShift || !allowsCurves(options)) return null
    const turned = vertex.isBezier ? straight(vertex) : curved(shape, index)
    return { ...shape, vertices: shape.vertices.with(index, turned) }
  },
  transform: (shape, by, media) => ({
    ...shape,
    vertices: shape.vertices.map((vertex) => movedVertex(vertex, by, media)),
  }),
  picksPoints: true,
  transformPoints: (shape, handles, by, media) => ({
    ...shape,
    vertices: shape.vertices.map((vertex, index) =>
      handles.has(`v${index}`) ? movedVertex(vertex, by, media) : vertex,
    ),
  }),
  dots: (shape, media) => shape.vertices.map((vertex) => toPixelPoint(vertex, media)),
  moveBy(shape, by, media) {
    const points = shape.vertices.map((vertex) => toPixelPoint(vertex, media))
    const move = shiftInside(points, by, media)
    return { ...shape, vertices: shape.vertices.map((vertex) => movedVertex(vertex, move, media)) }
  },
}
