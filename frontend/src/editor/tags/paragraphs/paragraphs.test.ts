import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json'
import type { TagNode } from '../../core/taskConfig'
import { bind, openEditor } from '../../testing/openEditor'
import { phraseSpanCodec } from './codec'
import { clock, phraseAt, readPhrases } from './phrases'
import { regionInPhrase } from './regionInPhrase'
import { phraseSource } from './source'

const nodeOf = (attrs = ''): TagNode =>
  bind(`<Paragraphs name="p" value="$p" ${attrs}/>`, { p: [] }).objects.get('p')?.node as TagNode

/** The text of phrases, as the surface joins them. */
function flowOf(texts: readonly string[]) {
  const starts = texts.map((_, at) => texts.slice(0, at).reduce((sum, text) => sum + text.length + 1, 0))
  const text = texts.join('\n')
  return {
    text,
    startOf: (at: number) => starts[at] ?? text.length,
    pieceAt: (offset: number) =>
      Math.max(
        0,
        starts.findLastIndex((start) => start <= offset),
      ),
  }
}

const sourceOf = (texts: readonly string[], attrs = '') =>
  phraseSource(
    nodeOf(attrs),
    flowOf(texts),
    texts.map((text) => text.length),
  )

describe('phrases', () => {
  it('are read with the keys of the tag; an end may be a duration', () =>
    expect(
      readPhrases(nodeOf('nameKey="who" textKey="what"'), [
        { who: 'Ann', what: 'Hi', start: 1, duration: 0.5 },
        { who: 'Bob', what: 7 },
      ]),
    ).toEqual({
      phrases: [
        { speaker: 'Ann', text: 'Hi', start: 1, end: 1.5 },
        { speaker: 'Bob', text: '7', start: null, end: null },
      ],
    }))

  it.each([
    [{ a: 1 }, ''],
    ['no json', ''],
    [[{ text: 'a' }], 'author'],
    [[{ author: 'a' }], 'text'],
    [['a'], 'text'],
  ])('%o lacks %s', (data, missing) => expect(readPhrases(nodeOf(), data)).toEqual({ missing }))

  it('may be JSON text, and follow their times where the tag wants that', () => {
    const data = JSON.stringify([
      { author: 'b', text: '2', start: 2 },
      { author: 'c', text: '3' },
      { author: 'a', text: '1', start: 1 },
    ])
    const read = readPhrases(nodeOf('contextScroll="true"'), data)
    expect('phrases' in read && read.phrases.map((phrase) => phrase.text)).toEqual(['1', '2', '3'])
  })

  it('are found by time', () => {
    const phrases = [
      { speaker: '', text: '', start: 0, end: 2 },
      { speaker: '', text: '', start: 2, end: null },
    ]
    expect([-1, 0, 1.9, 2, 99].map((time) => phraseAt(phrases, time))).toEqual([-1, 0, 0, 1, 1])
    expect([clock(0), clock(3725.9)]).toEqual(['00:00:00', '01:02:05'])
  })
})

describe('spans over phrases', () => {
  it('are stored as indexes in text form with UTF-16 offsets; the text has no interface in it', () =>
    expect(sourceOf(['Hi 👋 Bob', '', 'Fine.']).toShape({ start: 3, end: 14 })).toEqual({
      start: '0',
      end: '2',
      startOffset: 3,
      endOffset: 3,
      text: '👋 Bob\n\nFin',
    }))

  it('leave the text out where the config says so', () =>
    expect(sourceOf(['Hi'], 'saveTextResult="no"').toShape({ start: 0, end: 2 })).toEqual({
      start: '0',
      end: '0',
      startOffset: 0,
      endOffset: 2,
    }))

  it('come back from their stored form', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        fc.nat(30),
        fc.nat(30),
        (texts, from, length) => {
          const source = sourceOf(texts)
          const range = { start: from, end: Math.min(from + length, source.text.length) }
          // A part that begins or ends between two phrases is cut by the surface before.
          if (range.start >= range.end || source.text[range.start] === '\n' || source.text[range.end - 1] === '\n')
            return
          const shape = source.toShape(range)
          expect(source.toRange(shape)).toEqual(range)
          expect(phraseSpanCodec.decode(phraseSpanCodec.encode(shape))).toEqual(shape)
        },
      ),
    ))

  it('are refused where there is no such phrase; offsets beyond its end are cut', () => {
    const source = sourceOf(['ab', 'cd'])
    expect(source.toRange({ start: '0', end: '7', startOffset: 0, endOffset: 1 })).toBeNull()
    expect(source.toRange({ start: 1, end: 1, startOffset: 0, endOffset: 99 })).toEqual({ start: 3, end: 5 })
  })

  it.each([
    {},
    { start: 'x', end: '0', startOffset: 0, endOffset: 1 },
    { start: '0', end: '0' },
    { start: '-1', end: '0', startOffset: 0, endOffset: 0 },
  ])('%o is none', (value: JsonObject) => expect(phraseSpanCodec.decode(value)).toBeNull())

  it('are gone through within a phrase, round and round', () => {
    const region = (id: string, start: string, startOffset: number, end = start) => ({
      id,
      from_name: 'l',
      to_name: 'p',
      type: 'paragraphlabels',
      value: { start, end, startOffset, endOffset: startOffset + 1, paragraphlabels: ['A'] },
    })
    const editor = openEditor({
      config:
        '<Paragraphs name="p" value="$p"/><ParagraphLabels name="l" toName="p"><Label value="A"/></ParagraphLabels>',
      data: { p: [] },
      result: [region('late', '1', 5), region('early', '1', 2), region('long', '0', 3, '2'), region('other', '3', 0)],
    })
    const next = (step: 1 | -1) => {
      const id = regionInPhrase(editor, 'p', 1, step)
      if (id) editor.selection.select([id])
      return id
    }
    expect([next(1), next(1), next(1), next(1), next(-1)]).toEqual(['long', 'early', 'late', 'long', 'late'])
    expect(regionInPhrase(editor, 'p', 9, 1)).toBeNull()
  })
})
