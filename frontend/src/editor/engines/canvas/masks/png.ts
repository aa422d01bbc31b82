import { MaskDeflater } from './deflate'
import { eachRow, type Mask, RunCollector } from './runs'

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10]
const PREFIX = 'data:image/png;base64,'
/** Values a pixel by the color type of the file: gray, RGB, palette, gray and alpha, RGBA. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 255] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(data.length + 12)
  const view = new DataView(whole.buffer)
  view.setUint32(0, data.length)
  for (let at = 0; at < 4; at += 1) whole[4 + at] = name.charCodeAt(at)
  whole.set(data, 8)
  view.setUint32(data.length + 8, crcOf(whole.subarray(4, data.length + 8)))
  return whole
}

/** Returns a PNG (RGBA): black where it is painted, transparent elsewhere. */
export function encodePng(mask: Mask): Uint8Array {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, mask.width)
  view.setUint32(4, mask.height)
  header.set([8, 6, 0, 0, 0], 8)
  const deflater = new MaskDeflater()
  // Each row begins with a zero for its filter; zeros up to the next painted stretch are written in one go.
  const rowBytes = mask.width * 4 + 1
  let done = 0
  eachRow(mask, (row, from, to) => {
    const start = row * rowBytes + 1 + from * 4
    deflater.zeros(start - done)
    deflater.painted(to - from)
    done = row * rowBytes + 1 + to * 4
  })
  deflater.zeros(mask.height * rowBytes - done)
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', deflater.finish()),
    chunk('IEND', new Uint8Array(0)),
  ]
  const png = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    png.set(part, at)
    at += part.length
  }
  return png
}

/** Returns the PNG of a mask as a data URL. */
export function toDataUrl(mask: Mask): string {
  const png = encodePng(mask)
  let binary = ''
  for (let at = 0; at < png.length; at += 0x8000) binary += String.fromCharCode(...png.subarray(at, at + 0x8000))
  return PREFIX + btoa(binary)
}

/** Returns the bytes of a base64 data URL, or `null` if it is none. */
export function bytesOfDataUrl(url: string): Uint8Array | null {
  const base64 = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1]
  if (base64 === undefined) return null
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}

interface PngHeader {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly color: number
  readonly isInterlaced: boolean
  /** Transparency of palette entries. */
  readonly alphas: Uint8Array | null
  readonly data: readonly Uint8Array[]
}

function readChunks(bytes: Uint8Array): PngHeader | null {
  if (!SIGNATURE.every((byte, at) => bytes[at] === byte)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const data: Uint8Array[] = []
  let alphas: Uint8Array | null = null
  let at = 8
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (name === 'IDAT') data.push(body)
    if (name === 'tRNS') alphas = body
    at += length + 12
  }
  if (data.length === 0) return null
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    depth: bytes[24] as number,
    color: bytes[25] as number,
    isInterlaced: bytes[28] !== 0,
    alphas,
    data,
  }
}

/**
 * Returns the painted pixels of a PNG: those that are not transparent or, in a picture without transparency, not black.
 *
 * `null`: no PNG, or one of a kind that is left to the browser (interlaced).
 */
export async function decodePng(bytes: Uint8Array): Promise<Mask | null> {
  const header = readChunks(bytes)
  const channels = header ? CHANNELS[header.color] : undefined
  if (!header || !channels || header.isInterlaced || header.width * header.height > 2 ** 28) return null
  const { width, height, depth } = header
  const step = Math.max(1, (channels * depth) >> 3)
  const rowBytes = Math.ceil((width * channels * depth) / 8)
  const isPainted = painter(header, channels)
  const out = new RunCollector()
  let [row, filled] = [0, 0]
  let [line, before] = [new Uint8Array(rowBytes + 1), new Uint8Array(rowBytes + 1)]
  for await (const part of inflated(header.data)) {
    let at = 0
    while (at < part.length && row < height) {
      const take = Math.min(part.length - at, rowBytes + 1 - filled)
      line.set(part.subarray(at, at + take), filled)
      at += take
      filled += take
      if (filled <= rowBytes) continue
      unfilter(line, before, step)
      for (let x = 0; x < width; x += 1) {
        if (!isPainted(line, x)) continue
        const from = x
        while (x < width && isPainted(line, x)) x += 1
        out.add(row * width + from, row * width + x)
      }
      ;[line, before] = [before, line]
      filled = 0
      row += 1
    }
  }
  return row === height ? { width, height, runs: out.runs() } : null
}

async function* inflated(parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  const stream = new Blob([...parts] as BlobPart[]).stream().pipeThrough(new DecompressionStream('deflate'))
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** Takes back the prediction of a row from the byte to the left (`a`), above (`b`) and left above (`c`). */
function unfilter(line: Uint8Array, before: Uint8Array, step: number): void {
  const filter = line[0]
  if (filter === 0) return
  for (let at = 1; at < line.length; at += 1) {
    const a = at > step ? (line[at - step] as number) : 0
    const b = before[at] as number
    const c = at > step ? (before[at - step] as number) : 0
    const guess = filter === 1 ? a : filter === 2 ? b : filter === 3 ? (a + b) >> 1 : paeth(a, b, c)
    line[at] = (line[at] as number) + guess
  }
}

function paeth(a: number, b: number, c: number): number {
  const [toA, toB, toC] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  if (toA <= toB && toA <= toC) return a
  return toB <= toC ? b : c
}

/** Returns how to tell whether the pixel `x` of a row (whose first byte is the filter) is painted. */
function painter({ color, depth, alphas }: PngHeader, channels: number): (line: Uint8Array, x: number) => boolean {
  if (depth < 8) {
    const sample = (line: Uint8Array, x: number) => {
      const bit = x * depth
      return ((line[1 + (bit >> 3)] as number) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)
    }
    if (color === 3 && alphas) return (line, x) => (alphas[sample(line, x)] ?? 255) !== 0
    return (line, x) => sample(line, x) !== 0
  }
  const bytes = depth >> 3
  const step = channels * bytes
  if (color === 4 || color === 6) {
    const alpha = 1 + step - bytes
    return (line, x) => line[alpha + x * step] !== 0
  }
  if (color === 3 && alphas) return (line, x) => (alphas[line[1 + x] as number] ?? 255) !== 0
  return (line, x) => {
    for (let at = 1 + x * step; at < 1 + (x + 1) * step; at += 1) if (line[at] !== 0) return true
    return false
  }
}
