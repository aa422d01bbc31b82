import type { TagNode } from '../../core/taskConfig'
import { CodePoints } from '../../engines/text/codePoints'
import type { SpanSource } from '../../engines/text/spanSource'
import { savesText } from '../richValue'
import { type TextSpan, textSpanCodec } from './codec'

/** Returns a plain text as a place for spans, whose offsets are stored in code points. */
export function textSource(node: TagNode, text: string): SpanSource<TextSpan> {
  const points = new CodePoints(text)
  return {
    node,
    text,
    codec: textSpanCodec,
    toRange: ({ start, end }) => ({ start: points.toUnits(start), end: points.toUnits(end) }),
    toShape({ start, end }) {
      const span = { start: points.fromUnits(start), end: points.fromUnits(end) }
      return savesText(node) ? { ...span, text: text.slice(start, end) } : span
    },
  }
}
