import { describe, expect, it } from 'vitest'
import type { ResultItem } from '../../core/document'
import { JOIN_MS } from '../../core/suggestions'
import { decodeRle, encodeRle } from '../../engines/canvas/masks/rle'
import { areaOf, hasPixel, type Mask, maskBox, unite } from '../../engines/canvas/masks/runs'
import { strokeRuns } from '../../engines/canvas/masks/stroke'
import type { Pixels } from '../../engines/canvas/stage'
import { FakeClock } from '../../testing/FakeClock'
import { TestEditor } from '../../testing/TestEditor'
import { brushCodec } from './codec'
import type { Brush } from './region'
import { brushShape } from './shape'

const MEDIA = { width: 200, height: 100 }
const LABELS =
  '<BrushLabels name="mask" toName="image"><Label value="Sky"/><Label value="Sea"/></BrushLabels><Image name="image" value="$image"/>'
const WAND =
  '<MagicWand name="wand" toName="image" blurRadius="0"/><Labels name="lab" toName="image"><Label value="Sky"/></Labels><Image name="image" value="$image"/>'
const task = (config = LABELS, more = {}) => new TestEditor({ config, data: { image: '/a.png' }, ...more })

/** The masks in the result list, each of the picture's size. */
const masksIn = (test: TestEditor): Mask[] =>
  test.editor.session.results().map(({ value }) => decodeRle(value?.rle as number[], MEDIA.width, MEDIA.height))

describe('the codec', () => {
  it.each([
    { format: 'rle', rle: [0, 0, 0, 4] },
    { format: 'rle', rle: [1], touches: [{ type: 'add', relativePoints: [1, 2] }] },
    { format: 'rle', touches: [] },
    { format: 'rle', maskDataURL: 'data:image/png;base64,' },
  ])('writes back what it read: %j', (value) => {
    expect(brushCodec.encode(brushCodec.decode(value) as Brush)).toEqual(value)
  })

  it.each([
    {},
    { format: 'rle' },
    { format: 'png', rle: [1] },
    { rle: [256] },
    { rle: [1.5] },
    { rle: ['1'] },
    { rle: 'x' },
  ])('refuses %j', (value) => expect(brushCodec.decode(value)).toBeNull())

  it('writes a painted mask once', () => {
    const shape: Brush = { stored: null, mask: { ...MEDIA, runs: Int32Array.of(3, 9) } }
    expect(brushCodec.encode(shape)).toEqual({ format: 'rle', rle: encodeRle(shape.mask) })
    expect(brushCodec.encode(shape)).toBe(brushCodec.encode(shape))
  })
})

describe('as a prompt for a model', () => {
  const begin = async (label = 'Sky') => {
    const test = task(LABELS)
    const clock = new FakeClock()
    const asked: (readonly ResultItem[])[] = []
    test.editor.suggestions.connect({
      ask: async (items) => {
        asked.push(items)
        return []
      },
      read: () => [],
      keep: () => {},
      after: (ms, call) => clock.after(ms, call),
    })
    test.editor.suggestions.isOn.set(true)
    test.tool('smart:tool:brush').label('mask', label)
    return { test, clock, asked }
  }
  const stroke = (y: number) => strokeRuns({ x: 40, y }, { x: 120, y }, 5, MEDIA)

  it('takes all strokes until the brush rests, and asks once', async () => {
    const { test, clock, asked } = await begin()
    test.drag([40, 30], [120, 30])
    await clock.advance(JOIN_MS - 100)
    test.drag([40, 70], [120, 70])
    await clock.advance(JOIN_MS - 1)
    expect(asked).toEqual([])
    await clock.advance(1)
    expect(asked.map((items) => items.length)).toEqual([1])
    const mask = decodeRle(asked[0]?.[0]?.value?.rle as number[], MEDIA.width, MEDIA.height)
    expect(mask.runs).toEqual(unite({ ...MEDIA, runs: stroke(30) }, stroke(70)).runs)
    expect([test.values(), test.editor.session.history.canUndo]).toEqual([[], false])
  })

  it('begins anew with another label', async () => {
    const { test, clock, asked } = await begin()
    test.drag([40, 30], [120, 30]).label('mask', 'Sea').drag([40, 70], [120, 70])
    await clock.advance(JOIN_MS)
    expect(asked.map((items) => items.map(({ value }) => value?.brushlabels))).toEqual([[['Sea']]])
  })
})

