import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSuggestions } from '../../core/modelAnswers'
import { deleteRegions } from '../../core/regionActions'
import type { TagNode } from '../../core/taskConfig'
import { textSource } from '../../tags/text/source'
import { openEditor } from '../../testing/openEditor'
import { CodePoints } from './codePoints'
import { toUnits } from './granularity'
import { LONGEST, lineAt, splitLines } from './lines'
import { type Span, segmentsOf, spansAt } from './segments'
import { nextBelow } from './spanPointer'
import { spanReader } from './spanSource'

const anyText = fc.string({ unit: fc.constantFrom('a', 'é', '👋', '🏳️‍🌈', '\n', '\r', ' ', '漢') })

describe('offsets', () => {
  it('count code points', () => {
    const points = new CodePoints('a👋b')
    expect([0, 1, 3, 4].map((units) => points.fromUnits(units))).toEqual([0, 1, 2, 3])
    expect([0, 1, 2, 3].map((at) => points.toUnits(at))).toEqual([0, 1, 3, 4])
  })

  it('go both ways at every character', () =>
    fc.assert(
      fc.property(anyText, (text) => {
        const points = new CodePoints(text)
        let units = 0
        Array.from(text).forEach((char, at) => {
          expect(points.fromUnits(units)).toBe(at)
          expect(points.toUnits(at)).toBe(units)
          units += char.length
        })
        expect(points.fromUnits(text.length)).toBe(Array.from(text).length)
      }),
    ))
})

describe('lines', () => {
  it('end at every kind of line break, and keep their places', () => {
    expect(splitLines('a\nbc\r\n\rd').map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [2, 4],
      [6, 6],
      [7, 8],
    ])
  })

  it('hold every character that is no line break, in order', () =>
    fc.assert(
      fc.property(anyText, (text) => {
        const joined = splitLines(text)
          .map(({ start, end }) => text.slice(start, end))
          .join('')
        expect(joined).toBe(text.replace(/[\r\n]/g, ''))
      }),
    ))

  it('are cut at spaces when they are very long, with one number', () => {
    const lines = splitLines('word '.repeat(LONGEST))
    expect(lines.length).toBe(5)
    expect(lines.map((line) => line.number)).toEqual([1, null, null, null, null])
    expect(lines.every((line) => line.end - line.start <= LONGEST)).toBe(true)
  })

  it('are never cut inside a character', () => {
    const text = `a${'👋'.repeat(LONGEST)}`
    for (const { start } of splitLines(text))
      expect(text.charCodeAt(start) >= 0xdc00 && text.charCodeAt(start) <= 0xdfff).toBe(false)
  })

  it('are found by an offset', () => {
    const lines = splitLines('a\nbc\r\n\rd')
    expect([0, 1, 2, 4, 6, 7].map((offset) => lineAt(lines, offset))).toEqual([0, 0, 1, 1, 2, 3])
  })
})

describe('granularity', () => {
  const text = 'Alice met  Bob. They left early!\nNew line here'
  const picked = (from: string, unit: Parameters<typeof toUnits>[2]) => {
    const start = text.indexOf(from)
    const range = toUnits(text, { start, end: start + from.length }, unit, 'en')
    return range && text.slice(range.start, range.end)
  }

  it.each([
    ['lice m', 'symbol', 'lice m'],
    [' met ', 'symbol', ' met '],
    ['lice m', 'word', 'Alice met'],
    [' met  ', 'word', 'met'],
    ['ey', 'sentence', 'They left early!'],
    ['met  Bob. T', 'sentence', 'Alice met  Bob. They left early!'],
    ['Bob', 'paragraph', 'Alice met  Bob. They left early!'],
  ] as const)('%j as %s is %j', (from, unit, expected) => expect(picked(from, unit)).toBe(expected))

  it('finds nothing in spaces, unless each symbol counts', () => {
    expect(picked('  ', 'word')).toBeNull()
    expect(picked('  ', 'symbol')).toBe('  ')
  })

  it('never cuts a character in two', () =>
    expect(toUnits('a👋b', { start: 2, end: 3 }, 'symbol')).toEqual({ start: 1, end: 3 }))
})

