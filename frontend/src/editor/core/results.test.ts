import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TAGS } from '../tags/registry'
import { TAG_SPECS } from '../tags/specs.gen'
import { parsed, tagFixtures } from '../testing/fixtures'
import { bind, controlOf, openEditor } from '../testing/openEditor'
import { setAnswer } from './answers'
import { OPAQUE } from './document'
import { codecsFor } from './editor'
import type { Json } from './json'
import { parseConfig } from './labelConfig'
import { decodeResults, encodeResults } from './results'
import { bindConfig } from './taskConfig'

const decode = (result: readonly Json[], config: ReturnType<typeof bind>) =>
  decodeResults(result, config, codecsFor(TAGS))

const CONFIG =
  '<Text name="t" value="$text"/><Labels name="l" toName="t"><Label value="A"/></Labels><Choices name="c" toName="t"><Choice value="x"/><Choice value="y"/></Choices><Choices name="p" toName="t" perRegion="true"><Choice value="sure"/></Choices>'

const span = (id: string, more: Record<string, Json> = {}) => ({
  id,
  from_name: 'l',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 5, text: 'Alice', labels: ['A'] },
  origin: 'manual',
  ...more,
})

describe('the shared fixtures', () => {
  const fixtures = tagFixtures().filter(([, fixture]) => Array.isArray(fixture.result))

  it('are there', () => expect(fixtures.length).toBeGreaterThan(20))

  it.each(fixtures)('%s: what is read is written back unchanged', (_, { config, data, result }) => {
    const bound = bindConfig(parseConfig(config, TAG_SPECS), data)
    expect(encodeResults(decode(parsed(result as Json) as Json[], bound))).toEqual(result)
  })

  it.each(fixtures)('%s: is written back unchanged in any order of the items', (_, { config, data, result }) => {
    const bound = bindConfig(parseConfig(config, TAG_SPECS), data)
    fc.assert(
      fc.property(fc.shuffledSubarray([...result], { minLength: result.length }), (shuffled) => {
        const once = encodeResults(decode(shuffled as Json[], bound))
        expect(encodeResults(decode(once as Json[], bound))).toEqual(once)
        expect(once.length).toBe(result.length)
      }),
      { numRuns: 10 },
    )
  })
})

describe('reading tolerance', () => {
  const config = bind(CONFIG, { text: 'Alice met Bob' })

  it('keeps items of unknown controls and writes them back as they were', () => {
    const odd = [
      {
        id: 'u1',
        from_name: 'gone',
        to_name: 't',
        type: 'choices',
        value: { choices: ['x'] },
        mine: { deep: [1, null] },
      },
      span('r1', { extra: 'kept', value: { start: 0, end: 5, text: 'Alice', labels: ['A'], own: true } }),
      { type: 'something', anything: 1 },
    ]
    expect(encodeResults(decode(odd, config))).toEqual(odd)
  })

  it('lets the last of two answers of one control win', () => {
    const answers = ['x', 'y'].map((choice, at) => ({
      id: `c${at}`,
      from_name: 'c',
      to_name: 't',
      type: 'choices',
      value: { choices: [choice] },
    }))
    expect(encodeResults(decode(answers, config))).toEqual([answers[1]])
  })

  it('gives an item without an id a new one', () => {
    const { id: _, ...nameless } = span('r1')
    const [item] = encodeResults(decode([nameless], config))
    expect(item?.id).toMatch(/^[A-Za-z0-9_-]{10}$/)
    expect({ ...item, id: undefined }).toEqual({ ...nameless, id: undefined })
  })

  it('reads a note in its old form', () => {
    const [item] = encodeResults(decode([span('r1', { normalization: 'see above' })], config))
    expect(item?.meta).toEqual({ text: ['see above'] })
    expect(item?.normalization).toBeUndefined()
  })

  it('finds labels of a renamed control by the object', () => {
    const [record] = decode([span('r1', { from_name: 'old' })], config)
    expect(record).toMatchObject({ kind: 'region', family: 'text', items: [{ from_name: 'l' }] })
  })

  it('takes offsets written as text', () => {
    const [record] = decode([span('r1', { value: { start: '3', end: '7', labels: ['A'] } })], config)
    expect(record).toMatchObject({ kind: 'region', shape: { start: 3, end: 7 } })
  })

  it('lists a region whose geometry cannot be read, and never changes it', () => {
    const broken = span('r1', { value: { start: 'x', labels: ['A'] } })
    const [record] = decode([broken], config)
    expect(record).toMatchObject({ kind: 'region', family: OPAQUE })
    expect(encodeResults(decode([broken], config))).toEqual([broken])
  })

  it('keeps words of links that the config does not offer, and keys that nobody knows', () => {
    const link = { from_id: 'r1', to_id: 'r2', type: 'relation', direction: 'bi', labels: ['gone'], note: { a: [1] } }
    const odd = span('r1', { extra: { kept: true } })
    expect(encodeResults(decode([odd, span('r2'), link], config))).toEqual([odd, span('r2'), link])
  })

  it('puts per-region answers to their region and links to the end', () => {
    const link = { from_id: 'r1', to_id: 'r2', type: 'relation', direction: 'right' }
    const sure = {
      id: 'r1',
      from_name: 'p',
      to_name: 't',
      type: 'choices',
      value: { start: 0, end: 5, choices: ['sure'] },
    }
    const records = decode([link, span('r1'), span('r2'), sure], config)
    expect(records.map(({ kind, items }) => [kind, items.length])).toEqual([
      ['region', 2],
      ['region', 1],
      ['relation', 1],
    ])
    expect(encodeResults(records)).toEqual([span('r1'), sure, span('r2'), link])
  })

  it('marks a prediction as changed only when it is', () => {
    const choice = {
      id: 'c1',
      from_name: 'c',
      to_name: 't',
      type: 'choices',
      value: { choices: ['x'] },
      origin: 'prediction',
    }
    const editor = openEditor({
      config: CONFIG,
      data: { text: 'Alice' },
      result: [span('r1', { origin: 'prediction' }), choice],
    })
    setAnswer(editor, controlOf(editor, 'c'), ['y'])
    expect(editor.session.results()).toEqual([
      span('r1', { origin: 'prediction' }),
      { ...choice, value: { choices: ['y'] }, origin: 'prediction-changed' },
    ])
  })
})
