import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TestEditor } from '../../testing/TestEditor'
import { isShift, mapPoint, scaleAbout, shift, shiftInside, turnAbout } from './affine'
import { frameMap } from './groupTransform'
import { shownHandles } from './handles'
import { KeyboardPointer } from './keyboardPointer'
import { nudge, stretch } from './steps'
import { Viewport } from './viewport'

const LABELS =
  '<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels><EllipseLabels name="oval" toName="image"><Label value="Eye"/></EllipseLabels><BrushLabels name="mask" toName="image"><Label value="Sky"/></BrushLabels><Image name="image" value="$image"/>'
const task = () => new TestEditor({ config: LABELS, data: { image: '/a.png' } })
const two = () => {
  const test = task().label('box', 'Car').drag([20, 20], [60, 60]).label('box', 'Car').drag([80, 20], [120, 60])
  test.editor.selection.select(test.editor.store.order())
  return test
}
const boxes = (test: TestEditor) =>
  (test.values() as { x: number; y: number; width: number; height: number; rotation: number }[]).map((v) => [
    v.x,
    v.y,
    v.width,
    v.height,
    v.rotation,
  ])

describe('several regions', () => {
  it('move together, and keep their distances at the border', () => {
    expect(boxes(two().drag([40, 40], [60, 50]))).toEqual([
      [20, 30, 20, 40, 0],
      [50, 30, 20, 40, 0],
    ])
    expect(boxes(two().drag([40, 40], [900, 40]))).toEqual([
      [50, 20, 20, 40, 0],
      [80, 20, 20, 40, 0],
    ])
  })

  it('are scaled by the frame around them, as one step', () => {
    const test = two().drag([120, 60], [170, 80])
    expect(boxes(test)).toEqual([
      [10, 20, 30, 60, 0],
      [55, 20, 30, 60, 0],
    ])
    expect(test.preview).toBeNull()
    expect(boxes(test.undo())).toEqual([
      [10, 20, 20, 40, 0],
      [40, 20, 20, 40, 0],
    ])
  })

  it('are turned by it about the middle of all', () => {
    const test = task().label('box', 'Car').drag([60, 30], [80, 50]).label('box', 'Car').drag([120, 30], [140, 50])
    test.editor.selection.select(test.editor.store.order())
    expect(boxes(test.drag([100, 6], [160, 41], { shift: true }))).toEqual([
      [55, 0, 10, 20, 90],
      [55, 60, 10, 20, 90],
    ])
  })

  it('stay where they are when the frame would leave the picture, and go back by Escape', () => {
    expect(boxes(two().drag([120, 60], [500, 60]))).toEqual(boxes(two()))
    expect(boxes(two().pointerDown(120, 60).pointerMove(170, 80).escape())).toEqual(boxes(two()))
  })

  it('have a frame only if all can be scaled and changed', () => {
    const test = two()
    expect(shownHandles(test.stage)?.handles.map(({ id }) => id)).toEqual([
      'rotate',
      'nw',
      'ne',
      'se',
      'sw',
      'n',
      'e',
      's',
      'w',
    ])
    test.editor.session.locked.set(new Set(test.editor.store.order().slice(0, 1)))
    expect(shownHandles(test.stage)).toBeNull()
    const masked = task().label('mask', 'Sky').drag([20, 80], [60, 80])
    masked.editor.tools.set(new Map())
    masked.editor.selection.clear()
    masked.label('box', 'Car').drag([80, 20], [120, 60])
    masked.editor.selection.select(masked.editor.store.order())
    expect(shownHandles(masked.stage)).toBeNull()
  })
})

describe('regions that lie on each other', () => {
  it('are walked through by Alt and a click', () => {
    const test = task()
    for (const size of [60, 40, 20])
      test.label('box', 'Car').drag([50 - size / 2, 50 - size / 2], [50 + size / 2, 50 + size / 2])
    const [large, middle, small] = test.editor.store.order()
    const chosen = [1, 2, 3, 4].map(() => test.click(50, 50, { alt: true }).editor.selection.only())
    expect(chosen).toEqual([small, middle, large, small])
  })
})

describe('steps by keys', () => {
  const one = () => {
    const test = task().label('box', 'Car').drag([20, 20], [60, 60])
    test.editor.selection.select(test.editor.store.order())
    return test
  }

  it('move by pixels of the picture, each a step, up to the border', () => {
    const test = one()
    nudge(test.stage, 1, 0)
    nudge(test.stage, 0, 10)
    expect(boxes(test)).toEqual([[10.5, 30, 20, 40, 0]])
    expect(boxes(test.undo())).toEqual([[10.5, 20, 20, 40, 0]])
    nudge(test.stage, -500, 0)
    expect(boxes(test)).toEqual([[0, 20, 20, 40, 0]])
  })

  it('make wider and higher, at least one pixel, at most to the border', () => {
    const test = one()
    stretch(test.stage, 1, 0)
    stretch(test.stage, 0, -1)
    expect(boxes(test)).toEqual([[10, 20, 20.5, 39, 0]])
    stretch(test.stage, -500, 0)
    stretch(test.stage, 0, 500)
    expect(boxes(test)).toEqual([[10, 20, 0.5, 80, 0]])
  })

  it('do nothing to what is locked or not selected', () => {
    const test = one()
    test.editor.session.locked.set(new Set(test.editor.store.order()))
    nudge(test.stage, 1, 0)
    stretch(test.stage, 1, 0)
    test.editor.session.locked.set(new Set())
    test.editor.selection.clear()
    nudge(test.stage, 1, 0)
    expect(boxes(test)).toEqual([[10, 20, 20, 40, 0]])
  })

  it('leave no step where nothing can be stretched', () => {
    const test = task().label('mask', 'Sky').drag([20, 80], [60, 80])
    stretch(test.stage, 1, 0)
    expect(test.undo().values()).toEqual([])
  })
})

