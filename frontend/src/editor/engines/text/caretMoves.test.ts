import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byCharacter, byLine, byWord } from './caretMoves'
import { isBetweenGraphemes } from './graphemes'

describe('a caret', () => {
  it('passes what people see as one character at once', () => {
    const text = 'a🏳️‍🌈é漢'
    const places = [0]
    while ((places.at(-1) as number) < text.length) places.push(byCharacter(text, places.at(-1) as number, 1))
    expect(places.map((at, index) => text.slice(places[index - 1] ?? 0, at)).slice(1)).toEqual(['a', '🏳️‍🌈', 'é', '漢'])
    const back = [text.length]
    while ((back.at(-1) as number) > 0) back.push(byCharacter(text, back.at(-1) as number, -1))
    expect(back.reverse()).toEqual(places)
  })

  it.each([
    ['Alice met Bob', 0, 1, 5],
    ['Alice met Bob', 5, 1, 9],
    ['Alice met Bob', 9, -1, 6],
    ['Alice met Bob', 13, 1, 13],
    ['Alice', 0, -1, 0],
    ['שלום עולם', 0, 1, 4],
  ] as const)('goes by words in %j from %i', (text, at, step, to) => expect(byWord(text, at, step)).toBe(to))

  it('finds words where no spaces stand', () => expect(byWord('我爱北京天安门', 2, 1)).toBeGreaterThan(3))

  it('goes to both ends of its line', () => {
    expect([byLine('ab\ncd\r\ne', 4, -1), byLine('ab\ncd\r\ne', 4, 1)]).toEqual([3, 5])
    expect([byLine('', 0, -1), byLine('', 0, 1)]).toEqual([0, 0])
  })

  it('never stands inside of a character, and always gets on', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.nat(40), (text, start) => {
        const at = Math.min(start, text.length)
        const [next, before] = [byCharacter(text, at, 1), byCharacter(text, at, -1)]
        expect([isBetweenGraphemes(text, next), isBetweenGraphemes(text, before)]).toEqual([true, true])
        if (at < text.length) expect(next).toBeGreaterThan(at)
        if (at > 0) expect(before).toBeLessThan(at)
      }),
    ))
})
