import { describe, expect, it } from 'vitest'
import type { RegionRecord } from '../../core/document'
import { findSubmitProblem } from '../../core/validation'
import { turnAbout } from '../../engines/canvas/affine'
import { deletePicked, pickedOf } from '../../engines/canvas/pickedPoints'
import { nudge } from '../../engines/canvas/steps'
import { TestEditor } from '../../testing/TestEditor'
import { vectorCodec } from './codec'
import { hasBranches, openedAt, previousOf, segmentsOf, withoutVertex } from './path'
import type { Vector, Vertex } from './region'
import { vectorShape } from './shape'

const MEDIA = { width: 200, height: 100 }
const KEYS = { shift: false, alt: false }
const labels = (more = '') =>
  `<VectorLabels name="path" toName="image" ${more}><Label value="Road"/></VectorLabels><Image name="image" value="$image"/>`
const task = (more = '') => new TestEditor({ config: labels(more), data: { image: '/a.png' } })
const options = (attrs: Record<string, string> = {}) =>
  ({ canRotate: true, snapsToPixels: false, pointSize: 7, pointStyle: 'circle', attrs }) as const

/** Points of the only path: where they are, and after which they come. */
const drawnIn = (test: TestEditor) => {
  const [value] = test.values() as [{ vertices: Vertex[]; closed: boolean }]
  const shape = { vertices: value?.vertices ?? [], closed: value?.closed ?? false }
  return {
    closed: shape.closed,
    points: shape.vertices.map(({ x, y }) => [x, y]),
    after: shape.vertices.map((_, at) => previousOf(shape, at)),
    vertices: shape.vertices,
  }
}

const vertex = (id: string, x: number, y: number, before?: string, more = {}): Vertex =>
  ({ x, y, id, ...(before ? { prevPointId: before } : {}), isBezier: false, ...more }) as Vertex
const LINE: Vector = {
  vertices: [vertex('a', 10, 10), vertex('b', 50, 10, 'a'), vertex('c', 50, 60, 'b')],
  closed: false,
}

const begin = (shape: Vector, more = '') => {
  const item = {
    id: 'r',
    from_name: 'path',
    to_name: 'image',
    type: 'vectorlabels',
    value: { ...shape, vectorlabels: ['Road'] },
  }
  const test = new TestEditor({ config: labels(more), data: { image: '/a.png' }, result: [item as never] })
  test.editor.selection.select(['r'])
  return test
}

describe('drawing paths', () => {
  it('adds a point by each click and ends by Escape', () => {
    const test = task().label('path', 'Road').click(20, 10).click(100, 10).click(100, 60).escape()
    expect(drawnIn(test)).toMatchObject({
      points: [
        [10, 10],
        [50, 10],
        [50, 60],
      ],
      after: [null, 0, 1],
      closed: false,
    })
    expect(test.editor.activeLabels.get().size).toBe(0)
    expect(test.editor.session.results()[0]?.value?.vectorlabels).toEqual(['Road'])
  })

  it('ends by a double click on the last point and by Enter', () => {
    const double = task().label('path', 'Road').click(20, 10).click(100, 10).click(100, 10, { clicks: 2 })
    expect([drawnIn(double).points.length, double.working]).toEqual([2, 'tool:move'])
    expect(drawnIn(task().label('path', 'Road').click(20, 10).click(100, 10).enter()).points.length).toBe(2)
  })

  it('is dropped with fewer points than it needs', () => {
    task().label('path', 'Road').click(20, 10).escape().expectRegions()
    task('minPoints="3"').label('path', 'Road').click(20, 10).click(100, 10).escape().expectRegions()
  })

  it('ends by itself with as many points as it may have', () => {
    const test = task('maxPoints="3"').label('path', 'Road').click(20, 10).click(100, 10).click(100, 60).click(20, 60)
    expect(drawnIn(test).points.length).toBe(3)
  })

  it('closes by a click on the first point where that is allowed', () => {
    const draw = (more: string) =>
      drawnIn(task(more).label('path', 'Road').click(20, 10).click(100, 10).click(100, 60).click(20, 10).escape())
    expect(draw('closable="true"')).toMatchObject({
      closed: true,
      points: [
        [10, 10],
        [50, 10],
        [50, 60],
      ],
    })
    expect(draw('').closed).toBe(false)
  })

  it('gives a point arms while Shift is held and the pointer is dragged', () => {
    const test = task('curves="true"').label('path', 'Road').click(20, 10)
    test.drag([100, 50], [120, 50], { shift: true }).click(180, 50).escape()
    expect(drawnIn(test).vertices[1]).toMatchObject({
      isBezier: true,
      controlPoint1: { x: 40, y: 50 },
      controlPoint2: { x: 60, y: 50 },
      disconnected: false,
    })
  })

  it('grows branches from the point that was clicked last in a skeleton', () => {
    const test = task('skeleton="true"')
      .label('path', 'Road')
      .click(20, 10)
      .click(100, 10)
      .click(20, 10)
      .click(20, 80)
      .escape()
    const { after, vertices } = drawnIn(test)
    expect(after).toEqual([null, 0, 0])
    expect(vertices[2]).toMatchObject({ isBranching: true })
  })

  it('takes the last point back by undo and goes on from the one before', () => {
    const test = task().label('path', 'Road').click(20, 10).click(100, 10).click(100, 60).undo().click(20, 60).escape()
    expect(drawnIn(test)).toMatchObject({
      points: [
        [10, 10],
        [50, 10],
        [10, 60],
      ],
      after: [null, 0, 1],
    })
  })
})