describe('drawing by keys', () => {
  const begin = (isDrawing = false) => {
    const viewport = new Viewport(
      { width: 200, height: 100 },
      { alignment: { horizontal: 'left', vertical: 'top' }, defaultZoom: 'fit', mayShrink: false },
    )
    viewport.resize({ width: 200, height: 100 })
    const test = task()
    const sent: string[] = []
    const keyboard = new KeyboardPointer({
      viewport,
      pointer: () => null,
      isDrawing: () => isDrawing,
      send: (kind, { at }) => {
        sent.push(`${kind.slice(7)} ${at.x} ${at.y}`)
        if (kind === 'pointerDown') test.pointerDown(at.x, at.y)
        else if (kind === 'pointerMove') test.pointerMove(at.x, at.y)
        else test.pointerUp(at.x, at.y)
      },
    })
    return { test, keyboard, sent }
  }

  it('places a box without a mouse', () => {
    const { test, keyboard } = begin()
    test.label('box', 'Car')
    keyboard.press()
    for (const [x, y] of [
      [1, 0],
      [1, 0],
      [0, 1],
      [1, 0],
    ] as const)
      keyboard.move(x, y, false)
    keyboard.move(0, 1, true)
    keyboard.press()
    expect(boxes(test)).toEqual([[50, 50, 15, 11, 0]])
    expect(keyboard.at.get()).toEqual({ x: 130, y: 61 })
  })

  it('stays inside of the view', () => {
    const { keyboard } = begin()
    for (let step = 0; step < 30; step += 1) keyboard.move(1, 1, false)
    expect(keyboard.at.get()).toEqual({ x: 200, y: 100 })
  })

  it('stays down between two presses where the tool draws while it is down', () => {
    const { keyboard, sent } = begin(true)
    keyboard.press()
    expect(keyboard.isPressing).toBe(true)
    keyboard.move(1, 0, false)
    keyboard.press()
    expect([sent, keyboard.isPressing]).toEqual([['Down 100 50', 'Move 110 50', 'Up 110 50'], false])
    keyboard.press()
    keyboard.release()
    expect(keyboard.isPressing).toBe(false)
  })
})

describe('maps of the plane', () => {
  const place = fc.double({ min: -1000, max: 1000, noNaN: true })
  const point = fc.record({ x: place, y: place })

  it('turn and scale about their origin', () =>
    fc.assert(
      fc.property(point, point, fc.double({ min: -360, max: 360, noNaN: true }), (origin, at, degrees) => {
        const turned = mapPoint(turnAbout(origin, degrees), at)
        expect(Math.hypot(turned.x - origin.x, turned.y - origin.y)).toBeCloseTo(
          Math.hypot(at.x - origin.x, at.y - origin.y),
          5,
        )
        const scaled = mapPoint(scaleAbout(origin, 2, 0.5), at)
        expect(scaled.x - origin.x).toBeCloseTo((at.x - origin.x) * 2, 5)
        expect(scaled.y - origin.y).toBeCloseTo((at.y - origin.y) / 2, 5)
      }),
    ))

  it('shorten moves so that nothing leaves the picture', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ x: fc.nat(200), y: fc.nat(100) }), { minLength: 1 }), point, (points, by) => {
        const move = shiftInside(points, by, { width: 200, height: 100 })
        for (const corner of points.map((at) => mapPoint(move, at))) {
          expect(corner.x).toBeGreaterThanOrEqual(-1e-9)
          expect(corner.x).toBeLessThanOrEqual(200 + 1e-9)
          expect(corner.y).toBeGreaterThanOrEqual(-1e-9)
          expect(corner.y).toBeLessThanOrEqual(100 + 1e-9)
        }
      }),
    ))

  it('keep the opposite side of a frame in its place, and its proportions with Shift', () => {
    const box = { minX: 10, minY: 10, maxX: 30, maxY: 20 }
    expect(mapPoint(frameMap(box, 'se', { x: 50, y: 40 }, false), { x: 10, y: 10 })).toEqual({ x: 10, y: 10 })
    expect(frameMap(box, 'se', { x: 50, y: 25 }, true).slice(0, 4)).toEqual([2, 0, 0, 2])
    expect(frameMap(box, 'w', { x: 500, y: 0 }, false)[0]).toBe(0.02)
    expect([isShift(shift({ x: 1, y: 2 })), isShift(scaleAbout({ x: 0, y: 0 }, 2, 2))]).toEqual([true, false])
  })
})

it('what stands on pixels stays on them when it is moved', () => {
  const test = new TestEditor({
    config:
      '<RectangleLabels name="box" toName="image" snap="pixel"><Label value="Car"/></RectangleLabels><Image name="image" value="$image"/>',
    data: { image: '/a.png' },
  })
  test.label('box', 'Car').drag([20.3, 10.2], [60.4, 50.4])
  test.click(30, 30).drag([30, 30], [41.7, 33.2])
  test.expectRegions({ x: 16, y: 13, width: 20, height: 40, rotation: 0, rectanglelabels: ['Car'] })
})
