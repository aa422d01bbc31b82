import { mapPoint, shiftInside, toPercentPoint, toPixelPoint } from '../../engines/canvas/affine'
import { clampPoint, type Point, type Size } from '../../engines/canvas/plane'
import type { ShapeType } from '../../engines/canvas/shape'
import type { KeyPoint } from './region'

const CORNERS = 16

const moved = (shape: KeyPoint, to: Point, media: Size): KeyPoint => ({
  ...shape,
  ...toPercentPoint(clampPoint(to, media), media),
})

/** Returns the middle of the pixel under a point. */
export const pixelMiddle = ({ x, y }: Point, media: Size): Point => ({
  x: Math.min(Math.floor(x), media.width - 1) + 0.5,
  y: Math.min(Math.floor(y), media.height - 1) + 0.5,
})

/** How points look and change on a canvas. */
export const keyPointShape: ShapeType<KeyPoint> = {
  family: 'keypoint',
  kind: () => 'dot',
  outline(shape, media) {
    const { x, y } = toPixelPoint(shape, media)
    const radius = Math.max((shape.width * media.width) / 200, 0.5)
    return Array.from({ length: CORNERS }, (_, at) => {
      const angle = (2 * Math.PI * at) / CORNERS
      return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) }
    })
  },
  handles: () => [],
  dragHandle: (shape, _, to, media) => moved(shape, to, media),
  transform: (shape, by, media) => ({ ...shape, ...toPercentPoint(mapPoint(by, toPixelPoint(shape, media)), media) }),
  moveBy(shape, by, media) {
    const at = toPixelPoint(shape, media)
    return moved(shape, mapPoint(shiftInside([at], by, media), at), media)
  },
}
