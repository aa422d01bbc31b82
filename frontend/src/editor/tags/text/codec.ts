import { numberOf } from '../../core/json'
import type { RegionCodec } from '../../core/region'

/** A part of a text in code points; `end` is exclusive. `text` is what results say it covers. */
export interface TextSpan {
  readonly start: number
  readonly end: number
  readonly text?: string
}

/** Reads and writes spans of plain text. */
export const textSpanCodec: RegionCodec<TextSpan> = {
  family: 'text',
  keys: ['start', 'end', 'text'],
  decode(value) {
    const [start, end] = [numberOf(value.start), numberOf(value.end)]
    if (start === null || end === null || !Number.isInteger(start) || !Number.isInteger(end) || end < start) return null
    return typeof value.text === 'string' ? { start, end, text: value.text } : { start, end }
  },
  encode: ({ start, end, text }) => (text === undefined ? { start, end } : { start, end, text }),
}
