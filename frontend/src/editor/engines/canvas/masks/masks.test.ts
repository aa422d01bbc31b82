import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfDataUrl, decodePng, encodePng, toDataUrl } from './png'
import { readMask } from './pngReader'
import { decodeRle, encodeRle } from './rle'
import {
  areaOf,
  eachRow,
  emptyMask,
  hasPixel,
  type Mask,
  maskBox,
  maskOfPixels,
  moveMask,
  pixelsOfMask,
  subtract,
  unite,
} from './runs'
import { strokeRuns } from './stroke'

const anyMask = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 30 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height })
      .map((pixels) => maskOfPixels(pixels, width, height)),
  )
const twoMasks = anyMask.chain((a) =>
  fc
    .array(fc.integer({ min: 0, max: 1 }), { minLength: a.width * a.height, maxLength: a.width * a.height })
    .map((pixels): [Mask, Mask] => [a, maskOfPixels(pixels, a.width, a.height)]),
)
const smallMask = maskOfPixels([0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0], 4, 3)

describe('stretches of pixels', () => {
  it('hold what the pixels hold', () =>
    fc.assert(
      fc.property(anyMask, (mask) => {
        const pixels = pixelsOfMask(mask)
        expect(maskOfPixels(pixels, mask.width, mask.height)).toEqual(mask)
        expect(areaOf(mask)).toBe(pixels.reduce((sum, pixel) => sum + pixel, 0))
        pixels.forEach((pixel, at) => {
          expect(hasPixel(mask, at % mask.width, Math.floor(at / mask.width))).toBe(pixel === 1)
        })
      }),
      { numRuns: 50 },
    ))

  it('unite and subtract as pixels do', () =>
    fc.assert(
      fc.property(twoMasks, ([a, b]) => {
        const [pa, pb] = [pixelsOfMask(a), pixelsOfMask(b)]
        expect(pixelsOfMask(unite(a, b.runs))).toEqual(pa.map((pixel, at) => pixel | (pb[at] as number)))
        expect(pixelsOfMask(subtract(a, b.runs))).toEqual(pa.map((pixel, at) => pixel & ~(pb[at] as number)))
      }),
    ))

  it('know their box and their rows', () => {
    expect(maskBox(smallMask)).toEqual({ minX: 0, minY: 0, maxX: 4, maxY: 2 })
    expect(maskBox(emptyMask(5, 5))).toEqual({ minX: 0, minY: 0, maxX: 0, maxY: 0 })
    const rows: number[][] = []
    eachRow({ width: 4, height: 3, runs: Int32Array.of(1, 10) }, (...row) => rows.push(row))
    expect(rows).toEqual([
      [0, 1, 4],
      [1, 0, 4],
      [2, 0, 2],
    ])
  })

  it('say no outside of the picture', () =>
    expect([hasPixel(smallMask, -1, 1), hasPixel(smallMask, 4, 0), hasPixel(smallMask, 1, 3)]).toEqual([
      false,
      false,
      false,
    ]))

  it('move, and lose what leaves the picture', () => {
    expect(pixelsOfMask(moveMask(smallMask, 1, 1))).toEqual(Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1))
    expect(areaOf(moveMask(smallMask, 0, 3))).toBe(0)
    expect(moveMask(smallMask, 0.2, -0.3)).toBe(smallMask)
  })
})

describe('a brush stroke', () => {
  const size = { width: 50, height: 40 }
  const coordinate = fc.double({ min: -20, max: 70, noNaN: true })

  it('covers the pixels near its line, and no others', () =>
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        coordinate,
        coordinate,
        fc.double({ min: 0.5, max: 15, noNaN: true }),
        (ax, ay, bx, by, radius) => {
          const mask = { ...size, runs: strokeRuns({ x: ax, y: ay }, { x: bx, y: by }, radius, size) }
          const pixels = pixelsOfMask(mask)
          const length = (bx - ax) ** 2 + (by - ay) ** 2
          pixels.forEach((pixel, at) => {
            const [x, y] = [(at % 50) + 0.5, Math.floor(at / 50) + 0.5]
            const t =
              length === 0 ? 0 : Math.min(Math.max(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length, 0), 1)
            const away = Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
            // On the very border arithmetic decides.
            if (Math.abs(away - radius) > 1e-6) expect(pixel === 1).toBe(away < radius)
          })
        },
      ),
      { numRuns: 60 },
    ))
})

