import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/FakeClock'
import { span } from '../testing/records'
import { Autosave, SAVE_AFTER_MS } from './autosave'
import type { RegionRecord } from './document'
import { History } from './history'
import { type Journal, MemoryJournal, replay } from './journal'
import { encodeResults } from './results'
import { Store } from './store'

const SCOPE = '1/7'
const REFUSED = new Error('Bad region.')

/** An annotation with its autosave, and a server that can be told how to answer. */
function begin({ journal = new MemoryJournal() as Journal, records = [] as RegionRecord[] } = {}) {
  const clock = new FakeClock()
  const store = new Store(records)
  const history = new History(store)
  const sent: string[][] = []
  const server = { answer: (): Promise<number | null> => Promise.resolve(44) }
  const autosave = new Autosave({
    clock,
    journal,
    scope: SCOPE,
    facts: () => ({
      key: 'new:u1',
      annotationId: null,
      draftId: null,
      uniqueId: 'u1',
      etag: null,
      parentPrediction: null,
      parentAnnotation: null,
      startedAt: '2026-01-01T00:00:00.000Z',
      leadTime: 1,
    }),
    results: () => encodeResults(store.all()),
    send: () => {
      sent.push(store.all().map((record) => record.id))
      return server.answer()
    },
    isRefusal: (error) => error === REFUSED,
  })
  store.subscribe((transaction) => autosave.changed(transaction, history.openStep))
  const add = (id: string) => {
    history.mark('add')
    history.dispatch([[id, null, span(id, 0, store.nextSeq())]])
  }
  /** Goes on with the step that added a region. */
  const drag = (id: string) => history.dispatch([[id, store.get(id) as RegionRecord, span(id, 5)]])
  /** What another page finds in the journal. */
  const found = async () => {
    const [entry] = await journal.read(SCOPE)
    if (!entry) return null
    const items = replay(entry, (result) => result.map((item, at) => span((item as { id: string }).id, 0, at + 1)))
    return { ids: items.map((item) => item.id), unsent: entry.unsent, draftId: entry.draftId }
  }
  const state = () => autosave.state.get()
  return { clock, store, sent, server, autosave, add, drag, found, state, journal }
}

/** An answer that the server gives when it is told to. */
function later() {
  let arrive: (draftId: number) => void = () => {}
  const answer = new Promise<number>((resolve) => {
    arrive = resolve
  })
  return { answer: () => answer, arrive }
}

