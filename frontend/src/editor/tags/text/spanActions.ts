import type { Editor } from '../../core/editor'
import { activeLabelsOf, finishRegion, labelersFor, makeRegion } from '../../core/labeling'
import { findWord, type TagNode } from '../../core/taskConfig'
import type { CodePoints } from '../../engines/text/codePoints'
import { type Granularity, type Range, toUnits } from '../../engines/text/granularity'
import { storedText, type TextSpan, textSpanCodec } from './codec'
import { savesText } from './readText'

const GRANULARITIES = new Set<string>(['symbol', 'word', 'sentence', 'paragraph'])

/** A text with what is needed to make regions of its parts. */
export interface SpanSource {
  readonly node: TagNode
  readonly text: string
  readonly points: CodePoints
}

/** Returns the unit to which selections are widened: an active label's own, else the tag's. */
export function granularityOf(editor: Editor, node: TagNode): Granularity {
  const words = labelersFor(editor, node.attrs.name ?? '', 'text').flatMap((control) =>
    activeLabelsOf(editor, control).map((label) => findWord(control, label)),
  )
  const own = words.map((word) => word?.node.attrs.granularity).find((unit) => unit && GRANULARITIES.has(unit))
  const unit = own ?? node.attrs.granularity ?? 'symbol'
  return (GRANULARITIES.has(unit) ? unit : 'symbol') as Granularity
}

/** Returns the geometry of a part of the text, given in UTF-16 units. */
export function toSpan({ node, text, points }: SpanSource, range: Range): TextSpan {
  const span = { start: points.fromUnits(range.start), end: points.fromUnits(range.end) }
  return savesText(node) ? { ...span, text: storedText(text.slice(range.start, range.end)) } : span
}

/** Makes a region of a selection with the active labels; tells whether it did. */
export function labelSelection(editor: Editor, source: SpanSource, selected: Range): boolean {
  const { node, text } = source
  const object = node.attrs.name ?? ''
  if (editor.isReadonly || labelersFor(editor, object, 'text').length === 0) return false
  const range = toUnits(text, selected, granularityOf(editor, node))
  if (!range) return false
  const region = makeRegion(editor, { id: editor.newId(), object, codec: textSpanCodec, shape: toSpan(source, range) })
  if (!region) return false
  editor.change('label text', [[region.id, null, region]])
  finishRegion(editor, region)
  return true
}
