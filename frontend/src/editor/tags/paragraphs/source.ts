import type { TagNode } from '../../core/taskConfig'
import type { FlowSurface } from '../../engines/text/flowSurface'
import type { Range } from '../../engines/text/granularity'
import type { SpanSource } from '../../engines/text/spanSource'
import { type PhraseSpan, phraseSpanCodec } from './codec'

type Flow = Pick<FlowSurface, 'text' | 'pieceAt' | 'startOf'>

/** Returns a dialogue as a place for spans; its phrases are the pieces of the flow, a line break between them. */
export function phraseSource(node: TagNode, flow: Flow, lengths: readonly number[]): SpanSource<PhraseSpan> {
  const placeOf = (phrase: string | number, offset: number): number | null => {
    const length = lengths[Number(phrase)]
    return length === undefined ? null : flow.startOf(Number(phrase)) + Math.min(Math.max(0, offset), length)
  }
  return {
    node,
    text: flow.text,
    codec: phraseSpanCodec,
    toRange(span): Range | null {
      const [start, end] = [placeOf(span.start, span.startOffset), placeOf(span.end, span.endOffset)]
      return start === null || end === null || start > end ? null : { start, end }
    },
    toShape({ start, end }) {
      const [first, last] = [flow.pieceAt(start), flow.pieceAt(Math.max(start, end - 1))]
      const span = {
        start: String(first),
        end: String(last),
        startOffset: start - flow.startOf(first),
        endOffset: end - flow.startOf(last),
      }
      return node.attrs.saveTextResult === 'no' ? span : { ...span, text: flow.text.slice(start, end) }
    },
  }
}
