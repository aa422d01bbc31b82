import { graphemeEnd, graphemeStart } from './graphemes'

export type Granularity = 'symbol' | 'word' | 'sentence' | 'paragraph'

/** A piece of a text, in UTF-16 units; `end` is exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Returns the selection as a region takes it: widened to whole units and trimmed; `null` if nothing is left. */
export function toUnits(text: string, range: Range, granularity: Granularity, locale?: string): Range | null {
  // A selection never cuts a character in two.
  const whole = { start: graphemeStart(text, range.start), end: graphemeEnd(text, range.end) }
  if (whole.start >= whole.end) return null
  if (granularity === 'symbol') return whole
  const trimmed = trim(text, whole)
  if (!trimmed) return null
  if (granularity === 'paragraph') return trim(text, paragraphAround(text, trimmed))
  return trim(text, widen(text, trimmed, granularity, locale))
}

function trim(text: string, { start, end }: Range): Range | null {
  const piece = text.slice(start, end)
  const inner = piece.trim()
  if (inner === '') return null
  const from = start + piece.indexOf(inner[0] as string)
  const lead = piece.length - piece.trimStart().length
  return { start: start + lead, end: Math.max(from, start + lead) + inner.length - (from - (start + lead)) }
}

const BREAK = /\n|\r/

function paragraphAround(text: string, { start, end }: Range): Range {
  let [from, to] = [start, end]
  while (from > 0 && !BREAK.test(text[from - 1] as string)) from -= 1
  while (to < text.length && !BREAK.test(text[to] as string)) to += 1
  return { start: from, end: to }
}

const CONTEXT = 2000

function widen(text: string, range: Range, granularity: 'word' | 'sentence', locale?: string): Range {
  const around = paragraphAround(text, range)
  const from = Math.max(around.start, range.start - CONTEXT)
  const to = Math.min(around.end, range.end + CONTEXT)
  const segmenter = new Intl.Segmenter(locale, { granularity })
  let [start, end] = [range.start, range.end]
  for (const segment of segmenter.segment(text.slice(from, to))) {
    const begin = from + segment.index
    const finish = begin + segment.segment.length
    if (begin <= range.start && range.start < finish) start = begin
    if (begin < range.end && range.end <= finish) end = finish
  }
  return { start, end }
}