describe('painting', () => {
  it('makes a region of one stroke, with the active label, and selects it', () => {
    const test = task().label('mask', 'Sky').drag([40, 50], [120, 50])
    const [mask] = masksIn(test)
    expect(mask?.runs).toEqual(strokeRuns({ x: 40, y: 50 }, { x: 120, y: 50 }, 5, MEDIA))
    expect(test.editor.session.results()[0]).toMatchObject({
      type: 'brushlabels',
      value: { format: 'rle', brushlabels: ['Sky'] },
    })
    expect(test.editor.selection.get().size).toBe(1)
  })

  it('goes on with the selected region, one step a stroke', () => {
    const test = task().label('mask', 'Sky').drag([40, 50], [120, 50]).drag([40, 80], [120, 80])
    expect(test.editor.session.results().length).toBe(1)
    expect(masksIn(test).map(({ runs }) => hasPixel({ ...MEDIA, runs }, 80, 80))).toEqual([true])
    expect(masksIn(test.undo()).map(({ runs }) => hasPixel({ ...MEDIA, runs }, 80, 80))).toEqual([false])
    test.undo().expectRegions()
  })

  it('begins another region when nothing is selected', () => {
    const test = task(LABELS, { settings: { keepLabelSelected: true } })
      .label('mask', 'Sky')
      .drag([40, 50], [120, 50])
    test.editor.selection.clear()
    expect(test.drag([40, 80], [120, 80]).editor.session.results().length).toBe(2)
  })

  it('erases from the selected region only', () => {
    const test = task().label('mask', 'Sky').drag([40, 50], [120, 50]).tool('tool:eraser').drag([80, 30], [80, 70])
    const mask = masksIn(test)[0] as Mask
    expect([hasPixel(mask, 60, 50), hasPixel(mask, 80, 50), hasPixel(mask, 100, 50)]).toEqual([true, false, true])
    test.editor.selection.clear()
    expect(test.working).toBe('tool:move')
  })

  it('paints as large as the size says, with a pen as hard as it is pressed', () => {
    const heightOf = (test: TestEditor) => {
      const { minY, maxY } = maskBox(masksIn(test)[0] as Mask)
      return maxY - minY
    }
    const press = (size: number, keys: object) => {
      const test = task().label('mask', 'Sky')
      test.sizes.set({ brush: size, eraser: 1 })
      return heightOf(test.drag([40, 50], [120, 50], keys))
    }
    expect([press(20, {}), press(6, {})]).toEqual([20, 6])
    expect([press(30, { kind: 'pen', pressure: 1 }), press(30, { kind: 'pen', pressure: 0 })]).toEqual([30, 10])
  })

  it('is shown but not stored while the pointer is down, and taken back by Escape', () => {
    const test = task().label('mask', 'Sky').pointerDown(40, 50).pointerMove(120, 50)
    test.expectRegions()
    expect(areaOf(test.preview?.mask?.mask as Mask)).toBeGreaterThan(700)
    test.escape().expectRegions()
    expect(test.preview).toBeNull()
  })

  it('paints nothing without a label', () => void task().tool('tool:brush').drag([40, 50], [120, 50]).expectRegions())

  it('writes a shape and its label as two results that share the mask', () => {
    const test = task(
      '<Brush name="b" toName="image"/><Labels name="l" toName="image"><Label value="Sky"/></Labels><Image name="image" value="$image"/>',
    )
    const [shape, label] = test.label('l', 'Sky').drag([40, 50], [120, 50]).editor.session.results()
    expect([shape?.type, label?.type, label?.value?.labels]).toEqual(['brush', 'labels', ['Sky']])
    expect(shape?.value?.rle).toBe(label?.value?.rle)
  })
})

