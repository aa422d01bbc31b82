import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packBytes, unpackBytes } from './packing'

const bytes = (length: number) => Array.from({ length }, (_, at) => at % 256)

describe('packing', () => {
  it('holds long lists of bytes as bytes, and nothing else', () => {
    const value = { a: bytes(600), b: bytes(20), c: [...bytes(600), 1.5], d: 'text', e: [{ rle: bytes(900) }], f: null }
    const packed = packBytes(value)
    expect(packed.a).toBeInstanceOf(Uint8Array)
    expect(packed.e[0]?.rle).toBeInstanceOf(Uint8Array)
    expect([packed.b, packed.c, packed.d, packed.f]).toEqual([value.b, value.c, 'text', null])
    expect(unpackBytes(packed)).toEqual(value)
  })

  it('packs a list once, however often it is stored', () => {
    const rle = bytes(600)
    expect(packBytes({ rle }).rle).toBe(packBytes([{ rle }])[0]?.rle)
  })

  it('returns what has nothing to pack as it is', () => {
    const value = { labels: ['A'], points: [[1, 2]], nested: { deep: [null, true] } }
    expect(packBytes(value)).toBe(value)
    expect(unpackBytes(value)).toBe(value)
  })

  it('leaves other binary data alone', () => {
    const runs = Int32Array.of(1, 2)
    expect(packBytes({ runs }).runs).toBe(runs)
  })

  it('gives all JSON back', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(unpackBytes(packBytes(value))).toEqual(value)
      }),
    ))
})
