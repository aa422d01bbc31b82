import type { Point, Size } from '../plane'
import { type Mask, maskBox } from './runs'

/** Returns the box around a mask; one that is not read yet may be anywhere in the picture. */
export function maskOutline(mask: Mask | null | Promise<Mask | null>, { width, height }: Size): Point[] {
  const box = !mask || mask instanceof Promise ? { minX: 0, minY: 0, maxX: width, maxY: height } : maskBox(mask)
  return [
    { x: box.minX, y: box.minY },
    { x: box.maxX, y: box.minY },
    { x: box.maxX, y: box.maxY },
    { x: box.minX, y: box.maxY },
  ]
}
