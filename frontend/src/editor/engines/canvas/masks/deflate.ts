/**
 * Writes a zlib stream that consists of zeros and of pixels 0, 0, 0, 255: a mask as RGBA. The cost depends on the number of
 * stretches and hardly on the number of bytes: repetitions are known beforehand and need not be searched for.
 *
 * The Huffman code is fixed: the longest match has one bit, the other 32 symbols have six, the two distances (1: the last
 * byte again, 4: the last pixel again) one bit each.
 */
const LONGEST = 258
const LONGEST_SYMBOL = 285
const END_SYMBOL = 256
const BASE = 65_521

/** First length of each length symbol from 257 on, and how many bits follow it. */
const LENGTHS: readonly (readonly [first: number, bits: number])[] = (() => {
  const table: [number, number][] = []
  let first = 3
  for (let symbol = 257; symbol < LONGEST_SYMBOL; symbol += 1) {
    const bits = symbol < 265 ? 0 : Math.floor((symbol - 261) / 4)
    table.push([first, bits])
    first += 2 ** bits
  }
  return table
})()

/** The symbols that are used; 1 only makes the code complete. */
const SIX_BITS = [0, 1, 255, END_SYMBOL, ...LENGTHS.map((_, at) => 257 + at)]

const reversed = (code: number, bits: number): number => {
  let turned = 0
  for (let bit = 0; bit < bits; bit += 1) turned |= ((code >> bit) & 1) << (bits - 1 - bit)
  return turned
}

const CODES: ReadonlyMap<number, number> = new Map(SIX_BITS.map((symbol, at) => [symbol, reversed(32 + at, 6)]))

/** Symbol at 257 + index for each length from 3 to 257. */
const SYMBOL_OF = Uint8Array.from({ length: LONGEST }, (_, length) => {
  let at = LENGTHS.length - 1
  while (at > 0 && (LENGTHS[at] as readonly [number, number])[0] > length) at -= 1
  return at
})

export class MaskDeflater {
  private bytes = new Uint8Array(4096)
  private used = 0
  private bits = 0
  private count = 0
  private sumA = 1
  private sumB = 0
  private isAfterZero = false

  constructor() {
    this.byte(0x78)
    this.byte(0x9c)
    this.writeHeader()
  }

  /** Writes bytes that are zero. */
  zeros(length: number): void {
    if (length <= 0) return
    this.sumB = (this.sumB + length * this.sumA) % BASE
    let left = length
    if (!this.isAfterZero) {
      this.write(CODES.get(0) as number, 6)
      left -= 1
    }
    this.isAfterZero = true
    this.repeat(left, 0)
  }

  /** Writes painted pixels. */
  painted(pixels: number): void {
    if (pixels <= 0) return
    this.zeros(3)
    this.write(CODES.get(255) as number, 6)
    this.sumA = (this.sumA + 255) % BASE
    this.sumB = (this.sumB + this.sumA) % BASE
    this.isAfterZero = false
    const more = pixels - 1
    this.repeat(more * 4, 1)
    this.sumB = (this.sumB + 4 * (more * this.sumA + (255 * more * (more - 1)) / 2) + 255 * more) % BASE
    this.sumA = (this.sumA + 255 * more) % BASE
  }

  /** Returns the whole stream. */
  finish(): Uint8Array {
    this.write(CODES.get(END_SYMBOL) as number, 6)
    if (this.count > 0) this.write(0, 8 - this.count)
    for (const sum of [this.sumB, this.sumA]) {
      this.byte(sum >> 8)
      this.byte(sum & 255)
    }
    return this.bytes.slice(0, this.used)
  }

  private repeat(length: number, distanceCode: 0 | 1): void {
    let left = length
    while (left >= 3) {
      const piece = left <= LONGEST ? left : Math.min(LONGEST, left - 3)
      this.match(piece, distanceCode)
      left -= piece
    }
    // Only zeros come in such small numbers: pixels have four bytes.
    for (; left > 0; left -= 1) this.write(CODES.get(0) as number, 6)
  }

  private match(length: number, distanceCode: 0 | 1): void {
    if (length === LONGEST) {
      this.write(distanceCode << 1, 2)
      return
    }
    const at = SYMBOL_OF[length] as number
    const [first, bits] = LENGTHS[at] as readonly [number, number]
    this.write(CODES.get(257 + at) as number, 6)
    this.write(length - first, bits)
    this.write(distanceCode, 1)
  }

  private write(value: number, bits: number): void {
    this.bits |= value << this.count
    this.count += bits
    while (this.count >= 8) {
      this.byte(this.bits & 255)
      this.bits >>>= 8
      this.count -= 8
    }
  }

  private byte(value: number): void {
    if (this.used === this.bytes.length) {
      const larger = new Uint8Array(this.used * 2)
      larger.set(this.bytes)
      this.bytes = larger
    }
    this.bytes[this.used] = value
    this.used += 1
  }

  /** The last block, with a code of its own: lengths of codes are told by the four code-length symbols 0, 1, 6, 18. */
  private writeHeader(): void {
    this.write(1, 1)
    this.write(2, 2)
    this.write(LONGEST_SYMBOL + 1 - 257, 5)
    this.write(4 - 1, 5)
    this.write(18 - 4, 4)
    for (const length of [0, 0, 2, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]) this.write(length, 3)
    const code: Readonly<Record<number, number>> = { 0: 0, 1: reversed(1, 2), 6: reversed(2, 2), 18: reversed(3, 2) }
    const put = (symbol: number) => this.write(code[symbol] as number, 2)
    const skip = (zeros: number) => {
      put(18)
      this.write(zeros - 11, 7)
    }
    put(6)
    put(6)
    skip(138)
    skip(115)
    for (let symbol = 255; symbol < LONGEST_SYMBOL; symbol += 1) put(6)
    put(1)
    for (const length of [1, 0, 0, 1]) put(length)
  }
}