describe('rle', () => {
  it.each([
    [4, 3, [0, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0], [0, 0, 0, 48, 57, 27, 252, 96, 19, 255, 198, 1, 127, 254, 248, 0]],
    [100, 100, new Array<number>(10_000).fill(0), [0, 0, 156, 64, 57, 27, 255, 156, 63, 0]],
  ])('%i × %i is written as the reference does', (width, height, pixels, bytes) => {
    expect(encodeRle(maskOfPixels(pixels, width, height))).toEqual(bytes)
  })

  it('reads gray values and literal blocks: only alpha counts', () => {
    expect(decodeRle([0, 0, 0, 8, 57, 27, 248, 224, 32, 64, 127, 224, 32, 64, 127, 224], 2, 1).runs).toEqual(
      Int32Array.of(0, 2),
    )
    // Values 0, 10, 200, 255: one pixel whose alpha is 255.
    expect(decodeRle([0, 0, 0, 16, 57, 27, 252, 96, 17, 133, 71, 145, 31, 248], 4, 1).width).toBe(4)
  })

  it('reads what it wrote', () =>
    fc.assert(
      fc.property(anyMask, (mask) => {
        expect(decodeRle(encodeRle(mask), mask.width, mask.height)).toEqual(mask)
      }),
    ))

  it('writes pieces of 65,536 for large pictures', () => {
    const whole = { width: 400, height: 300, runs: Int32Array.of(0, 120_000) }
    expect(decodeRle(encodeRle(whole), 400, 300)).toEqual(whole)
  })

  it('reads other word sizes and widths', () => {
    // 8 values, words of 1 bit, widths 1 2 3 4: run of 4 ones with width 2 (index 1), run of 4 zeros.
    const bits =
      '00000000000000000000000000001000' +
      '00000' +
      '0000000100100011' +
      '1' +
      '01' +
      '11' +
      '1' +
      '1' +
      '01' +
      '11' +
      '0'
    const bytes = (bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []).map((byte) =>
      Number.parseInt(byte, 2),
    )
    expect(decodeRle(bytes, 2, 1).runs).toEqual(Int32Array.of(0, 1))
  })

  it('refuses what ends too early, and what was made for another picture', () => {
    expect(() => decodeRle([0, 0, 0, 48, 57, 27, 252], 4, 3)).toThrow(RangeError)
    expect(() => decodeRle(encodeRle(smallMask), 5, 3)).toThrow('48 values')
  })
})

describe('png', () => {
  it('reads what it wrote, and any other reader does', async () => {
    await fc.assert(
      fc.asyncProperty(anyMask, async (mask) => {
        const png = encodePng(mask)
        expect(await decodePng(png)).toEqual(mask)
        const raw = inflateSync(png.subarray(8 + 25 + 8, png.length - 12 - 4))
        const rows = Array.from({ length: mask.height }, (_, row) =>
          raw.subarray(row * (mask.width * 4 + 1), (row + 1) * (mask.width * 4 + 1)),
        )
        const pixels = pixelsOfMask(mask)
        rows.forEach((bytes, row) => {
          const rgba = Array.from({ length: mask.width }, (_, x) => [0, 0, 0, pixels[row * mask.width + x] ? 255 : 0])
          expect([...bytes]).toEqual([0, ...rgba.flat()])
        })
      }),
      { numRuns: 60 },
    )
  })

  it('writes a full-size mask in few bytes', async () => {
    const large = {
      width: 4000,
      height: 3000,
      runs: strokeRuns({ x: 300, y: 400 }, { x: 3500, y: 2500 }, 240, { width: 4000, height: 3000 }),
    }
    const png = encodePng(large)
    expect(png.length).toBeLessThan(80_000)
    expect(areaOf((await decodePng(png)) as Mask)).toBe(areaOf(large))
  })

  it.each([
    [
      'gray of one bit',
      'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAC1D1u3AAAADElEQVR4nGNwYFgAAAFkAOGROt8sAAAAAElFTkSuQmCC',
      [0, 1, 0, 1, 0, 1],
    ],
    [
      'palette of two bits',
      'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAgMAAADgGo6JAAAACVBMVEUAAAAAAAAAAACDY+nAAAAAA3RSTlMA/wBpUjmsAAAADElEQVR4nGOQYHABAACQAF1UpLlXAAAAAElFTkSuQmCC',
      [0, 1, 0, 1, 0, 1],
    ],
    [
      'all five filters',
      'iVBORw0KGgoAAAANSUhEUgAAAAMAAAAFCAAAAAClGgl+AAAAHElEQVR4nGNgYGVlZGf4yfSTiZGZ6TcDCyMzAwAe6gMSVAycOgAAAABJRU5ErkJggg==',
      [0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1],
    ],
  ])('reads %s', async (_, base64, pixels) => {
    const mask = await readMask(`data:image/png;base64,${base64}`)
    expect([...pixelsOfMask(mask as Mask)]).toEqual(pixels)
  })

  it('refuses what is no picture', async () => {
    expect(await readMask('https://example.org/a.png')).toBeNull()
    expect(await readMask('data:image/png;base64,AAAA')).toBeNull()
    expect(bytesOfDataUrl('data:image/png;base64,%%')).toBeNull()
    const cut = toDataUrl(smallMask).slice(0, 90)
    expect(await readMask(cut)).toBeNull()
  })

  it('writes data URLs', async () => {
    expect(await readMask(toDataUrl(smallMask))).toEqual(smallMask)
  })
})
