import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosenText, fitsAddress, readChosen } from './chosenText'

const some = (...ids: number[]) => ({ all: false, ids: new Set(ids) })
const allBut = (...ids: number[]) => ({ all: true, ids: new Set(ids) })

describe('a selection in an address', () => {
  it.each([
    ['only3-5.9', some(9, 4, 3, 5)],
    ['only7', some(7)],
    ['not', allBut()],
    ['not7-8', allBut(8, 7)],
  ])('is %s', (text, chosen) => {
    expect(chosenText(chosen)).toBe(text)
    expect(readChosen(text)).toEqual(chosen)
  })

  it('is absent when nothing is selected', () => {
    expect(chosenText(some())).toBeNull()
  })

  it('is short for a hundred thousand neighbors, and too long for as many strangers', () => {
    const neighbors = new Set(Array.from({ length: 100_000 }, (_, index) => index + 1))
    expect(chosenText({ all: false, ids: neighbors })).toBe('only1-100000')
    const strangers = new Set([...neighbors].map((id) => id * 2))
    expect(fitsAddress(chosenText({ all: false, ids: strangers }) ?? '')).toBe(false)
    expect(fitsAddress('only1-100000')).toBe(true)
  })

  it.each(['', 'only', 'onlyx', 'only5-3', 'only1-99999999', 'some3', 7, null, { all: true, ids: [] }])(
    'is not %j',
    (text) => {
      expect(readChosen(text)).toBeUndefined()
    },
  )

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (all, ids) => {
        const chosen = { all, ids: new Set(ids) }
        expect(readChosen(chosenText(chosen))).toEqual(chosen)
      }),
    )
  })
})
