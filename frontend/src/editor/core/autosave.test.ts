import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/FakeClock'
import { answer } from '../testing/records'
import { Autosave, type AutosaveOptions, SAVE_AFTER_MS } from './autosave'
import type { DocRecord } from './document'
import { type JournalFacts, MemoryJournal, replay, winner } from './journal'
import { encodeResults } from './results'
import { Store } from './store'

const FACTS: JournalFacts = {
  key: 'new:u1',
  annotationId: null,
  draftId: null,
  uniqueId: 'u1',
  etag: null,
  parentPrediction: null,
  parentAnnotation: null,
  startedAt: '2026-01-01T00:00:00.000Z',
  leadTime: 0,
}

class Refusal extends Error {}

function setUp(part: Partial<AutosaveOptions> = {}) {
  const clock = new FakeClock()
  const journal = new MemoryJournal()
  const store = new Store()
  const sent: { at: number; results: number; isLast: boolean }[] = []
  const server = { failure: null as Error | null, wait: Promise.resolve() as Promise<void> }
  const autosave = new Autosave({
    clock,
    journal,
    scope: '1/17',
    facts: () => FACTS,
    results: () => encodeResults(store.all()),
    send: async (isLast) => {
      const results = store.order().length
      await server.wait
      if (server.failure) throw server.failure
      sent.push({ at: clock.now(), results, isLast })
      return 5
    },
    isRefusal: (error) => error instanceof Refusal,
    ...part,
  })
  let step = 0
  store.subscribe((transaction) => autosave.changed(transaction, step))
  const put = (name: string, value: number) => {
    step += 1
    const record = answer(name, value)
    store.dispatch([[record.id, store.get(record.id) ?? null, record]])
  }
  const restored = async () => {
    const [entry] = await journal.read('1/17')
    return entry ? replay(entry, () => decoded(entry.base as never)) : null
  }
  return { clock, journal, store, sent, server, autosave, put, restored }
}

const decoded = (items: readonly { from_name: string; value: { rating: number } }[]): DocRecord[] =>
  items.map((item, at) => answer(item.from_name, item.value.rating, at + 1))

