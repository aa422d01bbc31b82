import { describe, expect, it } from 'vitest'
import { bodyHeight, MAX_HEIGHT, offsetShowing, placeAt, rowsInSight, START, scrolledTo } from './place'

const VIEW = 800
const LONG = 40_000_000

describe('content that fits a browser', () => {
  it('is scrolled as it is', () => {
    expect(bodyHeight(4000)).toBe(4000)
    expect(scrolledTo(START, 1234, 4000, VIEW)).toEqual({ scrollTop: 1234, offset: 1234 })
    expect(placeAt(9999, 4000, VIEW)).toEqual({ scrollTop: 3200, offset: 3200 })
  })
})

describe('content that is higher than a browser allows', () => {
  it('has the highest body, and every pixel can be reached', () => {
    expect(bodyHeight(LONG)).toBe(MAX_HEIGHT)
    expect(scrolledTo(START, MAX_HEIGHT - VIEW, LONG, VIEW).offset).toBe(LONG - VIEW)
    expect(placeAt(LONG, LONG, VIEW)).toEqual({ scrollTop: MAX_HEIGHT - VIEW, offset: LONG - VIEW })
  })

  it('moves pixel by pixel over short ways', () => {
    const middle = placeAt(20_000_000, LONG, VIEW)
    const next = scrolledTo(middle, middle.scrollTop + 120, LONG, VIEW)
    expect(next.offset).toBe(20_000_120)
    expect(scrolledTo(next, next.scrollTop - 120, LONG, VIEW)).toEqual(middle)
  })

  it('moves in proportion when the bar is dragged', () => {
    const half = scrolledTo(START, (MAX_HEIGHT - VIEW) / 2, LONG, VIEW)
    expect(half.offset).toBeCloseTo((LONG - VIEW) / 2, 0)
  })

  it('ends at the ends, however it came there', () => {
    const near = { scrollTop: 100, offset: 5000 }
    expect(scrolledTo(near, 0, LONG, VIEW).offset).toBe(0)
    expect(scrolledTo({ scrollTop: 0, offset: 0 }, MAX_HEIGHT, LONG, VIEW).offset).toBe(LONG - VIEW)
  })
})

describe('rows', () => {
  it('are those in sight and some beyond', () => {
    expect(rowsInSight(4000, VIEW, 40, 1000, 2)).toEqual({ first: 98, last: 121 })
    expect(rowsInSight(0, VIEW, 40, 5, 2)).toEqual({ first: 0, last: 4 })
    expect(rowsInSight(0, VIEW, 40, 0, 2).last).toBe(-1)
  })

  it.each([
    [10, 0, 0],
    [0, 400, 0],
    [30, 0, 474],
  ])('row %i is brought into sight from %i by going to %i', (row, offset, expected) => {
    expect(offsetShowing(row, offset, VIEW, 40, 34)).toBe(expected)
  })
})
