import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clickLabel } from '../../core/labeling'
import { controlOf, openEditor } from '../../testing/openEditor'
import { pageBoxCodec } from './codec'
import { drawBox } from './drawBox'
import { boxBetween, cornersOf, fromView, movedBy, textIn, toView } from './pagePlaces'
import { boxCommands } from './useBoxKeys'

const CONFIG =
  '<Pdf name="pdf" value="$pdf"/><OcrLabels name="ocr" toName="pdf"><Label value="Total"/><Label value="Date"/></OcrLabels>'
const share = fc.double({ min: 0, max: 1, noNaN: true })
const place = fc.record({ x: share, y: share })

describe('boxes on pages', () => {
  it('are written as they were read, with whatever was recognized in them', () =>
    fc.assert(
      fc.property(share, share, fc.integer({ min: 1, max: 100 }), fc.option(fc.string()), (x, y, pageIndex, text) => {
        const value = {
          x,
          y,
          width: 0.1,
          height: 0.2,
          rotation: 0,
          pageIndex,
          ...(text === null ? {} : { ocrtext: text }),
        }
        expect(pageBoxCodec.encode(pageBoxCodec.decode(value) as never)).toEqual(value)
      }),
    ))

  it.each([{}, { x: 1, y: 1, width: 1, height: 1 }, { x: 'a', y: 0, width: 1, height: 1, pageIndex: 1 }])(
    'are not made of %j',
    (value) => expect(pageBoxCodec.decode(value)).toBeNull(),
  )

  it('stand at the same place of the page however that is turned', () =>
    fc.assert(
      fc.property(place, fc.constantFrom(0, 90, 180, 270), (at, turn) => {
        const back = fromView(toView(at, turn), turn)
        expect(back.x).toBeCloseTo(at.x, 9)
        expect(back.y).toBeCloseTo(at.y, 9)
      }),
    ))

  it('turn to the right', () => expect(toView({ x: 0, y: 0 }, 90)).toEqual({ x: 1, y: 0 }))

  it('are turned in pixels, not in fractions', () => {
    const box = { x: 0.5, y: 0.5, width: 0.2, height: 0, rotation: 90, pageIndex: 1 }
    const [, end] = cornersOf(box, { width: 100, height: 200 })
    expect(end?.x).toBeCloseTo(0.5)
    expect(end?.y).toBeCloseTo(0.6)
  })

  it('end at the borders of the page', () => {
    expect(boxBetween({ x: 0.9, y: 0.5 }, { x: 1.4, y: -1 }, 2)).toEqual({
      x: 0.9,
      y: 0,
      width: 0.1,
      height: 0.5,
      rotation: 0,
      pageIndex: 2,
    })
    const box = boxBetween({ x: 0.1, y: 0.1 }, { x: 0.3, y: 0.3 }, 1)
    expect(movedBy(box, 2, -2)).toMatchObject({ x: 0.8, y: 0, width: 0.2 })
  })
})

describe('the text in a box', () => {
  const word = (text: string, left: number, right: number, middle: number) => ({
    text,
    left,
    right,
    middle,
    height: 0.02,
  })
  const words = [
    word('Total due: 12.50', 0.1, 0.42, 0.2),
    word('EUR', 0.44, 0.5, 0.203),
    word('Paid', 0.1, 0.2, 0.3),
    word('Footer', 0.1, 0.2, 0.9),
  ]
  const box = (x: number, y: number, width: number, height: number) =>
    boxBetween({ x, y }, { x: x + width, y: y + height }, 1)

  it.each([
    [box(0, 0, 1, 1), 'Total due: 12.50 EUR\nPaid\nFooter'],
    [box(0.3, 0.15, 0.12, 0.1), '12.50'],
    [box(0.05, 0.25, 0.3, 0.1), 'Paid'],
    [box(0.6, 0.1, 0.3, 0.5), ''],
  ])('in %j is %j', (at, text) => expect(textIn(words, at)).toBe(text))
})

describe('drawing', () => {
  const open = () => openEditor({ config: CONFIG, data: { pdf: '/a.pdf' }, settings: { selectAfterCreate: true } })
  const box = boxBetween({ x: 0.1, y: 0.2 }, { x: 0.4, y: 0.3 }, 3)

  it('makes a region with the active label and the words of the page', () => {
    const editor = open()
    clickLabel(editor, controlOf(editor, 'ocr'), 'Total')
    expect(drawBox(editor, 'pdf', box, '12.50')).toBe(true)
    const [item] = editor.session.results()
    expect(item).toMatchObject({
      from_name: 'ocr',
      to_name: 'pdf',
      type: 'ocrlabels',
      value: {
        x: 0.1,
        y: 0.2,
        width: 0.3,
        height: 0.1,
        rotation: 0,
        pageIndex: 3,
        ocrtext: '12.50',
        ocrlabels: ['Total'],
      },
    })
    editor.session.history.undo()
    expect(editor.session.results()).toEqual([])
  })

  it('makes nothing without a label, and nothing of a click', () => {
    const editor = open()
    expect(drawBox(editor, 'pdf', box, '')).toBe(false)
    clickLabel(editor, controlOf(editor, 'ocr'), 'Total')
    expect(drawBox(editor, 'pdf', { ...box, width: 0.001 }, '')).toBe(false)
    expect(editor.session.results()).toEqual([])
  })

  it('goes by keys: a box in the middle of the page, moved and sized by steps, each of which is undone', () => {
    const editor = open()
    const press = (id: string) => boxCommands(editor, 'pdf', () => 2).find((command) => command.id === id)
    expect(press('pdf:draw')?.isEnabled()).toBe(false)
    clickLabel(editor, controlOf(editor, 'ocr'), 'Date')
    press('pdf:draw')?.run()
    const value = () => editor.session.results()[0]?.value
    expect(value()).toMatchObject({ x: 0.3, y: 0.3, width: 0.4, height: 0.06, pageIndex: 2, ocrlabels: ['Date'] })
    press('pdf:right')?.run()
    press('pdf:up')?.run()
    press('pdf:size-down')?.run()
    expect(value()).toMatchObject({ x: 0.305, y: 0.295, width: 0.4, height: 0.065 })
    editor.session.history.undo()
    expect(value()).toMatchObject({ height: 0.06 })
    editor.session.locked.set(new Set([editor.selection.only() as string]))
    expect(press('pdf:left')?.isEnabled()).toBe(false)
  })
})
