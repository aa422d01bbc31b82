import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer, idsOf, span } from '../testing/records'
import type { DocRecord } from './document'
import { History } from './history'
import { Store } from './store'

function begin(...records: DocRecord[]) {
  const store = new Store(records)
  const history = new History(store)
  const put = (record: DocRecord) => history.dispatch([[record.id, store.get(record.id) ?? null, record]])
  return { store, history, put }
}

/** One thing done to a small document: a step, a change within a step, undo, redo, a gesture given up. */
const action = fc.oneof(
  fc.record({ do: fc.constantFrom('step', 'more') as fc.Arbitrary<'step' | 'more'>, id: fc.nat(3), to: fc.nat(5) }),
  fc.record({
    do: fc.constantFrom('undo', 'redo', 'mark', 'remove', 'give up') as fc.Arbitrary<string>,
    id: fc.nat(3),
    to: fc.nat(5),
  }),
)

function play({ store, history, put }: ReturnType<typeof begin>, step: { do: string; id: number; to: number }): void {
  const id = `r${step.id}`
  const now = store.get(id)
  if (step.do === 'step') {
    history.mark('step')
    put(span(id, step.to, step.id))
  } else if (step.do === 'more') put(span(id, step.to, step.id))
  else if (step.do === 'undo') history.undo()
  else if (step.do === 'redo') history.redo()
  else if (step.do === 'mark') history.mark('empty')
  else if (step.do === 'remove' && now) history.dispatch([[id, now, null]])
  else if (step.do === 'give up') {
    const mark = history.mark('gesture')
    put(span(id, step.to, step.id))
    history.rollback(mark)
  }
}

describe('History', () => {
  it('comes back to the beginning when everything is undone, and forward again when it is redone', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const editor = begin(span('r0', 1, 0))
        const first = editor.store.all()
        for (const step of actions) play(editor, step)
        const last = editor.store.all()
        const lastPosition = editor.history.position
        let undone = 0
        while (editor.history.undo() !== null) undone += 1
        expect(editor.store.all()).toEqual(first)
        expect(editor.history.canUndo).toBe(false)
        for (let at = 0; at < undone; at += 1) expect(editor.history.redo()).not.toBeNull()
        expect(editor.store.all()).toEqual(last)
        expect(editor.history.position).toBe(lastPosition)
      }),
    )
  })

  it('takes a gesture that is given up back without a trace', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 15 }), fc.array(action, { maxLength: 8 }), (before, gesture) => {
        const editor = begin(span('r0', 1, 0))
        for (const step of before) play(editor, step)
        const documents = editor.store.all()
        const position = editor.history.position
        const mark = editor.history.mark('gesture')
        for (const step of gesture) if (step.do === 'more' || step.do === 'remove') play(editor, step)
        editor.history.rollback(mark)
        expect(editor.store.all()).toEqual(documents)
        expect(editor.history.position).toBe(position)
      }),
    )
  })

  it('undoes a step as a whole and tells its name', () => {
    const { store, history, put } = begin()
    history.mark('draw')
    put(span('r1', 0))
    put(span('r1', 4))
    put(answer('a', 3, 2))
    expect(history.undo()).toBe('draw')
    expect(store.all()).toEqual([])
    expect(history.undo()).toBeNull()
    expect(history.redo()).toBe('draw')
    expect(store.all()).toEqual([span('r1', 4), answer('a', 3, 2)])
    expect(history.redo()).toBeNull()
  })

  it('makes a step of changes that nobody announced', () => {
    const { history, put } = begin()
    put(span('r1', 0))
    expect(history.undo()).toBe('change')
  })

  it('forgets undone steps after a new change, but not after a mark', () => {
    const { store, history, put } = begin()
    put(span('r1', 0))
    history.undo()
    history.mark('looked only')
    expect(history.canRedo).toBe(true)
    put(span('r2', 0))
    expect(history.canRedo).toBe(false)
    expect(idsOf(store.all())).toEqual(['r2'])
  })

  it('leaves steps without effect out', () => {
    const { history, put, store } = begin()
    history.mark('real')
    put(span('r1', 0))
    history.mark('nothing')
    history.mark('there and back')
    put(span('r2', 0))
    history.dispatch([['r2', store.get('r2') as DocRecord, null]])
    expect(history.undo()).toBe('real')
  })

  it('rolls back several steps at once, and nothing for a mark that is gone', () => {
    const { store, history, put } = begin()
    put(span('r1', 0))
    const mark = history.mark('gesture')
    put(span('r2', 0))
    history.mark('inner')
    put(span('r3', 0))
    history.rollback(mark)
    expect(idsOf(store.all())).toEqual(['r1'])
    history.rollback(mark)
    expect(idsOf(store.all())).toEqual(['r1'])
    expect(history.undo()).toBe('change')
  })

  it('names equal states by equal positions', () => {
    const { history, put } = begin()
    expect(history.position).toBe(0)
    put(span('r1', 0))
    const one = history.position
    history.mark('two')
    put(span('r2', 0))
    expect(history.position).not.toBe(one)
    history.undo()
    expect(history.position).toBe(one)
    history.undo()
    expect(history.position).toBe(0)
    history.mark('other')
    put(span('r3', 0))
    expect(history.position).not.toBe(one)
  })

  it('already knows of a change when others hear of it', () => {
    const { store, history, put } = begin()
    const heard: [canUndo: boolean, canRedo: boolean, isFirst: boolean][] = []
    store.subscribe(() => heard.push([history.canUndo, history.canRedo, history.position === 0]))
    put(span('r1', 0))
    history.undo()
    history.redo()
    history.undo()
    put(span('r2', 0))
    expect(heard).toEqual([
      [true, false, false],
      [false, true, true],
      [true, false, false],
      [false, true, true],
      [true, false, false],
    ])
  })

  it('notes nothing of a change that is refused', () => {
    const { store, history } = begin(span('r1', 0))
    const before = store.all()
    expect(() => history.dispatch([['r1', null, span('r1', 1)]])).toThrow('Record r1')
    expect([history.canUndo, history.undo(), store.all()]).toEqual([false, null, before])
  })

  it('goes back to the first state by a step that can be undone', () => {
    const { store, history, put } = begin(span('r0', 0, 0))
    history.mark('one')
    put(span('r1', 0))
    history.mark('two')
    put(span('r0', 7, 0))
    history.reset('reset')
    expect(store.all()).toEqual([span('r0', 0, 0)])
    expect(history.undo()).toBe('reset')
    expect(store.all()).toEqual([span('r0', 7, 0), span('r1', 0)])
    const fresh = begin()
    fresh.history.reset('reset')
    expect(fresh.history.canUndo).toBe(false)
  })
})