describe('segments', () => {
  const span = (id: string, start: number, end: number): Span => ({
    id,
    start,
    end,
    color: 'red',
    label: id,
    isSelected: false,
  })

  it('are cut where spans begin and end', () => {
    const found = segmentsOf(0, 10, [span('a', 1, 6), span('b', 4, 12), span('c', 20, 30)])
    expect(found.map(({ start, end, spans }) => [start, end, spans.map(({ id }) => id).join('')])).toEqual([
      [0, 1, ''],
      [1, 4, 'a'],
      [4, 6, 'ab'],
      [6, 10, 'b'],
    ])
  })

  it('cover the line without gaps', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 8 }), (pairs) => {
        const spans = pairs.map(([a, b], at) => span(String(at), Math.min(a, b), Math.max(a, b) + 1))
        const found = segmentsOf(5, 20, spans)
        expect(found[0]?.start).toBe(5)
        expect(found[found.length - 1]?.end).toBe(20)
        expect(found.slice(1).map(({ start }) => start)).toEqual(found.slice(0, -1).map(({ end }) => end))
      }),
    ))

  it('gives the shortest span at a place first', () =>
    expect(spansAt([span('long', 0, 9), span('short', 2, 4), span('off', 5, 6)], 3).map(({ id }) => id)).toEqual([
      'short',
      'long',
    ]))
})

it('spans that lie on each other are walked through, from the topmost down and round again', () => {
  const editor = openEditor({ config: '<Text name="t" value="$t"/>', data: { t: 'a' } })
  const ids = ['outer', 'middle', 'top']
  const step = () => {
    const next = nextBelow(editor, ids)
    editor.selection.select([next])
    return next
  }
  expect([step(), step(), step(), step()]).toEqual(['top', 'middle', 'outer', 'top'])
  expect(nextBelow(editor, ['alone'])).toBe('alone')
})

describe('the spans of a text', () => {
  const span = (id: string, start: number, end: number, labels: string[]) => ({
    id,
    from_name: 'l',
    to_name: 't',
    type: 'labels',
    value: { start, end, labels },
  })
  const begin = () => {
    const editor = openEditor({
      config: '<Text name="t" value="$t"/><Labels name="l" toName="t"><Label value="A"/><Label value="B"/></Labels>',
      data: { t: 'one two three' },
      result: [span('x', 0, 3, ['A']), span('y', 4, 7, ['B'])],
    })
    return { editor, source: textSource(editor.config.objects.get('t')?.node as TagNode, 'one two three') }
  }

  it('are numbered as in the list of regions where labels are shown', () => {
    const { editor, source } = begin()
    const read = spanReader(editor, source, true)
    expect(read().map(({ label }) => label)).toEqual(['1 A', '2 B'])
    deleteRegions(editor, ['x'])
    expect(read().map(({ label }) => label)).toEqual(['1 B'])
    expect(spanReader(editor, source)().map(({ label }) => label)).toEqual(['B'])
  })

  it('are the same objects as long as nothing changed', () => {
    const { editor, source } = begin()
    const read = spanReader(editor, source)
    const [first, second] = [read(), read()]
    expect(first.every((one, at) => one === second[at])).toBe(true)
    editor.selection.select(['y'])
    expect(read().map(({ isSelected }) => isSelected)).toEqual([false, true])
  })

  it('come with what a model suggests, told apart', () => {
    const { editor, source } = begin()
    editor.suggestions.list.set(readSuggestions(editor, [span('m', 8, 13, ['A'])]))
    expect(spanReader(editor, source)().map(({ id, isSuggested }) => [id, isSuggested])).toEqual([
      ['x', undefined],
      ['y', undefined],
      ['m', true],
    ])
    expect(editor.session.results()).toHaveLength(2)
  })
})