describe('nothing is lost', () => {
  it('when the tab is killed before anything was sent', async () => {
    const { clock, add, found } = begin({ records: [span('r0', 0)] })
    add('r1')
    add('r2')
    await clock.advance(100)
    add('r3')
    await clock.advance(100)
    expect(await found()).toEqual({ ids: ['r0', 'r1', 'r2', 'r3'], unsent: 3, draftId: null })
  })

  it('when the tab is killed while the network is away', async () => {
    const { clock, add, found, server } = begin()
    server.answer = () => Promise.reject(new TypeError('Failed to fetch'))
    add('r1')
    await clock.advance(60 * 60_000)
    add('r2')
    await clock.advance(100)
    expect(await found()).toEqual({ ids: ['r1', 'r2'], unsent: 2, draftId: null })
  })

  it('when the server refuses a draft: it stays written down until a later one is taken', async () => {
    const { clock, add, found, state, sent, server } = begin()
    server.answer = () => Promise.reject(REFUSED)
    add('r1')
    await clock.advance(60 * 60_000)
    expect(sent).toHaveLength(1)
    expect(state()).toEqual({ kind: 'refused', count: 1, message: 'Bad region.' })
    expect(await found()).toEqual({ ids: ['r1'], unsent: 1, draftId: null })
    server.answer = () => Promise.resolve(44)
    add('r2')
    await clock.advance(SAVE_AFTER_MS)
    expect(state().kind).toBe('saved')
    expect(await found()).toEqual({ ids: ['r1', 'r2'], unsent: 0, draftId: 44 })
  })

  it('when one long gesture goes on while a draft is on its way', async () => {
    const { clock, add, drag, found, sent, state, server } = begin()
    const slow = later()
    server.answer = slow.answer
    add('r1')
    await clock.advance(SAVE_AFTER_MS)
    drag('r1')
    server.answer = () => Promise.resolve(44)
    slow.arrive(44)
    await clock.settle()
    expect(state()).toEqual({ kind: 'waiting', count: 1 })
    expect(await found()).toMatchObject({ unsent: 1 })
    await clock.advance(SAVE_AFTER_MS)
    expect(sent).toEqual([['r1'], ['r1']])
    expect(await found()).toMatchObject({ unsent: 0 })
  })

  it('when work goes on while the annotation is submitted', async () => {
    const { clock, add, drag, autosave, found, state, sent } = begin()
    add('r1')
    await clock.advance(100)
    await autosave.hold()
    drag('r1')
    add('r2')
    await clock.advance(60_000)
    await autosave.flush()
    expect(sent).toEqual([])
    expect(await found()).toEqual({ ids: ['r1', 'r2'], unsent: 3, draftId: null })
    await autosave.submitted()
    expect(state()).toEqual({ kind: 'waiting', count: 2 })
    expect(await found()).toEqual({ ids: ['r1', 'r2'], unsent: 2, draftId: null })
    await clock.advance(SAVE_AFTER_MS)
    expect(sent).toEqual([['r1', 'r2']])
    expect(state().kind).toBe('saved')
  })

  it('when a submission is refused: drafts go on', async () => {
    const { clock, add, autosave, found, sent } = begin()
    add('r1')
    await autosave.hold()
    expect(await found()).toMatchObject({ ids: ['r1'], unsent: 1 })
    autosave.resume()
    await clock.advance(SAVE_AFTER_MS)
    expect(sent).toEqual([['r1']])
    expect(await found()).toMatchObject({ unsent: 0 })
  })

  it('when an annotation that was submitted is changed again', async () => {
    const { clock, add, autosave, found } = begin()
    add('r1')
    await autosave.hold()
    await autosave.submitted()
    expect(await found()).toBeNull()
    add('r2')
    await clock.advance(100)
    expect(await found()).toEqual({ ids: ['r1', 'r2'], unsent: 1, draftId: null })
  })

  it('when there are so many changes that the journal begins anew', async () => {
    const { clock, add, journal, found } = begin()
    for (let at = 0; at < 2100; at += 1) {
      add(`r${at}`)
      if (at % 50 === 0) await clock.advance(100)
    }
    await clock.advance(100)
    const [entry] = await journal.read(SCOPE)
    expect(entry?.changes.length).toBeLessThanOrEqual(100)
    expect((await found())?.ids).toHaveLength(2100)
  })

  it('when the browser forbids storage for a while', async () => {
    const journal = new MemoryJournal()
    let isFull = true
    const guard = async <T>(act: () => Promise<T>): Promise<T> => {
      if (isFull) throw new Error('QuotaExceededError')
      return act()
    }
    const { clock, add, state, found, autosave } = begin({
      journal: {
        read: (scope) => journal.read(scope),
        begin: (...args) => guard(() => journal.begin(...args)),
        append: (...args) => guard(() => journal.append(...args)),
        settle: (...args) => guard(() => journal.settle(...args)),
        drop: (...args) => guard(() => journal.drop(...args)),
      },
    })
    add('r1')
    await clock.advance(SAVE_AFTER_MS)
    expect(state().kind).toBe('saved')
    isFull = false
    add('r2')
    await clock.advance(100)
    expect(await found()).toMatchObject({ ids: ['r1', 'r2'] })
    isFull = true
    await autosave.submitted()
    expect(state().kind).toBe('saved')
  })
})
