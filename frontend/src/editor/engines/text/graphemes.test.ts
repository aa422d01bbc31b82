import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRightToLeft } from './bidi'
import { toUnits } from './granularity'
import { graphemeEnd, graphemeStart, isBetweenGraphemes } from './graphemes'

const FAMILY = '👨‍👩‍👧'
const pieces = ['a', ' ', 'e\u0301', '👋🏽', FAMILY, '🇫🇷', '漢', 'ن', 'नि', '\r\n', '\n', '각']
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 30 })

describe('characters as people see them', () => {
  it('are never torn: marks, joined emoji, flags, jamo, line breaks of two characters', () => {
    for (const piece of pieces) {
      const text = `x${piece}y`
      expect(isBetweenGraphemes(text, 1)).toBe(true)
      for (let at = 2; at < 1 + piece.length; at += 1)
        expect([piece, at, isBetweenGraphemes(text, at)]).toEqual([piece, at, false])
      expect(isBetweenGraphemes(text, 1 + piece.length)).toBe(true)
    }
  })

  it('have their borders where a segmenter over the whole text has them', () =>
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('')
        const borders = new Set(
          [...new Intl.Segmenter().segment(text)].map(({ index }) => index).concat(text.length, 0),
        )
        for (let at = 0; at <= text.length; at += 1) expect(isBetweenGraphemes(text, at)).toBe(borders.has(at))
      }),
    ))

  it('a selection grows to whole ones and never shrinks', () =>
    fc.assert(
      fc.property(texts, fc.nat(80), fc.nat(80), (parts, from, length) => {
        const text = parts.join('')
        const [start, end] = [Math.min(from, text.length), Math.min(from + length, text.length)]
        const range = toUnits(text, { start, end }, 'symbol')
        if (start === end && isBetweenGraphemes(text, start)) return void expect(range).toBeNull()
        expect(range).toEqual({ start: graphemeStart(text, start), end: graphemeEnd(text, end) })
        expect(range && range.start <= start && range.end >= end).toBe(true)
      }),
    ))
})

describe('units', () => {
  it.each([
    ['word', '私は東京へ行く', { start: 2, end: 3 }, '東京'],
    ['word', 'قال محمد شيئا', { start: 5, end: 6 }, 'محمد'],
    ['word', `hello ${FAMILY} world`, { start: 7, end: 9 }, FAMILY],
    ['sentence', 'One. Two is here. Three.', { start: 6, end: 7 }, 'Two is here.'],
    ['paragraph', 'a b\nc d\ne', { start: 4, end: 5 }, 'c d'],
  ] as const)('%s in %s', (unit, text, range, expected) => {
    const whole = toUnits(text, range, unit)
    expect(whole && text.slice(whole.start, whole.end)).toBe(expected)
  })

  it('blank selections make nothing', () => expect(toUnits('a   b', { start: 1, end: 3 }, 'word')).toBeNull())
})

it.each([
  ['abc', 1, false],
  ['שלום', 2, true],
  ['قال 12', 5, true],
  ['12', 1, false],
])('%s at %i', (text, at, expected) => expect(isRightToLeft(text, at)).toBe(expected))
