import { describe, expect, it } from 'vitest'
import { panelPlace, panelSplit, panelWidth } from './panelPlace'

const EDITOR = { width: 1200, height: 800 }

describe('the panel', () => {
  it.each([
    [320, 1200, 320],
    [100, 1200, 240],
    [900, 1200, 480],
    [900, 4000, 720],
    [300, 500, 240],
  ])('of a wanted width of %i in an editor of %i is %i wide', (wanted, width, expected) =>
    expect(panelWidth(wanted, { width, height: 600 })).toBe(expected),
  )

  it('keeps both of its parts visible', () => expect([2, 55.4, 99].map(panelSplit)).toEqual([15, 55, 85]))

  it('floats where its head can be reached, whatever was stored', () => {
    const place = (panelX: number, panelY: number) => panelPlace({ panelX, panelY, panelWidth: 300 }, EDITOR)
    expect(place(400, 100)).toEqual({ left: 400, top: 100 })
    expect(place(-50, -9)).toEqual({ left: 0, top: 0 })
    expect(place(5000, 5000)).toEqual({ left: 900, top: 740 })
  })
})