describe('autosave', () => {
  it('sends a draft within two seconds and then says when', async () => {
    const { clock, autosave, sent, put } = setUp()
    put('a', 1)
    expect(autosave.state.get()).toEqual({ kind: 'waiting', count: 1 })
    await clock.advance(SAVE_AFTER_MS)
    expect(sent).toEqual([{ at: SAVE_AFTER_MS, results: 1, isLast: false }])
    expect(SAVE_AFTER_MS).toBeLessThanOrEqual(2000)
    expect(autosave.state.get()).toEqual({ kind: 'saved', at: SAVE_AFTER_MS })
  })

  it('has written a change into the journal before it is sent', async () => {
    const { autosave, journal, put, server, restored } = setUp()
    let release = () => {}
    server.wait = new Promise((resolve) => {
      release = resolve
    })
    put('a', 3)
    const flushed = autosave.flush()
    await Promise.resolve()
    await Promise.resolve()
    expect((await journal.read('1/17'))[0]?.unsent).toBe(1)
    expect((await restored())?.map((item) => item.value)).toEqual([{ rating: 3 }])
    release()
    await flushed
    expect((await journal.read('1/17'))[0]?.unsent).toBe(0)
  })

  it('counts one step once, however many changes it has', () => {
    const { autosave, store } = setUp()
    const first = answer('a', 1)
    const second = answer('a', 2)
    autosave.changed([[first.id, null, first]], 7)
    autosave.changed([[first.id, first, second]], 7)
    autosave.changed([[first.id, second, null]], 8)
    expect(autosave.state.get()).toEqual({ kind: 'waiting', count: 2 })
    expect(store.order()).toEqual([])
  })

  it('keeps the work and tries again, ever more slowly, while the network is down', async () => {
    const { clock, autosave, sent, server, put, restored } = setUp()
    server.failure = new TypeError('Failed to fetch')
    put('a', 1)
    await clock.advance(SAVE_AFTER_MS)
    expect(autosave.state.get()).toEqual({ kind: 'offline', count: 1 })
    put('b', 2)
    expect(autosave.state.get()).toEqual({ kind: 'offline', count: 2 })
    await clock.advance(2000)
    await clock.advance(3999)
    expect(sent).toEqual([])
    expect((await restored())?.length).toBe(2)
    server.failure = null
    await clock.advance(1)
    expect(sent.length).toBe(1)
    expect(autosave.state.get().kind).toBe('saved')
  })

  it('sends at once when the network is back', async () => {
    const { clock, autosave, sent, server, put } = setUp()
    server.failure = new TypeError('Failed to fetch')
    put('a', 1)
    await clock.advance(SAVE_AFTER_MS)
    server.failure = null
    await autosave.retry()
    expect(sent.length).toBe(1)
  })

  it('does not switch itself off after a refusal: the next change is sent again', async () => {
    const { clock, autosave, sent, server, put } = setUp()
    server.failure = new Refusal('This field is required.')
    put('a', 1)
    await clock.advance(SAVE_AFTER_MS)
    expect(autosave.state.get()).toEqual({ kind: 'refused', count: 1, message: 'This field is required.' })
    server.failure = null
    put('a', 2)
    await clock.advance(SAVE_AFTER_MS)
    expect(sent.length).toBe(1)
    expect(autosave.state.get().kind).toBe('saved')
  })

  it('sends what was changed while it was sending', async () => {
    const { clock, autosave, sent, server, put } = setUp()
    let release = () => {}
    server.wait = new Promise((resolve) => {
      release = resolve
    })
    put('a', 1)
    await clock.advance(SAVE_AFTER_MS)
    put('b', 2)
    server.wait = Promise.resolve()
    release()
    await clock.settle()
    expect(autosave.state.get()).toEqual({ kind: 'waiting', count: 1 })
    await clock.advance(SAVE_AFTER_MS)
    expect(sent.map(({ results }) => results)).toEqual([1, 2])
  })

  it('forgets the journal when the annotation is submitted', async () => {
    const { clock, autosave, journal, sent, put } = setUp()
    put('a', 1)
    await autosave.hold()
    await autosave.submitted()
    await clock.advance(10_000)
    expect(await journal.read('1/17')).toEqual([])
    expect(sent).toEqual([])
    expect(autosave.state.get()).toEqual({ kind: 'saved', at: 0 })
  })

  it('goes on after a submission that failed', async () => {
    const { clock, autosave, sent, put } = setUp()
    put('a', 1)
    await autosave.hold()
    await clock.advance(10_000)
    expect(sent).toEqual([])
    autosave.resume()
    await clock.advance(SAVE_AFTER_MS)
    expect(sent.length).toBe(1)
  })

  it('still sends when the journal cannot be written', async () => {
    const broken = new MemoryJournal()
    broken.begin = async () => {
      throw new DOMException('QuotaExceededError')
    }
    const { clock, sent, autosave, put } = setUp({ journal: broken })
    put('a', 1)
    await clock.advance(SAVE_AFTER_MS)
    expect(sent.length).toBe(1)
    expect(autosave.state.get().kind).toBe('saved')
  })

  it('tells the host when the page goes away', async () => {
    const { autosave, sent, put } = setUp()
    put('a', 1)
    await autosave.flush(true)
    expect(sent.map(({ isLast }) => isLast)).toEqual([true])
  })

  it('does nothing for work that did not change', async () => {
    const { autosave, sent } = setUp()
    await autosave.flush()
    expect(sent).toEqual([])
    expect(autosave.state.get()).toEqual({ kind: 'unchanged' })
  })

  it('writes what is pending when it is stopped, and sends nothing after', async () => {
    const { clock, autosave, sent, put, restored } = setUp()
    put('a', 4)
    await autosave.stop()
    await clock.advance(60_000)
    expect((await restored())?.map((item) => item.value)).toEqual([{ rating: 4 }])
    expect(sent).toEqual([])
  })
})

describe('the journal', () => {
  const entry = { ...FACTS, base: [], changes: [], unsent: 1, changedAt: Date.parse('2026-01-01T10:00:00Z') }

  it('wins over an older draft and over none, and loses against a later one', () => {
    expect(winner(entry, null)).toBe('journal')
    expect(winner(entry, '2026-01-01T09:59:59Z')).toBe('journal')
    expect(winner(entry, '2026-01-01T10:00:01Z')).toBe('server')
  })

  it('replays changes and deletions over its base', () => {
    const [a, b, c] = [answer('a', 1, 1), answer('b', 2, 2), answer('c', 3, 3)]
    const log = [[b.id, null] as const, [c.id, c] as const, [a.id, { ...a, items: c.items }] as const]
    const result = replay({ ...entry, base: encodeResults([a, b]), changes: log }, () => [a, b])
    expect(result).toEqual([...c.items, ...c.items])
  })
})
