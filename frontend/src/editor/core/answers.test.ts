import { describe, expect, it } from 'vitest'
import { controlOf, openEditor } from '../testing/openEditor'
import { answeredRegion, canAnswer, currentAnswer, setAnswer, setRegionAnswer } from './answers'
import type { RegionRecord } from './document'
import type { Json } from './json'
import { toggleLocked } from './regionActions'

const span = (id: string, more: object = {}): Json => ({
  id,
  from_name: 'lab',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 2, labels: ['A'] },
  origin: 'manual',
  ...more,
})
const rating = (value: number, more: object = {}): Json => ({
  id: 'a1',
  from_name: 'r',
  to_name: 't',
  type: 'rating',
  value: { rating: value },
  ...more,
})
const CONFIG =
  '<Text name="t" value="$text"/><Labels name="lab" toName="t"><Label value="A"/></Labels><Rating name="r" toName="t"/>' +
  '<TextArea name="why" toName="t" perRegion="true"/><Image name="pages" valueList="$p"/>' +
  '<Choices name="each" toName="pages" perItem="true"><Choice value="x"/></Choices>'
const open = (result: readonly Json[] = [], info = {}) =>
  openEditor({ config: CONFIG, data: { text: 'ab cd', p: ['1.png', '2.png'] }, result, info })

describe('answers about the object', () => {
  it('are given, changed and taken away, each as one step', () => {
    const editor = open()
    const control = controlOf(editor, 'r')
    setAnswer(editor, control, 3)
    const [item] = editor.session.results()
    expect(item).toEqual({
      id: expect.stringMatching(/^[\w-]{10}$/),
      from_name: 'r',
      to_name: 't',
      type: 'rating',
      value: { rating: 3 },
      origin: 'manual',
    })
    setAnswer(editor, control, 5)
    expect(editor.session.results()).toEqual([{ ...item, value: { rating: 5 } }])
    setAnswer(editor, control, undefined)
    expect([editor.session.results(), currentAnswer(editor, control)]).toEqual([[], undefined])
    for (const expected of [5, 3, undefined]) {
      editor.session.history.undo()
      expect(currentAnswer(editor, control)).toBe(expected)
    }
  })

  it('keep what stands beside them, and say that a prediction was changed', () => {
    const editor = open([rating(2, { origin: 'prediction', score: 0.9, odd: 1 })])
    setAnswer(editor, controlOf(editor, 'r'), 4, { lead_time: 1.5 })
    expect(editor.session.results()).toEqual([
      rating(4, { origin: 'prediction-changed', score: 0.9, odd: 1, meta: { lead_time: 1.5 } }),
    ])
  })

  it('are not given where only looking is allowed', () => {
    const fixed = open([rating(2, { readonly: true })])
    expect(canAnswer(fixed, controlOf(fixed, 'r'))).toBe(false)
    setAnswer(fixed, controlOf(fixed, 'r'), 4)
    expect(fixed.session.results()).toEqual([rating(2, { readonly: true })])
    const prediction = open([rating(2)], { kind: 'prediction' })
    setAnswer(prediction, controlOf(prediction, 'r'), 4)
    expect(prediction.session.results()).toEqual([rating(2)])
  })
})

describe('answers about a page', () => {
  it('belong to the page that is shown', () => {
    const editor = open()
    const control = controlOf(editor, 'each')
    setAnswer(editor, control, ['x'])
    editor.pages.set(new Map([['pages', 1]]))
    expect(currentAnswer(editor, control)).toBeUndefined()
    setAnswer(editor, control, ['y'])
    expect(editor.session.results().map(({ item_index, value }) => [item_index, value])).toEqual([
      [0, { choices: ['x'] }],
      [1, { choices: ['y'] }],
    ])
    editor.pages.set(new Map([['pages', 0]]))
    expect(currentAnswer(editor, control)).toEqual(['x'])
  })
})

describe('answers about a region', () => {
  it('are about the one selected region, and repeat its place', () => {
    const editor = open([span('r1'), span('r2')])
    const control = controlOf(editor, 'why')
    setAnswer(editor, control, ['lost'])
    expect([canAnswer(editor, control), editor.session.history.canUndo]).toEqual([false, false])
    editor.selection.select(['r2'])
    expect(answeredRegion(editor, control)?.id).toBe('r2')
    setAnswer(editor, control, ['because'], { lead_time: 2 })
    expect(editor.session.results()).toEqual([
      span('r1'),
      span('r2'),
      {
        id: 'r2',
        from_name: 'why',
        to_name: 't',
        type: 'textarea',
        value: { start: 0, end: 2, text: ['because'] },
        origin: 'manual',
        meta: { lead_time: 2 },
      },
    ])
    expect(currentAnswer(editor, control)).toEqual(['because'])
    editor.selection.select(['r1', 'r2'])
    expect([answeredRegion(editor, control), currentAnswer(editor, control)]).toEqual([null, undefined])
  })

  it('are not given about read-only and locked regions', () => {
    const editor = open([span('r1', { readonly: true }), span('r2')])
    const control = controlOf(editor, 'why')
    editor.selection.select(['r1'])
    setAnswer(editor, control, ['x'])
    setRegionAnswer(editor, control, editor.store.region('r1') as RegionRecord, ['x'])
    toggleLocked(editor, ['r2'])
    editor.selection.select(['r2'])
    setAnswer(editor, control, ['x'])
    expect(editor.session.results()).toEqual([span('r1', { readonly: true }), span('r2')])
  })

  it('that are taken away leave the region as it was', () => {
    const editor = open([span('r1')])
    editor.selection.select(['r1'])
    setAnswer(editor, controlOf(editor, 'why'), ['x'])
    setAnswer(editor, controlOf(editor, 'why'), undefined)
    expect(editor.session.results()).toEqual([span('r1')])
  })
})
