import { type Mask, RunCollector } from './runs'

/**
 * The `rle` of brush results: bytes of a bit stream, highest bit first. It holds the number of values (32 bits), the word
 * size less one (5 bits), four run-length widths less one (4 bits each), then blocks: one bit kind (1 = run), two bits
 * index of a width, the length less one in that many bits, and one value for a run or as many as its length.
 *
 * The values are the picture's pixels as red, green, blue, alpha; only alpha counts.
 */
const WIDTHS = [3, 4, 8, 16] as const
const LONGEST = 65_536

class BitWriter {
  private bytes = new Uint8Array(1024)
  private used = 0
  private rest = 0
  private room = 8

  write(value: number, bits: number): void {
    let left = bits
    while (left > 0) {
      const take = Math.min(left, this.room)
      this.room -= take
      left -= take
      this.rest |= ((value >>> left) & ((1 << take) - 1)) << this.room
      if (this.room === 0) this.flush()
    }
  }

  finish(): Uint8Array {
    if (this.room < 8) this.flush()
    return this.bytes.slice(0, this.used)
  }

  private flush(): void {
    if (this.used === this.bytes.length) {
      const larger = new Uint8Array(this.used * 2)
      larger.set(this.bytes)
      this.bytes = larger
    }
    this.bytes[this.used] = this.rest
    this.used += 1
    this.rest = 0
    this.room = 8
  }
}

/** Returns the `rle` of a mask. It is made from the stretches: its cost does not depend on the size of the picture. */
export function encodeRle({ width, height, runs }: Mask): number[] {
  const writer = new BitWriter()
  const count = width * height * 4
  writer.write(Math.floor(count / 65_536), 16)
  writer.write(count % 65_536, 16)
  writer.write(7, 5)
  for (const size of WIDTHS) writer.write(size - 1, 4)
  let done = 0
  for (let at = 0; at < runs.length; at += 2) {
    const start = (runs[at] as number) * 4
    const end = (runs[at + 1] as number) * 4
    writeRun(writer, start - done, 0)
    writeRun(writer, end - start, 255)
    done = end
  }
  writeRun(writer, count - done, 0)
  return Array.from(writer.finish())
}

/** Lengths are multiples of four, so that pieces of 65,536 leave no single value. */
function writeRun(writer: BitWriter, length: number, value: number): void {
  for (let left = length; left > 0; left -= LONGEST) {
    const piece = Math.min(left, LONGEST)
    const index = piece <= 8 ? 0 : piece <= 16 ? 1 : piece <= 256 ? 2 : 3
    writer.write(1, 1)
    writer.write(index, 2)
    writer.write(piece - 1, WIDTHS[index] as number)
    writer.write(value, 8)
  }
}

class BitReader {
  private at = 0

  constructor(private readonly bytes: ArrayLike<number>) {}

  read(bits: number): number {
    if (this.at + bits > this.bytes.length * 8) throw new RangeError('The rle ends too early.')
    let value = 0
    let left = bits
    while (left > 0) {
      const inByte = this.at & 7
      const take = Math.min(left, 8 - inByte)
      const byte = this.bytes[this.at >> 3] as number
      value = value * 2 ** take + ((byte >>> (8 - inByte - take)) & ((1 << take) - 1))
      this.at += take
      left -= take
    }
    return value
  }
}

/**
 * Returns the painted pixels of an `rle` for a picture of `width` by `height`.
 *
 * Throws `RangeError` if it is broken or made for a picture of another size.
 */
export function decodeRle(bytes: ArrayLike<number>, width: number, height: number): Mask {
  const reader = new BitReader(bytes)
  const count = reader.read(32)
  if (count !== width * height * 4) throw new RangeError(`The rle holds ${count} values, not ${width * height * 4}.`)
  const word = reader.read(5) + 1
  const widths = WIDTHS.map(() => reader.read(4) + 1)
  const out = new RunCollector()
  let at = 0
  while (at < count) {
    const isRun = reader.read(1) === 1
    const length = reader.read(widths[reader.read(2)] as number) + 1
    const end = Math.min(at + length, count)
    if (isRun) {
      // Alpha is the fourth of each four: pixel p has it at 4p + 3.
      if (reader.read(word) !== 0) out.add(Math.floor(at / 4), Math.floor(end / 4))
      at = end
    } else {
      for (; at < end; at += 1) {
        const value = reader.read(word)
        if (value !== 0 && (at & 3) === 3) out.add(at >> 2, (at >> 2) + 1)
      }
    }
  }
  return { width, height, runs: out.runs() }
}
