import { isObject, type Json, type JsonObject, numberOf } from '../../core/json'
import type { RegionCodec } from '../../core/region'

/**
 * A part of an HTML document: paths of its first and last text node with offsets in UTF-16 units, and offsets in code
 * points of the whole text. Either may be missing in stored results.
 */
export interface HtmlSpan {
  readonly start?: string
  readonly end?: string
  readonly startOffset?: number
  readonly endOffset?: number
  readonly globalOffsets?: JsonObject
  readonly text?: string
}

const KEYS = ['start', 'end', 'startOffset', 'endOffset', 'globalOffsets', 'text'] as const

/** Reads and writes spans of HTML. */
export const htmlSpanCodec: RegionCodec<HtmlSpan> = {
  family: 'hypertext',
  keys: KEYS,
  fields: [],
  decode(value) {
    const hasPaths = typeof value.start === 'string' && typeof value.end === 'string'
    const hasOffsets = isObject(value.globalOffsets) && globalRange(value.globalOffsets) !== null
    if (!hasPaths && !hasOffsets) return null
    const span: Record<string, Json> = {}
    for (const key of KEYS) {
      const part = value[key]
      if (part !== undefined && (key !== 'text' || typeof part === 'string')) span[key] = part
    }
    return span as HtmlSpan
  },
  encode: (span) => ({ ...span }),
}

/** Returns the offsets in code points; `null` if there are none. */
export function globalRange(offsets: JsonObject | undefined): { start: number; end: number } | null {
  const [start, end] = [numberOf(offsets?.start), numberOf(offsets?.end)]
  return start === null || end === null || start < 0 || end < start ? null : { start, end }
}
