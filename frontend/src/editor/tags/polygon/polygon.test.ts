import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSubmitProblem } from '../../core/validation'
import { scaleAbout, turnAbout } from '../../engines/canvas/affine'
import { resumeUnfinished } from '../../engines/canvas/steps'
import { TestEditor } from '../../testing/TestEditor'
import { polygonCodec } from './codec'
import { polygonShape } from './shape'

const MEDIA = { width: 200, height: 100 }
const OPTIONS = { canRotate: true, snapsToPixels: false, pointSize: 7, pointStyle: 'circle', attrs: {} } as const
const KEYS = { shift: false, alt: false }
const SQUARE = {
  points: [
    [10, 10],
    [50, 10],
    [50, 60],
    [10, 60],
  ] as const,
  closed: true,
}
const labels = (more = '') =>
  `<PolygonLabels name="area" toName="image" ${more}><Label value="Lake"/></PolygonLabels><Image name="image" value="$image"/>`
const task = (config = labels(), more = {}) => new TestEditor({ config, data: { image: '/a.png' }, ...more })
const area = (points: readonly (readonly number[])[], closed = true) => ({ points, closed, polygonlabels: ['Lake'] })
const three = () => task().label('area', 'Lake').click(20, 10).click(100, 10).click(100, 60)
const open = [
  [10, 10],
  [50, 10],
  [50, 60],
]

describe('the codec', () => {
  const place = fc.double({ min: 0, max: 100, noNaN: true })
  it('writes what it read', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 1 }), fc.boolean(), (points, closed) => {
        expect(polygonCodec.encode(polygonCodec.decode({ points, closed }) as never)).toEqual({ points, closed })
      }),
    ))

  it('takes a polygon without `closed` as closed', () =>
    expect(polygonCodec.decode({ points: [[1, 2]] })).toEqual({ points: [[1, 2]], closed: true }))

  it.each([
    {},
    { points: [] },
    { points: 'x' },
    { points: [[1]] },
    {
      points: [
        [1, 2],
        ['a', 3],
      ],
    },
  ])('refuses %j', (value) => expect(polygonCodec.decode(value)).toBeNull())
})

describe('drawing', () => {
  it('closes by a click on the first point', () =>
    void three().pointerMove(22, 12).click(22, 12).expectRegions(area(open)))

  it('closes by Enter and by a double click', () => {
    three().enter().expectRegions(area(open))
    three().click(100, 60, { clicks: 2 }).expectRegions(area(open))
    task()
      .label('area', 'Lake')
      .click(20, 10)
      .enter()
      .expectRegions(area([[10, 10]], false))
  })

  it('makes a small triangle by a double click on nothing', () =>
    void task()
      .label('area', 'Lake')
      .click(100, 50)
      .click(100, 50, { clicks: 2 })
      .expectRegions(
        area([
          [50, 35],
          [57.5, 65],
          [42.5, 65],
        ]),
      ))

  it('shows which point closes', () => {
    const test = three().pointerMove(60, 90)
    expect(test.preview).toMatchObject({
      dots: [],
      line: [
        { x: 100, y: 60 },
        { x: 60, y: 90 },
      ],
    })
    expect(test.pointerMove(22, 12).preview).toMatchObject({ dots: [{ x: 20, y: 10 }] })
    expect(test.click(22, 12).preview).toBeNull()
  })

  it('takes points back by undo and puts them back by redo, one at a time', () => {
    const test = three().undo()
    test.expectRegions(area(open.slice(0, 2), false))
    test
      .redo()
      .expectRegions(area(open, false))
      .undo()
      .click(20, 90)
      .expectRegions(area([...open.slice(0, 2), [10, 90]], false))
  })

  it('begins anew when all points were taken back', () => {
    const test = three().undo().undo().undo()
    test.expectRegions()
    test.click(40, 40).expectRegions(area([[20, 40]], false))
  })

  it('is taken back by Escape, without a trace', () => {
    const test = three().escape()
    test.expectRegions()
    expect(test.editor.session.history.canUndo).toBe(false)
    expect(test.preview).toBeNull()
  })

  it('is kept unfinished when another tool is picked, blocks submission, and goes on', () => {
    const test = three()
    test.tool('tool:move').editor.activeLabels.set(new Map())
    test.click(190, 90)
    test.expectRegions(area(open, false))
    expect(findSubmitProblem(test.editor)).toMatchObject({ key: 'validation.incomplete', values: { name: 'area' } })
    const id = test.editor.store.order()[0] as string
    test.editor.selection.select([id])
    test.editor.tools.set(new Map())
    expect(test.working).toBe('tool:polygon')
    test
      .click(20, 60)
      .click(20, 10)
      .expectRegions(area([...open, [10, 60]]))
    expect(findSubmitProblem(test.editor)).toBeNull()
  })

  it('goes on with one that was stored unfinished', () => {
    const item = { id: 'r', from_name: 'area', to_name: 'image', type: 'polygonlabels', value: area(open, false) }
    const test = task(labels(), { result: [item] })
    resumeUnfinished(test.stage)
    expect(test.editor.selection.only()).toBe('r')
    test
      .click(20, 60)
      .enter()
      .expectRegions(area([...open, [10, 60]]))
  })

  it('snaps to the corners of pixels, and stays inside', () =>
    void task(labels('snap="pixel"'))
      .label('area', 'Lake')
      .click(20.4, 9.6)
      .click(500, -9)
      .expectRegions(
        area(
          [
            [10, 10],
            [100, 0],
          ],
          false,
        ),
      ))

  it('draws nothing without a label', () => void task().click(20, 10).click(50, 10).expectRegions())
})

