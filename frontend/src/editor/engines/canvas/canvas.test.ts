import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TestEditor } from '../../testing/TestEditor'
import { matrixOf, settle, type Turn, toMedia, toScreen, wholePicture, zoomAt } from './camera'
import { distanceToOutline, isInside } from './plane'
import { SpatialIndex } from './spatialIndex'
import { Viewport } from './viewport'

const LABELS =
  '<RectangleLabels name="box" toName="image"><Label value="Car"/><Label value="Tree"/></RectangleLabels><Image name="image" value="$image"/>'
const SEPARATE =
  '<Rectangle name="rect" toName="image"/><Labels name="lab" toName="image"><Label value="Car"/></Labels><Image name="image" value="$image"/>'
const task = (config = LABELS, more = {}) => new TestEditor({ config, data: { image: '/a.png' }, ...more })
const box = (x: number, y: number, width: number, height: number, label = 'Car', rotation = 0) => ({
  x,
  y,
  width,
  height,
  rotation,
  rectanglelabels: [label],
})

describe('drawing boxes', () => {
  it('draws by dragging, with the active label, which then goes off', () => {
    const test = task().label('box', 'Car').drag([20, 10], [60, 50])
    test.expectRegions(box(10, 10, 20, 40))
    expect(test.editor.activeLabels.get().size).toBe(0)
    expect(test.editor.session.results()[0]).toMatchObject({
      original_width: 200,
      original_height: 100,
      origin: 'manual',
      type: 'rectanglelabels',
    })
  })

  it('keeps the label where the person wants that', () =>
    void task(LABELS, { settings: { keepLabelSelected: true } })
      .label('box', 'Car')
      .drag([20, 10], [60, 50])
      .drag([100, 10], [120, 20])
      .expectRegions(box(10, 10, 20, 40), box(50, 10, 10, 10)))

  it('draws between two clicks', () =>
    void task()
      .label('box', 'Tree')
      .click(20, 10)
      .pointerMove(30, 20)
      .click(60, 50)
      .expectRegions(box(10, 10, 20, 40, 'Tree')))

  it('draws a box of a common size by a double click', () =>
    void task()
      .label('box', 'Car')
      .click(100, 50)
      .click(100, 50, { clicks: 2 })
      .expectRegions(box(42.5, 35, 15, 30)))

  it('draws nothing without a label, and drops what is too small', () => {
    task().drag([20, 10], [60, 50]).expectRegions()
    task().label('box', 'Car').drag([20, 10], [60, 11]).expectRegions()
  })

  it('stays inside the picture', () =>
    void task()
      .label('box', 'Car')
      .drag([100, 50], [900, -70])
      .expectRegions(box(50, 0, 50, 50)))

  it('takes a drawing back by Escape, without a step to undo', () => {
    const test = task().label('box', 'Car').pointerDown(20, 10).pointerMove(60, 50).escape()
    test.expectRegions()
    expect(test.editor.session.history.canUndo).toBe(false)
  })

  it('is one step', () =>
    void task()
      .label('box', 'Car')
      .drag([20, 10], [60, 50])
      .undo()
      .expectRegions()
      .redo()
      .expectRegions(box(10, 10, 20, 40)))

  it('draws by three points', () => {
    const test = task().label('box', 'Car')
    test.editor.tools.set(new Map([['image', 'tool:rect-3point']]))
    test
      .click(20, 20)
      .pointerMove(60, 20)
      .click(60, 20)
      .pointerMove(50, 70)
      .click(50, 70)
      .expectRegions(box(10, 20, 20, 50))
  })

  it('writes a shape and its label as two results', () => {
    const geometry = { x: 10, y: 10, width: 20, height: 40, rotation: 0 }
    const test = task(SEPARATE).label('lab', 'Car').drag([20, 10], [60, 50])
    test.expectRegions(geometry, { ...geometry, labels: ['Car'] })
    expect(test.editor.session.results().map(({ from_name, type }) => [from_name, type])).toEqual([
      ['rect', 'rectangle'],
      ['lab', 'labels'],
    ])
    expect(new Set(test.editor.session.results().map(({ id }) => id)).size).toBe(1)
  })

  it('draws without a label first where the tag has none, and labels later', () => {
    const test = task(SEPARATE)
    test.editor.tools.set(new Map([['image', 'tool:rect']]))
    test.drag([20, 10], [60, 50])
    test.editor.selection.select([test.editor.store.order()[0] as string])
    test.label('lab', 'Car')
    expect(test.values().length).toBe(2)
  })
})