describe('changing paths', () => {
  it('moves a point with its arms', () => {
    const shape: Vector = {
      ...LINE,
      vertices: LINE.vertices.with(
        1,
        vertex('b', 50, 10, 'a', { isBezier: true, controlPoint1: { x: 40, y: 10 }, controlPoint2: { x: 60, y: 10 } }),
      ),
    }
    expect(drawnIn(begin(shape).drag([100, 10], [110, 20])).vertices[1]).toMatchObject({
      x: 55,
      y: 20,
      controlPoint1: { x: 45, y: 20 },
      controlPoint2: { x: 65, y: 20 },
    })
  })

  it('turns both arms together, with Alt only one', () => {
    const shape: Vector = {
      ...LINE,
      vertices: LINE.vertices.with(
        1,
        vertex('b', 50, 10, 'a', { isBezier: true, controlPoint1: { x: 40, y: 10 }, controlPoint2: { x: 60, y: 10 } }),
      ),
    }
    expect(drawnIn(begin(shape).drag([120, 10], [120, 30])).vertices[1]).toMatchObject({
      controlPoint2: { x: 60, y: 30 },
      controlPoint1: { x: 40, y: -10 },
    })
    const apart = vectorShape.dragHandle(shape, 'b1', { x: 120, y: 30 }, MEDIA, { ...KEYS, alt: true }, options())
    expect(apart.vertices[1]).toMatchObject({ controlPoint1: { x: 40, y: 10 }, disconnected: true })
  })

  it('inserts a point with Shift on a segment', () =>
    expect(drawnIn(begin(LINE).click(60, 10, { shift: true }))).toMatchObject({
      points: [
        [10, 10],
        [30, 10],
        [50, 10],
        [50, 60],
      ],
      after: [null, 0, 1, 2],
    }))

  it('bends a point by Shift, where curves are allowed, and straightens it again', () => {
    const test = begin(LINE, 'curves="true"').click(100, 10, { shift: true })
    expect(drawnIn(test).vertices[1]).toMatchObject({ isBezier: true, controlPoint1: { x: 40, y: -2.5 } })
    const again = drawnIn(test.click(100, 10, { shift: true })).vertices[1]
    expect([again?.isBezier, again?.controlPoint1]).toEqual([false, undefined])
    expect(drawnIn(begin(LINE).click(100, 10, { shift: true })).vertices[1]?.isBezier).toBe(false)
  })

  it('deletes a point with Alt, but leaves as many as it needs', () => {
    const test = begin(LINE).click(100, 10, { alt: true })
    expect(drawnIn(test)).toMatchObject({
      points: [
        [10, 10],
        [50, 60],
      ],
      after: [null, 0],
    })
    expect(drawnIn(test.click(20, 10, { alt: true })).points.length).toBe(2)
  })

  it('opens a closed path at the segment that is clicked with Alt', () => {
    const test = begin({ ...LINE, closed: true }).click(60, 10, { alt: true })
    expect(drawnIn(test)).toMatchObject({
      closed: false,
      points: [
        [50, 10],
        [50, 60],
        [10, 10],
      ],
      after: [null, 0, 1],
    })
  })

  it('moves as a whole, and turns and turns back', () => {
    expect(drawnIn(begin(LINE).drag([60, 10], [40, 30])).points).toEqual([
      [0, 30],
      [40, 30],
      [40, 80],
    ])
    const there = vectorShape.transform(LINE, turnAbout({ x: 50, y: 50 }, 33), MEDIA) as Vector
    const back = vectorShape.transform(there, turnAbout({ x: 50, y: 50 }, -33), MEDIA) as Vector
    expect(back.vertices.map(({ x }) => Math.round(x * 1e4) / 1e4)).toEqual(LINE.vertices.map(({ x }) => x))
  })
})

