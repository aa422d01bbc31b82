import type { Box } from '../plane'

/**
 * Painted pixels of a picture, compressed: pixels are numbered row by row, and `runs` holds where each painted stretch
 * begins and ends (end exclusive), in order, with gaps between. Masks are never changed, only replaced.
 */
export interface Mask {
  readonly width: number
  readonly height: number
  readonly runs: Int32Array
}

/** Returns a mask with nothing painted. */
export const emptyMask = (width: number, height: number): Mask => ({ width, height, runs: new Int32Array(0) })

/** Collects stretches in order and joins those that touch. */
export class RunCollector {
  private data = new Int32Array(256)
  private used = 0

  /** Adds a stretch that begins where the last one began or later. */
  add(start: number, end: number): void {
    if (end <= start) return
    if (this.used > 0 && start <= (this.data[this.used - 1] as number)) {
      if (end > (this.data[this.used - 1] as number)) this.data[this.used - 1] = end
      return
    }
    if (this.used + 2 > this.data.length) {
      const larger = new Int32Array(this.data.length * 2)
      larger.set(this.data)
      this.data = larger
    }
    this.data[this.used] = start
    this.data[this.used + 1] = end
    this.used += 2
  }

  /** Returns what was collected. */
  runs(): Int32Array {
    return this.data.slice(0, this.used)
  }
}

/** Returns the stretches that are in `a`, in `b` or in both. */
export function uniteRuns(a: Int32Array, b: Int32Array): Int32Array {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const out = new RunCollector()
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number))) {
      out.add(a[i] as number, a[i + 1] as number)
      i += 2
    } else {
      out.add(b[j] as number, b[j + 1] as number)
      j += 2
    }
  }
  return out.runs()
}

/** Returns the stretches of `a` without those of `b`. */
export function subtractRuns(a: Int32Array, b: Int32Array): Int32Array {
  if (a.length === 0 || b.length === 0) return a
  const out = new RunCollector()
  let j = 0
  for (let i = 0; i < a.length; i += 2) {
    let start = a[i] as number
    const end = a[i + 1] as number
    while (j < b.length && (b[j + 1] as number) <= start) j += 2
    for (let k = j; k < b.length && (b[k] as number) < end; k += 2) {
      out.add(start, Math.min(end, b[k] as number))
      start = Math.max(start, b[k + 1] as number)
    }
    out.add(start, end)
  }
  return out.runs()
}

/** Returns both masks in one. */
export const unite = (mask: Mask, runs: Int32Array): Mask => ({ ...mask, runs: uniteRuns(mask.runs, runs) })

/** Returns the mask without the stretches. */
export const subtract = (mask: Mask, runs: Int32Array): Mask => ({ ...mask, runs: subtractRuns(mask.runs, runs) })

/** Returns the index in `runs` of the first stretch that ends behind a pixel. */
export function findRun(runs: Int32Array, pixel: number): number {
  let [low, high] = [0, runs.length >> 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle * 2 + 1] as number) <= pixel) low = middle + 1
    else high = middle
  }
  return low * 2
}

/** Tells whether a pixel is painted. */
export function hasPixel({ width, height, runs }: Mask, x: number, y: number): boolean {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  if (column < 0 || row < 0 || column >= width || row >= height) return false
  const pixel = row * width + column
  const at = findRun(runs, pixel)
  return at < runs.length && (runs[at] as number) <= pixel
}

/** Returns how many pixels are painted. */
export function areaOf({ runs }: Mask): number {
  let area = 0
  for (let at = 0; at < runs.length; at += 2) area += (runs[at + 1] as number) - (runs[at] as number)
  return area
}

/** Calls `visit` for every painted stretch of every row. */
export function eachRow({ width, runs }: Mask, visit: (row: number, from: number, to: number) => void): void {
  for (let at = 0; at < runs.length; at += 2) {
    let start = runs[at] as number
    const end = runs[at + 1] as number
    while (start < end) {
      const row = Math.floor(start / width)
      const stop = Math.min(end, (row + 1) * width)
      visit(row, start - row * width, stop - row * width)
      start = stop
    }
  }
}

const boxes = new WeakMap<Mask, Box>()

/** Returns the smallest box around what is painted; an empty mask has an empty box in the corner. */
export function maskBox(mask: Mask): Box {
  const known = boxes.get(mask)
  if (known) return known
  let [minX, minY, maxX, maxY] = [Number.POSITIVE_INFINITY, 0, 0, 0]
  if (mask.runs.length > 0) minY = Math.floor((mask.runs[0] as number) / mask.width)
  eachRow(mask, (row, from, to) => {
    if (from < minX) minX = from
    if (to > maxX) maxX = to
    maxY = row + 1
  })
  const box = { minX: Math.min(minX, maxX), minY, maxX, maxY }
  boxes.set(mask, box)
  return box
}

/** Returns the mask moved by whole pixels; what leaves the picture is cut off. */
export function moveMask(mask: Mask, byX: number, byY: number): Mask {
  const [dx, dy] = [Math.round(byX), Math.round(byY)]
  if (dx === 0 && dy === 0) return mask
  const { width, height } = mask
  const out = new RunCollector()
  eachRow(mask, (row, from, to) => {
    const y = row + dy
    if (y < 0 || y >= height) return
    out.add(y * width + Math.min(Math.max(from + dx, 0), width), y * width + Math.min(Math.max(to + dx, 0), width))
  })
  return { width, height, runs: out.runs() }
}

/** Returns the mask of the pixels whose value is not zero. */
export function maskOfPixels(pixels: ArrayLike<number>, width: number, height: number): Mask {
  const out = new RunCollector()
  const count = width * height
  for (let at = 0; at < count; at += 1) {
    if (pixels[at] === 0) continue
    const start = at
    while (at < count && pixels[at] !== 0) at += 1
    out.add(start, at)
  }
  return { width, height, runs: out.runs() }
}

/** Returns one value a pixel: 1 where it is painted. */
export function pixelsOfMask({ width, height, runs }: Mask): Uint8Array {
  const pixels = new Uint8Array(width * height)
  for (let at = 0; at < runs.length; at += 2) pixels.fill(1, runs[at] as number, runs[at + 1] as number)
  return pixels
}
