import { describe, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import { type AnnotationRecord, ConflictError, RefusedError } from '../host'
import { beginWork, waiting } from '../testing/beginWork'

describe('the work of a person', () => {
  it('says in the words of the config why it does not submit', async () => {
    const { controller, calls } = beginWork()
    expect(await controller.submit()).toBe(false)
    expect(controller.dialog.get()).toMatchObject({ kind: 'problem', text: 'Rate it.' })
    expect(calls).toEqual([])
  })

  it('submits a new annotation, then updates it with the version that the server gave', async () => {
    const { controller, calls, rate, editor, clock } = beginWork()
    rate(3)
    await clock.advance(500)
    expect(await controller.submit()).toBe(true)
    expect(editor.session.isChanged).toBe(false)
    rate(4)
    expect(editor.session.isChanged).toBe(true)
    expect(await controller.submit()).toBe(true)
    expect(calls.map(([what]) => what)).toEqual(['submit', 'update 9 1'])
    expect(calls[0]?.[1]).toMatchObject({ taskId: 7, lead_time: 0.5, draft_id: null, parent_prediction: null })
  })

  it('waits for a draft on its way and names it, so that no draft is left over', async () => {
    const { controller, calls, answers, rate, clock } = beginWork()
    const draft = waiting<{ id: number }>()
    answers.set('draft', () => draft.promise)
    rate(3)
    await clock.advance(1500)
    const submitted = controller.submit()
    await clock.settle()
    expect(calls.map(([what]) => what)).toEqual(['draft'])
    draft.resolve({ id: 44 })
    expect(await submitted).toBe(true)
    expect(calls[1]).toMatchObject(['submit', { draft_id: 44 }])
  })

  it('does not take what is changed while it submits for submitted', async () => {
    const { controller, answers, rate, editor, clock, sentRatings, journal } = beginWork()
    const answer = waiting<AnnotationRecord>()
    answers.set('submit', () => answer.promise)
    rate(3)
    const submitted = controller.submit()
    await clock.settle()
    rate(5)
    answer.resolve({ id: 9, result: [], etag: '1', completed_by: 1 })
    await submitted
    expect(editor.session.isChanged).toBe(true)
    expect((await journal.read('1/7'))[0]).toMatchObject({ annotationId: 9, unsent: 1 })
    await clock.advance(1500)
    expect(sentRatings('submit')).toEqual([3])
    expect(sentRatings('draft')).toEqual([5])
  })

  it('keeps the work when the server refuses or cannot be reached', async () => {
    const { controller, answers, rate, rating, editor, clock, sentRatings } = beginWork()
    rate(3)
    answers.set('submit', () => Promise.reject(new RefusedError('No.')))
    expect(await controller.submit()).toBe(false)
    expect(editor.notice.get()).toMatchObject({ key: 'save.refused', values: { message: 'No.' } })
    answers.set('submit', () => Promise.reject(new TypeError('Failed to fetch')))
    expect(await controller.submit()).toBe(false)
    expect(editor.notice.get()).toMatchObject({ key: 'save.failed' })
    expect([rating(), editor.session.isChanged, controller.busy.get()]).toEqual([3, true, null])
    await clock.advance(1500)
    expect(sentRatings('draft')).toEqual([3])
  })

  it('asks when somebody else changed the annotation, and keeps mine on top of theirs', async () => {
    const record = { id: 9, result: [], etag: '1', completed_by: 1 }
    const { controller, answers, rate, editor, calls, sentRatings } = beginWork({ annotations: [record] })
    const current = { ...record, etag: '5' }
    answers.set('update 9 1', () => Promise.reject(new ConflictError(current)))
    rate(2)
    expect(await controller.submit()).toBe(false)
    expect(controller.dialog.get()).toMatchObject({ kind: 'conflict', current })
    await controller.settleConflict(editor.session, current, true)
    expect(calls[calls.length - 1]?.[0]).toBe('update 9 5')
    expect(sentRatings('update 9 5')).toEqual([2])
  })

  it('or takes theirs', async () => {
    const record = { id: 9, result: [], etag: '1', completed_by: 1 }
    const { controller, answers, rate, rating, editor, journal } = beginWork({ annotations: [record] })
    const theirs = { id: 'x', from_name: 'r', to_name: 't', type: 'rating', value: { rating: 1 } }
    const current = { ...record, etag: '5', result: [theirs] }
    answers.set('update 9 1', () => Promise.reject(new ConflictError(current)))
    rate(2)
    await controller.submit()
    await controller.settleConflict(editor.session, current, false)
    expect([rating(), editor.session.isChanged, editor.session.info.get().etag]).toEqual([1, false, '5'])
    expect(await journal.read('1/7')).toEqual([])
  })

  it('finds work again that a killed tab never sent', async () => {
    const journal = new MemoryJournal()
    const lost = beginWork({ journal })
    lost.rate(4)
    await lost.clock.advance(100)
    const { controller, editor, rating, clock, sentRatings } = beginWork({ journal })
    await controller.recover()
    expect(rating()).toBe(4)
    expect(editor.notice.get()).toMatchObject({ key: 'save.recovered', values: { count: 1 } })
    await clock.advance(1500)
    expect(sentRatings('draft')).toEqual([4])
    expect((await journal.read('1/7'))[0]).toMatchObject({ unsent: 0, draftId: 44 })
  })

  it('forgets entries whose work the server has', async () => {
    const journal = new MemoryJournal()
    const first = beginWork({ journal })
    first.rate(4)
    await first.clock.advance(1500)
    await beginWork({ journal }).controller.recover()
    expect(await journal.read('1/7')).toEqual([])
  })

  it('keeps sending drafts of an annotation that could not be deleted', async () => {
    const record = { id: 9, result: [], etag: '1', completed_by: 1 }
    const { controller, answers, rate, editor, clock, sentRatings } = beginWork({ annotations: [record] })
    answers.set('delete 9', () => Promise.reject(new TypeError('Failed to fetch')))
    rate(2)
    await controller.remove(editor.session)
    expect(editor.sessions.get()).toHaveLength(1)
    await clock.advance(1500)
    expect(sentRatings('draft')).toEqual([2])
  })
})
