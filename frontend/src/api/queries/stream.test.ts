import { afterEach, expect, it } from 'vitest'
import { setTransport } from '../client'
import { askModels } from './stream'

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