describe('stored masks', () => {
  const rle = encodeRle({ ...MEDIA, runs: strokeRuns({ x: 50, y: 50 }, { x: 50, y: 50 }, 10, MEDIA) })
  const stored = (value: object) =>
    task(LABELS, {
      result: [
        {
          id: 'r',
          from_name: 'mask',
          to_name: 'image',
          type: 'brushlabels',
          value: { format: 'rle', brushlabels: ['Sky'], ...value },
        },
      ],
    })
  const touch = (type: string, points: number[]) => ({
    type,
    relativePoints: points,
    relativeStrokeWidth: 5,
    strokeWidth: 10,
    points: [],
  })

  it('are hit where they are painted', () => {
    const test = stored({ rle })
    expect(test.content.hits({ x: 50, y: 50 }, 1).length).toBe(1)
    expect(test.content.hits({ x: 80, y: 50 }, 1).length).toBe(0)
  })

  it('stay byte for byte as they were until they are painted on', () => {
    const test = stored({ rle, odd: 1 })
    expect(test.editor.session.results()[0]?.value).toEqual({ format: 'rle', rle, brushlabels: ['Sky'], odd: 1 })
    test.editor.selection.select(['r'])
    test.tool('tool:brush').drag([90, 50], [110, 50])
    expect(areaOf(masksIn(test)[0] as Mask)).toBeGreaterThan(areaOf(decodeRle(rle, MEDIA.width, MEDIA.height)))
    expect(test.editor.session.results()[0]?.value).toMatchObject({ odd: 1, brushlabels: ['Sky'] })
  })

  it('may be the strokes of a draft, on top of a mask', () => {
    const shape = brushCodec.decode({
      format: 'rle',
      rle,
      touches: [touch('add', [75, 50, 90, 50]), touch('eraser', [25, 50]), { type: 'add' }],
    }) as Brush
    const mask = brushShape.mask?.(shape, MEDIA) as Mask
    expect([hasPixel(mask, 160, 50), hasPixel(mask, 50, 50), hasPixel(mask, 58, 50)]).toEqual([true, false, true])
  })

  it('are listed but not shown when they were made for a picture of another size', () => {
    const shape = brushCodec.decode({ rle: encodeRle({ width: 3, height: 3, runs: Int32Array.of(0, 2) }) }) as Brush
    expect(brushShape.mask?.(shape, MEDIA)).toBeNull()
    expect(brushShape.moveBy(shape, { x: 1, y: 1 }, MEDIA)).toBe(shape)
  })

  it('are moved by whole pixels', () => {
    const test = stored({ rle }).drag([50, 50], [70, 60])
    expect(maskBox(masksIn(test)[0] as Mask)).toEqual({ minX: 60, minY: 50, maxX: 80, maxY: 70 })
  })
})

describe('the magic wand', () => {
  /** A gray picture with a square of another gray, whose right half is a little lighter. */
  const pixels = (): Pixels => {
    const data = new Uint8ClampedArray(MEDIA.width * MEDIA.height * 4).fill(255)
    for (let y = 0; y < MEDIA.height; y += 1) {
      for (let x = 0; x < MEDIA.width; x += 1) {
        const isIn = x >= 50 && x < 90 && y >= 20 && y < 60
        data.fill(isIn ? (x < 70 ? 100 : 120) : 30, (y * MEDIA.width + x) * 4, (y * MEDIA.width + x) * 4 + 3)
      }
    }
    return { ...MEDIA, data }
  }
  const settled = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }

  it('fills the area of one color', async () => {
    const test = task(WAND, { pixels: pixels() }).label('lab', 'Sky').tool('tool:magic-wand').pointerDown(60, 40)
    await settled()
    expect(areaOf(test.preview?.mask?.mask as Mask)).toBe(800)
    test.pointerUp(60, 40)
    await settled()
    expect(test.editor.session.results().map(({ type }) => type)).toEqual(['magicwand', 'labels'])
    expect(masksIn(test).map(areaOf)).toEqual([800, 800])
    expect(maskBox(masksIn(test)[0] as Mask)).toEqual({ minX: 50, minY: 20, maxX: 70, maxY: 60 })
  })

  it('takes more colors the farther the pointer is dragged, and adds to the selected mask', async () => {
    const test = task(WAND, { pixels: pixels() }).label('lab', 'Sky').tool('tool:magic-wand').pointerDown(60, 40)
    test.pointerMove(80, 40)
    await settled()
    expect(areaOf(test.preview?.mask?.mask as Mask)).toBe(1600)
    test.pointerUp(80, 40)
    await settled()
    test.click(10, 10)
    await settled()
    expect(masksIn(test).map(areaOf)).toEqual([20_000, 20_000])
    expect(masksIn(test.undo()).map(areaOf)).toEqual([1600, 1600])
  })

  it('is taken back by Escape', async () => {
    const test = task(WAND, { pixels: pixels() })
      .label('lab', 'Sky')
      .tool('tool:magic-wand')
      .pointerDown(60, 40)
      .escape()
    await settled()
    test.expectRegions()
    expect(test.preview).toBeNull()
  })

  it('says why it can do nothing with a picture it may not read', async () => {
    const test = task(WAND).label('lab', 'Sky').tool('tool:magic-wand').click(60, 40)
    await settled()
    expect(test.editor.notice.get()?.key).toBe('wand.unreadable')
    test.expectRegions()
  })
})
