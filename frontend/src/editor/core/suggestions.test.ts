import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/FakeClock'
import { span } from '../testing/records'
import type { RegionRecord, ResultItem } from './document'
import type { Json } from './json'
import { JOIN_MS, PartialAnswerError, Suggestions } from './suggestions'

/** A model that answers when the test lets it. */
function begin() {
  const suggestions = new Suggestions()
  const clock = new FakeClock()
  const asked: (readonly ResultItem[])[] = []
  const answers: { give: (answer: readonly Json[]) => void; fail: (error: unknown) => void }[] = []
  const kept: (readonly string[])[] = []
  const end = suggestions.connect({
    ask: (items) => {
      asked.push(items)
      return new Promise((give, fail) => answers.push({ give, fail }))
    },
    read: (answer) => answer.map((id) => span(String(id), 1)),
    keep: (regions, answer) => kept.push([...regions.map(({ id }) => id), ...answer.map((id) => `answer ${id}`)]),
    after: (ms, call) => clock.after(ms, call),
  })
  const ids = () => suggestions.list.get().map(({ id }) => id)
  const settled = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  }
  return { suggestions, clock, asked, answers, kept, ids, settled, end }
}

const other: RegionRecord = { ...span('z', 9), family: 'rectangle' }

describe('suggestions', () => {
  it('come for prompts, and are accepted one by one or all together', async () => {
    const { suggestions, asked, answers, kept, ids, settled } = begin()
    void suggestions.prompt(span('p', 1))
    expect([suggestions.state.get().kind, asked[0]?.map(({ id }) => id)]).toEqual(['asking', ['p']])
    answers[0]?.give(['a', 'b', 'c'])
    await settled()
    expect([suggestions.state.get().kind, ids(), kept]).toEqual([
      'idle',
      ['a', 'b', 'c'],
      [['answer a', 'answer b', 'answer c']],
    ])
    suggestions.accept('b')
    suggestions.reject('a')
    expect([ids(), kept.at(-1), suggestions.prompts.get().length]).toEqual([['c'], ['b'], 1])
    suggestions.acceptAll()
    expect([ids(), kept.at(-1), suggestions.prompts.get()]).toEqual([[], ['c'], []])
  })

  it('end with the prompts when the last one is rejected', async () => {
    const { suggestions, answers, settled } = begin()
    void suggestions.prompt(span('p', 1))
    answers[0]?.give(['a'])
    await settled()
    suggestions.reject('a')
    expect(suggestions.prompts.get()).toEqual([])
  })

  it('wait for a prompt that is still being painted, and ask once for all of its states', async () => {
    const { suggestions, clock, asked } = begin()
    suggestions.promptLater(span('p', 1))
    await clock.advance(JOIN_MS - 1)
    suggestions.promptLater({ ...span('p', 2), items: [{ id: 'p', value: { painted: 2 } }] })
    await clock.advance(JOIN_MS - 1)
    expect([asked, suggestions.state.get().kind]).toEqual([[], 'idle'])
    await clock.advance(1)
    expect(asked).toEqual([[{ id: 'p', value: { painted: 2 } }]])
  })

  it.each([
    ['taken back', (suggestions: Suggestions) => void suggestions.withdraw()],
    ['thrown away', (suggestions: Suggestions) => suggestions.clear()],
  ])('do not come for a prompt that was %s before it rested', async (_, end) => {
    const { suggestions, clock, asked } = begin()
    suggestions.promptLater(span('p', 1))
    end(suggestions)
    await clock.advance(JOIN_MS)
    expect([asked, suggestions.prompts.get()]).toEqual([[], []])
  })

  it('are those of the newest question', async () => {
    const { suggestions, asked, answers, ids, settled } = begin()
    void suggestions.prompt(span('p', 1))
    void suggestions.prompt(span('q', 2))
    expect(asked[1]?.map(({ id }) => id)).toEqual(['p', 'q'])
    answers[1]?.give(['new'])
    answers[0]?.give(['old'])
    await settled()
    expect(ids()).toEqual(['new'])
  })

  it('are asked for with prompts of one kind only', () => {
    const { suggestions, asked } = begin()
    void suggestions.prompt(span('p', 1))
    void suggestions.prompt(other)
    expect(asked[1]?.map(({ id }) => id)).toEqual(['z'])
  })

  it('keep the prompts when the model fails, so that it can be asked again', async () => {
    const { suggestions, answers, ids, settled } = begin()
    void suggestions.prompt(span('p', 1))
    answers[0]?.fail(new Error('The model is out.'))
    await settled()
    expect([suggestions.state.get(), suggestions.prompts.get().length]).toEqual([
      { kind: 'failed', message: 'The model is out.' },
      1,
    ])
    void suggestions.ask()
    answers[1]?.give(['a'])
    await settled()
    expect([suggestions.state.get().kind, ids()]).toEqual(['idle', ['a']])
  })

  it('are taken from those who answered, and it is told that others did not', async () => {
    const { suggestions, answers, ids, settled } = begin()
    void suggestions.prompt(span('p', 1))
    answers[0]?.fail(new PartialAnswerError('One model is out.', ['a']))
    await settled()
    expect([suggestions.state.get(), ids()]).toEqual([{ kind: 'failed', message: 'One model is out.' }, ['a']])
  })

  it('are asked for anew when a prompt is taken back, and go with the last one', async () => {
    const { suggestions, asked, answers, ids, settled } = begin()
    void suggestions.prompt(span('p', 1))
    void suggestions.prompt(span('q', 2))
    void suggestions.withdraw()
    expect(asked[2]?.map(({ id }) => id)).toEqual(['p'])
    void suggestions.withdraw()
    answers[2]?.give(['late'])
    await settled()
    expect([ids(), suggestions.prompts.get(), suggestions.state.get().kind]).toEqual([[], [], 'idle'])
  })

  it('are accepted at once where that is wanted', async () => {
    const { suggestions, answers, kept, ids, settled } = begin()
    suggestions.autoAccept.set(true)
    void suggestions.prompt(span('p', 1))
    answers[0]?.give(['a'])
    await settled()
    expect([ids(), kept, suggestions.prompts.get()]).toEqual([[], [['a', 'answer a']], []])
  })

  it('are not asked for without a model', async () => {
    const { suggestions, asked, end } = begin()
    expect(suggestions.isConnected).toBe(true)
    end()
    await suggestions.prompt(span('p', 1))
    expect([suggestions.isConnected, asked, suggestions.state.get().kind]).toEqual([false, [], 'idle'])
  })

  it('tell of every change', () => {
    const { suggestions } = begin()
    let told = 0
    const stop = suggestions.subscribe(() => {
      told += 1
    })
    suggestions.isOn.set(true)
    suggestions.list.set([other])
    stop()
    suggestions.clear()
    expect(told).toBe(2)
  })
})
