import fc from 'fast-check'
import { expect, it } from 'vitest'
import { closestMatch, likeness } from './closestMatch'

it.each([
  ['tide', 'diet', 0.25],
  ['diet', 'tide', 0.5],
  ['abcd', 'bcde', 0.75],
  ['', '', 1],
  ['a', '', 0],
])('%s is like %s by %d', (a, b, expected) => expect(likeness(a, b)).toBe(expected))

it('is 1 for equal words and never leaves 0 to 1', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(likeness(a, a)).toBe(1)
      expect(likeness(a, b)).toBeGreaterThanOrEqual(0)
      expect(likeness(a, b)).toBeLessThanOrEqual(1)
    }),
  )
})

it('finds the word most like another, the later one in the alphabet of two alike', () => {
  expect(closestMatch('appel', ['ape', 'apple', 'peach', 'puppy'])).toBe('apple')
  expect(closestMatch('ab', ['abx', 'aby'])).toBe('aby')
  expect(closestMatch('zzz', ['ape', 'apple'])).toBeNull()
  expect(closestMatch('a', [])).toBeNull()
})
