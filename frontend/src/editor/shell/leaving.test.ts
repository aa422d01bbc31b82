import { describe, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import type { AnnotationRecord } from '../host'
import { beginWork, waiting } from '../testing/beginWork'
import { dropTwins } from './recovery'

const RECORD: AnnotationRecord = { id: 9, result: [], etag: '1', completed_by: 1 }
const newest = { postpones: () => true }

describe('going on to the next task', () => {
  it('puts the newest one off, with all that was done, and leaves nothing in the journal', async () => {
    const { controller, calls, rate, journal } = beginWork({ more: newest })
    rate(3)
    await controller.leave('next')
    expect(calls.map(([what]) => what)).toEqual(['draft', 'next'])
    expect(calls[0]?.[1]).toMatchObject({ was_postponed: true, annotationId: null, result: [{ value: { rating: 3 } }] })
    expect(await journal.read('1/7')).toEqual([])
  })

  it('puts it off even when nothing was done, and names the draft there was', async () => {
    const { controller, calls, rate, clock } = beginWork({ more: newest })
    await controller.leave('next')
    expect(calls[0]).toMatchObject(['draft', { was_postponed: true, result: [], draft_id: null }])
    rate(2)
    await clock.advance(1500)
    await controller.leave('next')
    expect(calls.filter(([what]) => what === 'draft').pop()).toMatchObject([
      'draft',
      { draft_id: 44, was_postponed: true },
    ])
  })

  it('stays when the server cannot be reached, and goes on saving', async () => {
    const { controller, calls, rate, answers, clock, editor, sentRatings } = beginWork({ more: newest })
    answers.set('draft', () => Promise.reject(new TypeError('Failed to fetch')))
    rate(3)
    await controller.leave('next')
    expect(calls.some(([what]) => what === 'next')).toBe(false)
    expect([editor.notice.get()?.key, controller.busy.get(), editor.isReadonly]).toEqual(['save.failed', null, false])
    answers.clear()
    await clock.advance(1500)
    expect(sentRatings('draft')).toEqual([3, 3])
  })

  it('only sends what is unsent from an older task, from a submitted one, and on the way back', async () => {
    const older = beginWork({ more: { postpones: () => false } })
    older.rate(1)
    await older.controller.leave('next')
    expect(older.calls[0]?.[1]).not.toHaveProperty('was_postponed')
    const submitted = beginWork({ more: newest, annotations: [RECORD] })
    await submitted.controller.leave('next')
    const back = beginWork({ more: newest })
    await back.controller.leave('previous')
    expect([older, submitted, back].map(({ calls }) => calls.map(([what]) => what))).toEqual([
      ['draft', 'next'],
      ['next'],
      ['previous'],
    ])
  })

  it('takes no change while the task is being put off: it would be lost', async () => {
    const { controller, answers, rate, rating, clock } = beginWork({ more: newest })
    const draft = waiting<{ id: number }>()
    answers.set('draft', () => draft.promise)
    rate(3)
    const left = controller.leave('next')
    await clock.settle()
    rate(5)
    draft.resolve({ id: 44 })
    await left
    expect(rating()).toBe(3)
  })
})

describe('while an annotation is deleted or restored', () => {
  it.each([
    ['delete 9', 'remove'],
    ['restore 9 2', 'restore'],
  ])('%s takes no changes', async (call, what) => {
    const { controller, answers, editor, rate, rating, clock } = beginWork({ annotations: [RECORD] })
    const answer = waiting<AnnotationRecord>()
    answers.set(call, () => answer.promise)
    const { session } = editor
    const done = what === 'remove' ? controller.remove(session) : controller.restore(session, 2)
    await clock.settle()
    rate(4)
    expect([rating(), session.isReadonly]).toEqual([undefined, true])
    answer.resolve({ ...RECORD, etag: '8' })
    await done
    expect(editor.session.isReadonly).toBe(false)
    rate(5)
    expect(rating()).toBe(5)
  })

  it('it can be changed again when that failed', async () => {
    const { controller, answers, editor, rate, rating } = beginWork({ annotations: [RECORD] })
    answers.set('restore 9 2', () => Promise.reject(new TypeError('Failed to fetch')))
    await controller.restore(editor.session, 2)
    rate(4)
    expect(rating()).toBe(4)
  })
})

describe('a copy', () => {
  it('is written down before anything is drawn on it', async () => {
    const theirs = { id: 'x', from_name: 'r', to_name: 't', type: 'rating', value: { rating: 1 } }
    const { controller, editor, clock, journal, sentRatings } = beginWork({
      annotations: [{ ...RECORD, result: [theirs] }],
    })
    controller.duplicate(editor.session)
    await clock.settle()
    const [entry] = await journal.read('1/7')
    expect(entry).toMatchObject({ annotationId: null, parentAnnotation: 9, unsent: 1 })
    expect(entry?.base.map(({ value }) => value)).toEqual([{ rating: 1 }])
    await clock.advance(1500)
    expect(sentRatings('draft')).toEqual([1])
  })

  it('of a skipped annotation is written down before that is gone', async () => {
    const skipped = { ...RECORD, was_cancelled: true }
    const { controller, editor, calls, journal } = beginWork({ annotations: [skipped] })
    await controller.unskip()
    expect(calls.map(([what]) => what)).toEqual(['delete 9'])
    expect(editor.session.info.get()).toMatchObject({ id: null, isSkipped: false })
    expect(await journal.read('1/7')).toHaveLength(1)
  })
})

it('what keeps an annotation from being submitted is told at its control, until it is submitted', async () => {
  const { controller, editor, rate } = beginWork()
  await controller.submit()
  expect(editor.problem.get()).toEqual({ control: 'r', region: null, text: 'Rate it.', values: { name: 'r' } })
  rate(3)
  await controller.submit()
  expect(editor.problem.get()).toBeNull()
})

describe('a draft that arrived although the page never heard of it', () => {
  const result = (stars: number) => [
    { id: 'x', from_name: 'r', to_name: 't', type: 'rating', value: { rating: stars }, origin: 'manual' as const },
  ]
  const draft = (id: number, stars: number, minute: number) => ({
    id,
    result: result(stars),
    updated_at: `2026-01-01T10:0${minute}:00Z`,
  })

  it('is what the journal holds: nothing is asked', async () => {
    const journal = new MemoryJournal()
    const lost = beginWork({ journal })
    lost.rate(4)
    await lost.clock.advance(100)
    const [entry] = await journal.read('1/7')
    const [item] = lost.editor.session.results()
    const work = beginWork({ journal, drafts: [{ ...draft(44, 4, 1), result: [item as never] }] })
    await work.controller.recover()
    expect(entry?.unsent).toBe(1)
    expect([work.controller.dialog.get(), work.rating(), await journal.read('1/7')]).toEqual([null, 4, []])
  })

  it('of several the newest is opened, and copies of it are thrown away', async () => {
    const { controller, rating, editor, calls } = beginWork({
      drafts: [draft(1, 3, 1), draft(3, 5, 3), draft(2, 5, 2)],
    })
    expect([rating(), editor.session.info.get().draftId]).toEqual([5, 3])
    await dropTwins(controller)
    expect(calls.map(([what]) => what)).toEqual(['delete draft 2'])
  })
})