describe('changing', () => {
  const drawn = () => three().click(20, 60).enter().click(60, 40)
  const square = [...open, [10, 60]]

  it('moves a point', () =>
    void drawn()
      .drag([100, 60], [120, 80])
      .expectRegions(
        area([
          [10, 10],
          [50, 10],
          [60, 80],
          [10, 60],
        ]),
      ))

  it('inserts a point where the border is pressed, and drags it, as one step', () =>
    void drawn()
      .drag([60, 10], [60, 4])
      .expectRegions(
        area([
          [10, 10],
          [30, 4],
          [50, 10],
          [50, 60],
          [10, 60],
        ]),
      )
      .undo()
      .expectRegions(area(square)))

  it('deletes a point by Alt and by a double click, but leaves three', () => {
    const test = drawn().click(20, 60, { alt: true }).expectRegions(area(open))
    test.click(100, 60, { clicks: 2 }).expectRegions(area(open))
  })

  it('moves as a whole, inside of the picture', () =>
    void drawn()
      .drag([60, 40], [20, 90])
      .expectRegions(
        area([
          [0, 50],
          [40, 50],
          [40, 100],
          [0, 100],
        ]),
      ))

  it('turns and turns back, grows and shrinks back', () =>
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (degrees, factor) => {
          const origin = { x: 60, y: 30 }
          const there = polygonShape.transform(SQUARE, turnAbout(origin, degrees), MEDIA) as typeof SQUARE
          const larger = polygonShape.transform(there, scaleAbout(origin, factor, factor), MEDIA) as typeof SQUARE
          const back = polygonShape.transform(
            larger,
            scaleAbout(origin, 1 / factor, 1 / factor),
            MEDIA,
          ) as typeof SQUARE
          const again = polygonShape.transform(back, turnAbout(origin, -degrees), MEDIA) as typeof SQUARE
          again.points.forEach(([x, y], at) => {
            expect(x).toBeCloseTo(SQUARE.points[at]?.[0] ?? Number.NaN, 4)
            expect(y).toBeCloseTo(SQUARE.points[at]?.[1] ?? Number.NaN, 4)
          })
        },
      ),
    ))

  it('adds no point with Shift, far from the border, or to a line that is open', () => {
    const grab = (shape: typeof SQUARE, y: number, shift = false) =>
      polygonShape.grabBorder?.(shape, { x: 60, y }, 5, MEDIA, { ...KEYS, shift }, OPTIONS)
    expect(grab(SQUARE, 12)?.handle).toBe('p1')
    expect([grab(SQUARE, 30), grab(SQUARE, 12, true), grab({ ...SQUARE, closed: false }, 12)]).toEqual([
      null,
      null,
      null,
    ])
  })
})

describe('as a prompt for a model', () => {
  const begin = () => {
    const test = task(labels('smartOnly="true"'))
    const asked: unknown[] = []
    test.editor.suggestions.connect({
      ask: async (items) => {
        asked.push(...items.map(({ value }) => value))
        return []
      },
      read: () => [],
      keep: () => {},
      after: () => () => {},
    })
    test.tool('smart:tool:polygon').label('area', 'Lake')
    return { test, asked }
  }

  it('is not part of the annotation, and asks when it is closed', () => {
    const { test, asked } = begin()
    test.click(20, 10).click(100, 10).click(100, 60)
    expect([asked, test.preview?.region?.shape]).toEqual([[], { points: open, closed: false }])
    test.click(20, 10)
    expect([asked, test.values(), test.editor.session.history.canUndo]).toEqual([[area(open)], [], false])
  })

  it('is taken back by Escape', () => {
    const { test, asked } = begin()
    test.click(20, 10).click(100, 10).escape().click(20, 10)
    expect([asked, test.preview?.region?.shape]).toEqual([[], { points: [[10, 10]], closed: false }])
  })

  it('is the only thing drawn where the config says so', () => {
    const { test } = begin()
    expect(test.tool('tool:polygon').label('area', 'Lake').label('area', 'Lake').working).toBe('tool:move')
  })
})
