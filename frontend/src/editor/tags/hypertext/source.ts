import type { TagNode } from '../../core/taskConfig'
import { CodePoints } from '../../engines/text/codePoints'
import type { FlowSurface } from '../../engines/text/flowSurface'
import type { Range } from '../../engines/text/granularity'
import type { SpanSource } from '../../engines/text/spanSource'
import { savesText } from '../richValue'
import { globalRange, type HtmlSpan, htmlSpanCodec } from './codec'

type Flow = Pick<FlowSurface, 'text' | 'pieceAt' | 'startOf'>

/** Returns an HTML document as a place for spans. `paths` are those of its text nodes, in order. */
export function htmlSource(node: TagNode, flow: Flow, paths: readonly string[]): SpanSource<HtmlSpan> {
  const points = new CodePoints(flow.text)
  const indexes = new Map(paths.map((path, at) => [path, at]))
  const placeOf = (path: string | undefined, offset: number | undefined): number | null => {
    const at = indexes.get(fullPath(path ?? ''))
    if (at === undefined) return null
    const start = flow.startOf(at)
    return Math.min(start + Math.max(0, offset ?? 0), flow.startOf(at + 1))
  }
  return {
    node,
    text: flow.text,
    codec: htmlSpanCodec,
    toRange(span) {
      const [start, end] = [placeOf(span.start, span.startOffset), placeOf(span.end, span.endOffset)]
      if (start !== null && end !== null && start <= end) return { start, end }
      const offsets = globalRange(span.globalOffsets)
      return offsets && { start: points.toUnits(offsets.start), end: points.toUnits(offsets.end) }
    },
    toShape: (range) => toHtmlSpan(node, flow, paths, points, range),
  }
}

function toHtmlSpan(
  node: TagNode,
  flow: Flow,
  paths: readonly string[],
  points: CodePoints,
  { start, end }: Range,
): HtmlSpan {
  const [first, last] = [flow.pieceAt(start), flow.pieceAt(Math.max(start, end - 1))]
  const span = {
    start: paths[first] ?? '',
    startOffset: start - flow.startOf(first),
    end: paths[last] ?? '',
    endOffset: end - flow.startOf(last),
    globalOffsets: { start: points.fromUnits(start), end: points.fromUnits(end) },
  }
  return savesText(node) ? { ...span, text: flow.text.slice(start, end) } : span
}

/** Positions of 1 may be left out in paths. */
const fullPath = (path: string): string =>
  path
    .split('/')
    .map((step) => (step === '' || step.endsWith(']') ? step : `${step}[1]`))
    .join('/')
