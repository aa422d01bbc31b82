import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf } from '../../engines/canvas/plane'
import { rectangleCodec } from './codec'
import { rectangleShape, spanning, throughThree, toPercent, toPixels } from './shape'

const MEDIA = { width: 600, height: 400 }
const OPTIONS = { canRotate: true, snapsToPixels: false, pointSize: 7, pointStyle: 'circle', attrs: {} } as const
const KEYS = { shift: false, alt: false }
const BOX = { x: 25, y: 25, width: 50, height: 50, rotation: 0 }
const percent = fc.double({ min: 0, max: 100, noNaN: true })
const anyBox = fc.record({
  x: percent,
  y: percent,
  width: percent,
  height: percent,
  rotation: fc.double({ min: 0, max: 359.9, noNaN: true }),
})
const drag = (box: typeof BOX, handle: string, x: number, y: number) =>
  rectangleShape.dragHandle(box, handle, { x, y }, MEDIA, KEYS, OPTIONS)

describe('the codec', () => {
  it('writes what it read', () =>
    fc.assert(
      fc.property(anyBox, (box) => {
        expect(rectangleCodec.decode(rectangleCodec.encode(box))).toEqual(box)
      }),
    ))

  it.each([
    {},
    { x: 1, y: 2, width: 3 },
    { x: 'a', y: 2, width: 3, height: 4 },
    { x: null, y: 0, width: 0, height: 0 },
  ])('refuses %j', (value) => expect(rectangleCodec.decode(value)).toBeNull())

  it('takes a box without rotation', () =>
    expect(rectangleCodec.decode({ x: 1, y: 2, width: 3, height: 4 })).toEqual({
      x: 1,
      y: 2,
      width: 3,
      height: 4,
      rotation: 0,
    }))
})

describe('geometry', () => {
  it('turns a box about its top-left corner', () => {
    const [corner, right] = rectangleShape.outline({ ...BOX, rotation: 90 }, MEDIA)
    expect(corner).toEqual({ x: 150, y: 100 })
    expect(right?.x).toBeCloseTo(150)
    expect(right?.y).toBeCloseTo(400)
  })

  it('goes from percent to pixels and back', () =>
    fc.assert(
      fc.property(anyBox, (box) => {
        const again = toPercent(toPixels(box, MEDIA), MEDIA)
        expect(again.x).toBeCloseTo(box.x, 6)
        expect(again.rotation).toBeCloseTo(box.rotation, 6)
      }),
    ))

  it('spans two points inside the picture, whatever their order', () => {
    expect(spanning({ x: 300, y: 200 }, { x: -50, y: 900 }, MEDIA)).toEqual({
      x: 0,
      y: 50,
      width: 50,
      height: 50,
      rotation: 0,
    })
  })

  it('snaps to whole pixels', () =>
    expect(spanning({ x: 10.4, y: 9.6 }, { x: 20.6, y: 20.2 }, MEDIA, true)).toEqual(
      toPercent({ x: 10, y: 10, width: 11, height: 10, rotation: 0 }, MEDIA),
    ))

  it('makes a turned box of three points, on either side of the first edge', () => {
    const below = throughThree({ x: 100, y: 100 }, { x: 200, y: 200 }, { x: 100, y: 300 }, MEDIA)
    expect(below.rotation).toBeCloseTo(45)
    expect((below.width * MEDIA.width) / 100).toBeCloseTo(Math.hypot(100, 100))
    const above = throughThree({ x: 100, y: 200 }, { x: 200, y: 200 }, { x: 150, y: 120 }, MEDIA)
    expect(toPixels(above, MEDIA).x).toBeCloseTo(100, 5)
    expect(toPixels(above, MEDIA).y).toBeCloseTo(120, 5)
  })
})

describe('handles', () => {
  it('leave the opposite side where it is', () => {
    expect(drag(BOX, 'se', 600, 400)).toEqual({ x: 25, y: 25, width: 75, height: 75, rotation: 0 })
    expect(drag(BOX, 'nw', 0, 0)).toEqual({ x: 0, y: 0, width: 75, height: 75, rotation: 0 })
    expect(drag(BOX, 'e', 300, 0)).toEqual({ x: 25, y: 25, width: 25, height: 50, rotation: 0 })
  })

  it('turn a box inside out when dragged past the other side', () => {
    expect(drag(BOX, 'e', 60, 200)).toEqual({ x: 10, y: 25, width: 15, height: 50, rotation: 0 })
  })

  it('turn about the middle and store the corner', () => {
    const turned = drag(BOX, 'rotate', 600, 200)
    expect(turned.rotation).toBe(90)
    const [before, after] = [
      boundsOf(rectangleShape.outline(BOX, MEDIA)),
      boundsOf(rectangleShape.outline(turned, MEDIA)),
    ]
    expect((after.minX + after.maxX) / 2).toBeCloseTo((before.minX + before.maxX) / 2)
    expect((after.minY + after.maxY) / 2).toBeCloseTo((before.minY + before.maxY) / 2)
  })

  it('turn in steps of 15 degrees with Shift', () => {
    const turned = rectangleShape.dragHandle(
      BOX,
      'rotate',
      { x: 390, y: 20 },
      MEDIA,
      { shift: true, alt: false },
      OPTIONS,
    )
    expect(turned.rotation % 15).toBe(0)
  })

  it('offer no rotation where the config forbids it', () => {
    const ids = (canRotate: boolean) =>
      rectangleShape.handles(BOX, MEDIA, { ...OPTIONS, canRotate }, 1).map(({ id }) => id)
    expect(ids(true)).toEqual(['rotate', 'nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'])
    expect(ids(false)).not.toContain('rotate')
  })

  it('move a box, but not out of the picture', () => {
    expect(rectangleShape.moveBy(BOX, { x: 60, y: -40 }, MEDIA)).toMatchObject({ x: 35, y: 15 })
    expect(rectangleShape.moveBy(BOX, { x: 9999, y: -9999 }, MEDIA)).toMatchObject({ x: 50, y: 0 })
  })

  it('keep a box inside the picture wherever it is moved', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -900, max: 900 }),
        fc.integer({ min: -900, max: 900 }),
        fc.integer({ min: 0, max: 359 }),
        (x, y, rotation) => {
          const moved = rectangleShape.moveBy({ x: 45, y: 45, width: 10, height: 10, rotation }, { x, y }, MEDIA)
          const bounds = boundsOf(rectangleShape.outline(moved, MEDIA))
          expect(bounds.minX).toBeGreaterThan(-1e-3)
          expect(bounds.maxY).toBeLessThan(MEDIA.height + 1e-3)
        },
      ),
    ))
})
