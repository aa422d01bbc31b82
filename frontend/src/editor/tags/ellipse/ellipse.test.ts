import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaleAbout, shift, turnAbout } from '../../engines/canvas/affine'
import { boundsOf } from '../../engines/canvas/plane'
import { TestEditor } from '../../testing/TestEditor'
import { ellipseCodec } from './codec'
import { around, ellipseShape, toPercent, toPixels } from './shape'

const MEDIA = { width: 600, height: 400 }
const OPTIONS = { canRotate: true, snapsToPixels: false, pointSize: 7, pointStyle: 'circle', attrs: {} } as const
const KEYS = { shift: false, alt: false }
const OVAL = { x: 50, y: 50, radiusX: 20, radiusY: 10, rotation: 0 }
const CONFIG =
  '<EllipseLabels name="oval" toName="image"><Label value="Eye"/></EllipseLabels><Image name="image" value="$image"/>'
const task = (config = CONFIG) => new TestEditor({ config, data: { image: '/a.png' } })
const part = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const anyEllipse = fc.record({
  x: part(0, 100),
  y: part(0, 100),
  radiusX: part(0.1, 50),
  radiusY: part(0.1, 50),
  rotation: part(0, 359.9),
})

describe('the codec', () => {
  it('writes what it read', () =>
    fc.assert(
      fc.property(anyEllipse, (shape) => {
        expect(ellipseCodec.decode(ellipseCodec.encode(shape))).toEqual(shape)
      }),
    ))

  it.each([{}, { x: 1, y: 2, radiusX: 3 }, { x: 1, y: 2, radiusX: 'a', radiusY: 1 }])('refuses %j', (value) =>
    expect(ellipseCodec.decode(value)).toBeNull(),
  )
})

describe('geometry', () => {
  it('has its middle in the middle, and turns about it', () => {
    const box = boundsOf(ellipseShape.outline({ ...OVAL, rotation: 90 }, MEDIA))
    expect(box.maxX - box.minX).toBeCloseTo(80, 5)
    expect(box.maxY - box.minY).toBeCloseTo(240, 5)
    expect([(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2].map(Math.round)).toEqual([300, 200])
  })

  it('goes from percent to pixels and back', () =>
    fc.assert(
      fc.property(anyEllipse, (shape) => {
        const again = toPercent(toPixels(shape, MEDIA), MEDIA)
        for (const key of ['x', 'y', 'radiusX', 'radiusY', 'rotation'] as const)
          expect(again[key]).toBeCloseTo(shape[key], 6)
      }),
    ))

  it('turns and turns back, grows and shrinks back', () =>
    fc.assert(
      fc.property(anyEllipse, part(-180, 180), part(0.5, 2), (shape, degrees, factor) => {
        const origin = { x: 100, y: 50 }
        const steps = [
          [turnAbout(origin, degrees), turnAbout(origin, -degrees)],
          [scaleAbout(origin, factor, factor), scaleAbout(origin, 1 / factor, 1 / factor)],
          [shift({ x: 7, y: -3 }), shift({ x: -7, y: 3 })],
        ] as const
        for (const [there, back] of steps) {
          const once = ellipseShape.transform(shape, there, MEDIA) as typeof shape
          const again = ellipseShape.transform(once, back, MEDIA) as typeof shape
          expect(again.x).toBeCloseTo(shape.x, 4)
          expect(again.radiusY).toBeCloseTo(shape.radiusY, 4)
          const turned = Math.abs(again.rotation - shape.rotation) % 360
          expect(Math.min(turned, 360 - turned)).toBeLessThan(1e-3)
        }
      }),
    ))

  it('is stretched by its sides and turned by its handle', () => {
    expect(ellipseShape.dragHandle(OVAL, 'e', { x: 480, y: 200 }, MEDIA, KEYS, OPTIONS)).toEqual({
      ...OVAL,
      radiusX: 30,
    })
    expect(ellipseShape.dragHandle(OVAL, 'n', { x: 300, y: 120 }, MEDIA, KEYS, OPTIONS)).toEqual({
      ...OVAL,
      radiusY: 20,
    })
    expect(ellipseShape.dragHandle(OVAL, 'rotate', { x: 500, y: 200 }, MEDIA, KEYS, OPTIONS).rotation).toBe(90)
    expect(
      ellipseShape.dragHandle(OVAL, 'rotate', { x: 500, y: 210 }, MEDIA, { ...KEYS, shift: true }, OPTIONS).rotation,
    ).toBe(90)
    expect(ellipseShape.handles(OVAL, MEDIA, { ...OPTIONS, canRotate: false }, 1).map(({ id }) => id)).toEqual([
      'e',
      's',
      'w',
      'n',
    ])
  })

  it('stays inside of the picture', () => {
    expect(around({ x: 30, y: 200 }, { x: 500, y: 600 }, MEDIA)).toMatchObject({ radiusX: 5, radiusY: 50 })
    expect(ellipseShape.moveBy(OVAL, { x: 900, y: -900 }, MEDIA)).toMatchObject({ x: 80, y: 10 })
  })
})

describe('drawing', () => {
  it('draws from the middle outwards', () =>
    void task()
      .label('oval', 'Eye')
      .drag([100, 50], [120, 60])
      .expectRegions({ x: 50, y: 50, radiusX: 10, radiusY: 10, rotation: 0, ellipselabels: ['Eye'] }))

  it('draws between two clicks, and drops what is too small', () => {
    task()
      .label('oval', 'Eye')
      .click(100, 50)
      .pointerMove(110, 60)
      .click(140, 70)
      .expectRegions({ x: 50, y: 50, radiusX: 20, radiusY: 20, rotation: 0, ellipselabels: ['Eye'] })
    task().label('oval', 'Eye').drag([100, 50], [101, 51]).escape().expectRegions()
  })

  it('writes a shape and its label as two results', () =>
    void task(
      '<Ellipse name="e" toName="image"/><Labels name="l" toName="image"><Label value="Eye"/></Labels><Image name="image" value="$image"/>',
    )
      .label('l', 'Eye')
      .drag([100, 50], [120, 60])
      .expectRegions(
        { x: 50, y: 50, radiusX: 10, radiusY: 10, rotation: 0 },
        { x: 50, y: 50, radiusX: 10, radiusY: 10, rotation: 0, labels: ['Eye'] },
      ))
})
