import { type Json, numberOf } from '../../core/json'
import type { RegionCodec } from '../../core/region'

/** A part of a dialogue: first and last phrase by index, offsets in UTF-16 units inside of them. */
export interface PhraseSpan {
  /** Written as text (LS); numbers are taken too. */
  readonly start: string | number
  readonly end: string | number
  readonly startOffset: number
  readonly endOffset: number
  readonly text?: string
}

const isIndex = (value: Json | undefined): value is string | number => {
  const index = numberOf(value)
  return index !== null && Number.isInteger(index) && index >= 0
}

/** Reads and writes spans of dialogues. */
export const phraseSpanCodec: RegionCodec<PhraseSpan> = {
  family: 'paragraph',
  keys: ['start', 'end', 'startOffset', 'endOffset', 'text'],
  fields: [],
  decode({ start, end, startOffset, endOffset, text }) {
    if (!isIndex(start) || !isIndex(end)) return null
    const [from, to] = [numberOf(startOffset), numberOf(endOffset)]
    if (from === null || to === null) return null
    const span = { start, end, startOffset: from, endOffset: to }
    return typeof text === 'string' ? { ...span, text } : span
  },
  encode: (span) => ({ ...span }),
}