describe('changing boxes', () => {
  const drawn = (more = {}) => task(LABELS, more).label('box', 'Car').drag([20, 10], [60, 50])

  it('selects by a click and unselects by the next one', () => {
    const test = drawn().click(40, 30)
    expect(test.editor.selection.get().size).toBe(1)
    expect(test.click(40, 30).editor.selection.get().size).toBe(0)
  })

  it('moves by dragging', () =>
    void drawn()
      .drag([40, 30], [60, 40])
      .expectRegions(box(20, 20, 20, 40)))

  it('resizes by a handle, as one step', () =>
    void drawn()
      .click(40, 30)
      .drag([60, 50], [80, 60])
      .expectRegions(box(10, 10, 30, 50))
      .undo()
      .expectRegions(box(10, 10, 20, 40)))

  it('takes a move back by Escape', () =>
    void drawn()
      .pointerDown(40, 30)
      .pointerMove(80, 60)
      .escape()
      .expectRegions(box(10, 10, 20, 40)))

  it('changes neither locked nor read-only regions', () => {
    const test = drawn()
    test.editor.session.locked.set(new Set(test.editor.store.order()))
    test.drag([40, 30], [60, 40]).expectRegions(box(10, 10, 20, 40))
    const item = {
      id: 'r',
      from_name: 'box',
      to_name: 'image',
      type: 'rectanglelabels',
      readonly: true,
      value: box(10, 10, 20, 40),
    }
    const fixed = task(LABELS, { result: [item] })
    fixed
      .drag([40, 30], [60, 40])
      .click(40, 30)
      .drag([60, 50], [80, 60])
      .expectRegions(box(10, 10, 20, 40))
  })

  it('selects what a frame touches, and adds with Ctrl', () => {
    const test = drawn().label('box', 'Car').drag([100, 10], [120, 20]).drag([80, 5], [110, 60])
    expect(test.editor.selection.get().size).toBe(1)
    expect(test.drag([1, 1], [30, 30], { ctrl: true }).editor.selection.get().size).toBe(2)
  })

  it('neither draws nor clicks hidden regions', () => {
    const test = drawn()
    test.editor.session.hidden.set(new Set(test.editor.store.order()))
    test.content.invalidate()
    expect(test.click(40, 30).editor.selection.get().size).toBe(0)
  })

  it('hits the region drawn last first', () => {
    const test = drawn().label('box', 'Tree').drag([30, 20], [50, 40])
    expect(test.content.hits({ x: 40, y: 30 }, 1).map((region) => region.items[0]?.value?.rectanglelabels)).toEqual([
      ['Tree'],
      ['Car'],
    ])
  })
})

describe('the camera', () => {
  const media = { width: 600, height: 400 }
  const turns: Turn[] = [0, 90, 180, 270]

  it('goes to the screen and back, however it is turned', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...turns),
        fc.double({ min: 0.05, max: 50, noNaN: true }),
        fc.nat(600),
        fc.nat(400),
        (turn, scale, x, y) => {
          const matrix = matrixOf({ scale, x: 13, y: -7, turn }, media)
          const back = toMedia(matrix, toScreen(matrix, { x, y }))
          expect(back.x).toBeCloseTo(x, 5)
          expect(back.y).toBeCloseTo(y, 5)
        },
      ),
    ))

  it('keeps the picture inside of its frame when it is turned', () => {
    for (const turn of turns) {
      const camera = wholePicture(media, { width: 300, height: 300 }, turn)
      const matrix = matrixOf(camera, media)
      for (const corner of [
        { x: 0, y: 0 },
        { x: 600, y: 400 },
      ]) {
        const at = toScreen(matrix, corner)
        expect(Math.min(at.x, at.y)).toBeGreaterThanOrEqual(-1e-9)
        expect(Math.max(at.x, at.y)).toBeLessThanOrEqual(300 + 1e-9)
      }
    }
  })

  it('zooms about a point', () => {
    const before = { scale: 1, x: 0, y: 0, turn: 0 as const }
    const after = zoomAt(before, 2, { x: 100, y: 50 }, 0.1)
    expect(toScreen(matrixOf(after, media), { x: 100, y: 50 })).toEqual({ x: 100, y: 50 })
  })

  it('shows no empty margin that need not be', () => {
    const view = { width: 300, height: 300 }
    const alignment = { horizontal: 'center', vertical: 'bottom' }
    expect(settle({ scale: 1, x: 50, y: -900, turn: 0 }, media, view, alignment)).toMatchObject({ x: 0, y: -100 })
    expect(settle({ scale: 0.1, x: 50, y: 0, turn: 0 }, media, view, alignment)).toMatchObject({ x: 120, y: 260 })
  })

  it('does not shrink below the first view, pans to the border, and keeps its zoom when resized', () => {
    const viewport = new Viewport(media, {
      alignment: { horizontal: 'left', vertical: 'top' },
      defaultZoom: 'fit',
      mayShrink: false,
    })
    viewport.resize({ width: 300, height: 200 })
    expect(viewport.camera.get().scale).toBe(0.5)
    viewport.zoom(0.1)
    expect(viewport.camera.get().scale).toBe(0.5)
    viewport.actualSize()
    expect(viewport.isZoomed).toBe(true)
    expect(viewport.pan({ x: -1000, y: 0 }).x).toBeLessThan(0)
    viewport.resize({ width: 400, height: 300 })
    expect(viewport.camera.get().scale).toBe(1)
    viewport.turn(90)
    expect(viewport.camera.get()).toMatchObject({ turn: 90, scale: 0.5 })
  })
})

describe('finding regions by place', () => {
  it('finds what touches a box, lowest first, and follows changes', () => {
    const index = new SpatialIndex()
    index.load([
      ['a', 2, { minX: 0, minY: 0, maxX: 10, maxY: 10 }],
      ['b', 1, { minX: 5, minY: 5, maxX: 20, maxY: 20 }],
    ])
    expect(index.within({ minX: 8, minY: 8, maxX: 9, maxY: 9 })).toEqual(['b', 'a'])
    index.put('a', 2, { minX: 50, minY: 50, maxX: 60, maxY: 60 })
    expect(index.near({ x: 9, y: 9 }, 1)).toEqual(['b'])
    index.remove('b')
    expect(index.near({ x: 9, y: 9 }, 1)).toEqual([])
  })

  it('tells inside from outside', () => {
    const square = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
    ]
    expect([isInside({ x: 5, y: 5 }, square), isInside({ x: 15, y: 5 }, square)]).toEqual([true, false])
    expect(distanceToOutline({ x: 5, y: 13 }, square)).toBe(3)
  })
})
