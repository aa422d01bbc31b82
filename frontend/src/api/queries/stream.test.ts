import { afterEach, expect, it, vi } from 'vitest'
import { setTransport } from '../client'
import { askModels, watchPredictions } from './stream'

let leave = () => {}
afterEach(() => leave())

/** Models answer with these items; one without any fails. */
function models(said: Readonly<Record<number, unknown[] | undefined>>): string[] {
  const asked: string[] = []
  leave = setTransport({
    cookie: () => 'csrftoken=abc123',
    fetch: async (input, init) => {
      const model = Number(/\/api\/ml\/(\d+)\//.exec(input)?.[1])
      asked.push(`${model} ${init.body}`)
      const result = said[model]
      return Response.json(result ? { data: { result } } : { errors: [`Model ${model} is away.`] })
    },
  })
  return asked
}
const box = (id: string) => ({ id, type: 'rectanglelabels' })

it('all models are asked, and what they say is put together', async () => {
  const asked = models({ 1: [box('a'), box('b')], 2: [box('a'), box('c'), { type: 'relation', from_id: 'x' }] })
  // Two models may call different regions alike.
  const items = [box('a'), box('b'), box('a-2'), box('c'), { type: 'relation', from_id: 'x' }]
  expect(await askModels([1, 2], 7, [box('p')])).toEqual({ items, problem: null })
  const body = '{"task":7,"context":{"result":[{"id":"p","type":"rectanglelabels"}]}}'
  expect(asked).toEqual([`1 ${body}`, `2 ${body}`])
})

it('one that fails does not silence the others, and is not passed over', async () => {
  models({ 2: [box('a')] })
  expect(await askModels([1, 2], 7, [])).toEqual({ items: [box('a')], problem: 'Model 1 is away.' })
})

it('when all fail, it is told why', async () => {
  models({})
  await expect(askModels([1, 2], 7, [])).rejects.toThrow('Model 1 is away.')
})

/** A server whose model answers when it was looked for so many times. */
function slowModel(looks: number): { paths: string[]; taken: unknown[] } {
  const paths: string[] = []
  leave = setTransport({
    cookie: () => '',
    fetch: async (input) => {
      paths.push(input)
      if (input.startsWith('/api/tasks/')) return Response.json({ id: 7, predictions: [{ id: 1 }] })
      return Response.json(paths.length > looks ? [{ id: 1 }, { id: 2 }] : [])
    },
  })
  return { paths, taken: [] }
}

it('what a slow model says is looked for less and less often, and taken as the task shows it', async () => {
  vi.useFakeTimers()
  const { paths, taken } = slowModel(2)
  const end = watchPredictions(7, (found) => taken.push(found))
  await vi.advanceTimersByTimeAsync(1499)
  expect(paths).toEqual([])
  await vi.advanceTimersByTimeAsync(1 + 3000)
  expect([paths.length, taken]).toEqual([2, []])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(paths).toEqual([...Array(3).fill('/api/predictions/?task=7'), '/api/tasks/7/'])
  expect(taken).toEqual([[{ id: 1 }]])
  end()
  vi.useRealTimers()
})

it('it is given up after some looks, and at once when the task is closed', async () => {
  vi.useFakeTimers()
  const { paths } = slowModel(100)
  const end = watchPredictions(7, () => {})
  await vi.advanceTimersByTimeAsync(600_000)
  expect(paths).toHaveLength(6)
  end()
  const other = watchPredictions(8, () => {})
  other()
  await vi.advanceTimersByTimeAsync(600_000)
  expect([paths.length, vi.getTimerCount()]).toEqual([6, 0])
  vi.useRealTimers()
})