describe('several points of a path', () => {
  const CTRL = { ctrl: true }
  /** Two of the three points picked. */
  const picked = () => begin(LINE).click(20, 10, CTRL).click(100, 10, CTRL)

  it('move together, the others stay', () => {
    const test = picked().drag([100, 10], [110, 30])
    expect(drawnIn(test).points).toEqual([
      [15, 30],
      [55, 30],
      [50, 60],
    ])
    expect(drawnIn(test.undo()).points).toEqual(LINE.vertices.map(({ x, y }) => [x, y]))
  })

  it('move by keys, and never out of the picture', () => {
    const test = picked()
    nudge(test.stage, 2, 1)
    nudge(test.stage, 0, -100)
    expect(drawnIn(test).points).toEqual([
      [11, 0],
      [51, 0],
      [50, 60],
    ])
  })

  it('are deleted together, as one step', () => {
    const test = begin(LINE).click(100, 10, CTRL)
    deletePicked(test.stage)
    expect(drawnIn(test).points).toEqual([
      [10, 10],
      [50, 60],
    ])
    expect(pickedOf(test.stage, test.editor.store.regions()[0] as RegionRecord).size).toBe(0)
    expect(drawnIn(test.undo()).points).toEqual(LINE.vertices.map(({ x, y }) => [x, y]))
  })

  it('stay where the path needs them, which is told', () => {
    const test = picked()
    deletePicked(test.stage)
    expect([drawnIn(test).points.length, test.editor.notice.get()?.key]).toEqual([3, 'image.fewPoints'])
  })

  it('are scaled and turned by a frame', () => {
    const scaled = picked().drag([114, 10], [66, 10])
    const [left, right, apart] = drawnIn(scaled).points as [number[], number[], number[]]
    expect([left[1], right[1], apart]).toEqual([10, 10, [50, 60]])
    expect((right[0] as number) - (left[0] as number)).toBeCloseTo(40 * (60 / 108), 1)
    const turned = begin(LINE).click(100, 10, CTRL).click(100, 60, CTRL).drag([100, -28], [160, 35])
    expect(drawnIn(turned).points.map((point) => point.map(Math.round))).toEqual([
      [10, 10],
      [63, 35],
      [38, 35],
    ])
  })

  it('are all of them after a click on the path, and none after a click elsewhere', () => {
    const test = begin(LINE).click(60, 10, CTRL)
    expect([...pickedOf(test.stage, test.editor.store.regions()[0] as RegionRecord)]).toEqual(['v0', 'v1', 'v2'])
    test.click(100, 10, CTRL)
    expect(test.stage.picked.get()?.handles.size).toBe(2)
    test.click(180, 90)
    expect(test.stage.picked.get()).toBeNull()
  })

  it('are forgotten when the path gets other points', () => {
    const test = picked()
    const region = test.editor.store.regions()[0] as RegionRecord
    expect(pickedOf(test.stage, region).size).toBe(2)
    test.click(100, 60, { alt: true })
    expect(pickedOf(test.stage, test.editor.store.regions()[0] as RegionRecord).size).toBe(0)
  })
})

it('a path with fewer points than it needs is refused at submission, and said to be dropped while it is drawn', () => {
  const test = task('minPoints="4"')
  test.label('path', 'Road').click(20, 10).click(100, 10).click(100, 60)
  expect(findSubmitProblem(test.editor)).toMatchObject({ key: 'vector.few', values: { name: 'path', count: 4 } })
  test.escape()
  expect(test.editor.notice.get()).toMatchObject({ key: 'vector.dropped', values: { count: 4 } })
  expect([test.values(), findSubmitProblem(test.editor)]).toEqual([[], null])
})

describe('paths', () => {
  it('ties points without links in their order, and a point whose link leads nowhere to nothing', () => {
    const shape: Vector = {
      vertices: [
        { x: 0, y: 0 },
        { x: 10, y: 0 },
        { x: 20, y: 0, prevPointId: 'gone' },
        { x: 30, y: 0, prevPointId: null },
      ] as Vertex[],
      closed: false,
    }
    expect(shape.vertices.map((_, at) => previousOf(shape, at))).toEqual([null, 0, null, null])
    expect(segmentsOf(shape, MEDIA).map(({ from, to }) => [from, to])).toEqual([[0, 1]])
  })

  it('closes from the last point to the first, and is an area then', () => {
    expect(segmentsOf({ ...LINE, closed: true }, MEDIA).at(-1)).toMatchObject({ from: 2, to: 0 })
    expect([vectorShape.kind?.(LINE), vectorShape.kind?.({ ...LINE, closed: true })]).toEqual(['line', 'area'])
    expect(hasBranches({ ...LINE, vertices: [...LINE.vertices, vertex('d', 1, 1, 'a')] })).toBe(true)
  })

  it('keeps keys it does not know', () => {
    const value = { vertices: [{ x: 1, y: 2, id: 'a', odd: [1] }], closed: false }
    expect(vectorCodec.encode(vectorCodec.decode(value) as Vector)).toEqual(value)
    expect([
      vectorCodec.decode({}),
      vectorCodec.decode({ vertices: [] }),
      vectorCodec.decode({ vertices: [{ x: 1 }] }),
    ]).toEqual([null, null, null])
  })

  it('links what followed a deleted point to the one before, the first of all to none', () => {
    expect(withoutVertex(LINE, 0).vertices[0]).not.toHaveProperty('prevPointId')
    expect(withoutVertex(LINE, 1).vertices[1]?.prevPointId).toBe('a')
    const segment = segmentsOf({ ...LINE, closed: true }, MEDIA)[1]
    expect(segment && openedAt(LINE, segment).vertices.map(({ id, prevPointId }) => [id, prevPointId])).toEqual([
      ['c', undefined],
      ['a', 'c'],
      ['b', 'a'],
    ])
  })
})
