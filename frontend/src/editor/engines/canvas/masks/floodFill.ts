import type { Pixels } from '../stage'
import { type Mask, maskBox, maskOfPixels, RunCollector } from './runs'

/**
 * Returns the connected pixels around a place whose color differs from the color there by at most `threshold` in red, green
 * and blue; `blurRadius` smooths the border.
 */
export function floodFill(pixels: Pixels, x: number, y: number, threshold: number, blurRadius: number): Mask {
  const { width, height, data } = pixels
  const [column, row] = [Math.floor(x), Math.floor(y)]
  const filled = new Uint8Array(width * height)
  if (column < 0 || row < 0 || column >= width || row >= height) return maskOfPixels(filled, width, height)
  const start = (row * width + column) * 4
  const [r, g, b] = [data[start] as number, data[start + 1] as number, data[start + 2] as number]
  const fits = (pixel: number): boolean => {
    const at = pixel * 4
    return (
      filled[pixel] === 0 &&
      Math.abs((data[at] as number) - r) <= threshold &&
      Math.abs((data[at + 1] as number) - g) <= threshold &&
      Math.abs((data[at + 2] as number) - b) <= threshold
    )
  }
  const waiting = [row * width + column]
  while (waiting.length > 0) {
    const seed = waiting.pop() as number
    if (!fits(seed)) continue
    const line = Math.floor(seed / width) * width
    let [from, to] = [seed, seed + 1]
    while (from > line && fits(from - 1)) from -= 1
    while (to < line + width && fits(to)) to += 1
    filled.fill(1, from, to)
    for (const next of [line - width, line + width]) {
      if (next < 0 || next >= filled.length) continue
      let isInside = false
      for (let pixel = next + from - line; pixel < next + to - line; pixel += 1) {
        const isFit = fits(pixel)
        if (isFit && !isInside) waiting.push(pixel)
        isInside = isFit
      }
    }
  }
  const mask = maskOfPixels(filled, width, height)
  return blurRadius > 0 ? smoothed(mask, filled, Math.round(blurRadius)) : mask
}

/** A pixel is painted if at least half of the square around it is: the sums of rows and columns tell that. */
function smoothed(mask: Mask, filled: Uint8Array, radius: number): Mask {
  const { width, height } = mask
  const box = maskBox(mask)
  const [left, top] = [Math.max(0, box.minX - radius), Math.max(0, box.minY - radius)]
  const [right, bottom] = [Math.min(width, box.maxX + radius), Math.min(height, box.maxY + radius)]
  const [across, down] = [right - left, bottom - top]
  if (across <= 0 || down <= 0) return mask
  const sums = new Uint32Array((across + 1) * (down + 1))
  for (let y = 0; y < down; y += 1) {
    let line = 0
    for (let x = 0; x < across; x += 1) {
      line += filled[(top + y) * width + left + x] as number
      sums[(y + 1) * (across + 1) + x + 1] = (sums[y * (across + 1) + x + 1] as number) + line
    }
  }
  const out = new RunCollector()
  for (let y = 0; y < down; y += 1) {
    const [y0, y1] = [Math.max(0, y - radius) * (across + 1), Math.min(down, y + radius + 1) * (across + 1)]
    for (let x = 0; x < across; x += 1) {
      const [x0, x1] = [Math.max(0, x - radius), Math.min(across, x + radius + 1)]
      const sum =
        (sums[y1 + x1] as number) - (sums[y0 + x1] as number) - (sums[y1 + x0] as number) + (sums[y0 + x0] as number)
      const size = (x1 - x0) * ((y1 - y0) / (across + 1))
      const pixel = (top + y) * width + left + x
      if (sum * 2 >= size) out.add(pixel, pixel + 1)
    }
  }
  return { width, height, runs: out.runs() }
}
