import { describe, expect, it } from 'vitest'
import { jsonBody } from './jsonBody'

const mask = (length: number) => ({ type: 'brush', value: { format: 'rle', rle: new Array<number>(length).fill(7) } })
const textOf = async (body: string | Blob): Promise<string> => (typeof body === 'string' ? body : body.text())

describe('the body of a request', () => {
  it.each([{ a: 1, b: [1, { c: 'ü' }] }, { result: [] }, [1, 2], 'text', null, { result: [mask(10)], lead_time: 3 }])(
    'is plain text where nothing is large: %j',
    async (body) => {
      expect(await jsonBody(body)).toBe(JSON.stringify(body))
    },
  )

  it.each([
    { result: [mask(30_000), mask(5), mask(40_000)], lead_time: 3, was_cancelled: false },
    { lead_time: 1.5, result: [mask(30_000)], draft_id: undefined },
    { result: [{ value: { imageDataURL: 'x'.repeat(30_000) } }, null, 'odd'] },
  ])('says the same when it is written in slices', async (body) => {
    const made = await jsonBody(body)
    expect(made).toBeInstanceOf(Blob)
    expect(JSON.parse(await textOf(made))).toEqual(JSON.parse(JSON.stringify(body)))
  })

  it('lets the page breathe between slices', async () => {
    const body = { result: Array.from({ length: 60 }, () => mask(80_000)) }
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    expect((await textOf(await jsonBody(body))).length).toBeGreaterThan(9_000_000)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(1)
  })
})
