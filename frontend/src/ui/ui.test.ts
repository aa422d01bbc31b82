import { describe, expect, it } from 'vitest'
import { nameOf } from './nameOf'
import { relativeTime } from './relativeTime'
import { choose, countSelected, everything, isSelected, nothing } from './selection'
import { nextRow } from './table/nextRow'

describe('selection', () => {
  it('names rows', () => {
    const two = choose(nothing, [4, 9], true)
    expect([isSelected(two, 4), isSelected(two, 5), countSelected(two, 100)]).toEqual([true, false, 2])
    expect(countSelected(choose(two, [4], false), 100)).toBe(1)
  })

  it('names rows left out of all', () => {
    const most = choose(everything, [4], false)
    expect([isSelected(most, 4), isSelected(most, 5), countSelected(most, 100)]).toEqual([false, true, 99])
    expect(choose(most, [4], true)).toEqual(everything)
    expect(countSelected(everything, 0)).toBe(0)
  })
})

describe('nextRow', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowDown', 99, 99],
    ['ArrowUp', 0, 0],
    ['PageDown', 50, 70],
    ['PageUp', 5, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
    ['x', 50, null],
  ])('%s from row %i leads to %j', (key, at, row) => {
    expect(nextRow(key, at, 100, 20)).toBe(row)
  })
  it('goes nowhere in an empty table', () => {
    expect(nextRow('End', 0, 0, 20)).toBeNull()
  })
})

describe('relativeTime', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  it.each([
    ['2026-11-21T11:59:40Z', 'now'],
    ['2026-11-21T11:57:00Z', '3 minutes ago'],
    ['2026-11-21T09:59:00Z', '2 hours ago'],
    ['2026-11-20T11:00:00Z', 'yesterday'],
    ['2026-11-28T13:00:00Z', 'next week'],
    ['2024-01-01T00:00:00Z', '2 years ago'],
  ])('%s is %s', (at, text) => {
    expect(relativeTime(new Date(at), now, 'en')).toBe(text)
  })
})

it('people without a name go by their address', () => {
  expect(nameOf({ first_name: 'Ada', last_name: '', email: 'a@b.c' })).toBe('Ada')
  expect(nameOf({ first_name: '', last_name: '', email: 'a@b.c' })).toBe('a@b.c')
})
