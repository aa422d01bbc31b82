import { mapPoint, rounded, shiftInside } from '../../engines/canvas/affine'
import { clampPoint, nearestOn, type Point, type Size } from '../../engines/canvas/plane'
import type { Handle, ShapeType } from '../../engines/canvas/shape'
import type { Polygon } from './region'

/** A polygon has at least three points. */
export const FEWEST = 3

/** Returns the points in media pixels. */
export const toPixels = ({ points }: Polygon, media: Size): Point[] =>
  points.map(([x, y]) => ({ x: (x * media.width) / 100, y: (y * media.height) / 100 }))

/** Returns a point in percent. */
export const toPercent = ({ x, y }: Point, media: Size): readonly [number, number] => [
  rounded((x / media.width) * 100),
  rounded((y / media.height) * 100),
]

/** Returns where a vertex may stand: inside the picture, on the corner of a pixel if it snaps. */
export function placeFor(at: Point, media: Size, snaps: boolean): Point {
  const { x, y } = clampPoint(at, media)
  return snaps ? { x: Math.round(x), y: Math.round(y) } : { x, y }
}

const indexOf = (handle: string): number => Number(handle.slice(1))

const mapped = (shape: Polygon, media: Size, move: (point: Point) => Point): Polygon => ({
  ...shape,
  points: toPixels(shape, media).map((point) => toPercent(move(point), media)),
})

/** How polygons look and change on a canvas. Handle `p3` is the fourth point. */
export const polygonShape: ShapeType<Polygon> = {
  family: 'polygon',
  kind: ({ closed }) => (closed ? 'area' : 'line'),
  outline: toPixels,
  handles: (shape, media) =>
    toPixels(shape, media).map((at, index): Handle => ({ id: `p${index}`, at, cursor: 'move', look: 'point' })),
  dragHandle(shape, handle, to, media, _, { snapsToPixels }) {
    const point = toPercent(placeFor(to, media, snapsToPixels), media)
    return { ...shape, points: shape.points.with(indexOf(handle), point) }
  },
  grabBorder(shape, at, reach, media, { shift }) {
    const nearest = nearestOn(at, toPixels(shape, media), shape.closed)
    if (!nearest || nearest.distance > reach || shift || !shape.closed) return null
    const index = nearest.index + 1
    const points = shape.points.toSpliced(index, 0, toPercent(nearest.at, media))
    return { shape: { ...shape, points }, handle: `p${index}`, at: nearest.at }
  },
  clickHandle(shape, handle, { alt, clicks }) {
    if ((!alt && clicks < 2) || shape.points.length <= FEWEST) return null
    return { ...shape, points: shape.points.toSpliced(indexOf(handle), 1) }
  },
  transform: (shape, by, media) => mapped(shape, media, (point) => mapPoint(by, point)),
  transformPoints: (shape, handles, by, media) => ({
    ...shape,
    points: toPixels(shape, media).map((point, index) =>
      handles.has(`p${index}`)
        ? toPercent(mapPoint(by, point), media)
        : (shape.points[index] as (typeof shape.points)[0]),
    ),
  }),
  moveBy(shape, by, media) {
    const move = shiftInside(toPixels(shape, media), by, media)
    return mapped(shape, media, (point) => mapPoint(move, point))
  },
}
