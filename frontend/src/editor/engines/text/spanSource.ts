import type { RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import { activeLabelsOf, finishRegion, labelersFor, labelNames, makeRegion, regionColor } from '../../core/labeling'
import type { RegionCodec } from '../../core/region'
import { findWord, type TagNode } from '../../core/taskConfig'
import { type Granularity, type Range, toUnits } from './granularity'
import type { Span } from './segments'

/** A text whose parts can be regions. Offsets are UTF-16 units of `text`; `S` is what is stored of a part. */
export interface SpanSource<S = unknown> {
  readonly node: TagNode
  readonly text: string
  readonly codec: RegionCodec<S>
  /** Returns where a stored part lies; `null` if it is not in this text. */
  toRange(shape: S): Range | null
  /** Returns what is stored of a part. */
  toShape(range: Range): S
}

const GRANULARITIES = new Set<string>(['symbol', 'word', 'sentence', 'paragraph'])

/** Returns the unit to which selections are widened: an active label's own, else the tag's. */
export function granularityOf(editor: Editor, { node, codec }: SpanSource): Granularity {
  const words = labelersFor(editor, node.attrs.name ?? '', codec.family).flatMap((control) =>
    activeLabelsOf(editor, control).map((label) => findWord(control, label)),
  )
  const own = words.map((word) => word?.node.attrs.granularity).find((unit) => unit && GRANULARITIES.has(unit))
  const unit = own ?? node.attrs.granularity ?? 'symbol'
  return (GRANULARITIES.has(unit) ? unit : 'symbol') as Granularity
}

/** Makes a region of a selection with the active labels; tells whether it did. */
export function labelSelection(editor: Editor, source: SpanSource, selected: Range): boolean {
  const { node, text, codec } = source
  const object = node.attrs.name ?? ''
  if (editor.isReadonly || labelersFor(editor, object, codec.family).length === 0) return false
  const range = toUnits(text, selected, granularityOf(editor, source))
  if (!range) return false
  const region = makeRegion(editor, { id: editor.newId(), object, codec, shape: source.toShape(range) })
  if (!region) return false
  editor.change('label text', [[region.id, null, region]])
  finishRegion(editor, region)
  return true
}

/** Returns where a region lies in a text; `null` if it belongs elsewhere. */
export function rangeOf({ node, codec, toRange }: SpanSource, region: RegionRecord): Range | null {
  return region.to === node.attrs.name && region.family === codec.family ? toRange(region.shape) : null
}

interface Looks extends Readonly<Record<'plain' | 'selected' | 'suggested', Span>> {
  readonly number: number
}

/**
 * Returns what reads the spans of the shown regions of a text, with their numbers if they are to be seen. A region that
 * did not change has the same span object every time, so that whoever draws can tell what is new.
 */
export function spanReader(editor: Editor, source: SpanSource, isNumbered = false): () => Span[] {
  const known = new WeakMap<RegionRecord, Looks | null>()
  const spansFor = (region: RegionRecord, number: number) => {
    const found = known.get(region)
    if (found === null || found?.number === number) return found
    const range = rangeOf(source, region)
    const color = source.node.attrs.highlightColor || regionColor(editor, region)
    const plain = range && {
      id: region.id,
      ...range,
      color,
      label: `${number > 0 ? `${number} ` : ''}${labelNames(editor, region).join(', ')}`,
      isSelected: false,
    }
    const spans = plain && {
      number,
      plain,
      selected: { ...plain, isSelected: true },
      suggested: { ...plain, isSuggested: true },
    }
    known.set(region, spans)
    return spans
  }
  return () => {
    const hidden = editor.session.hidden.get()
    const hovered = editor.hovered.get()
    const shown = editor.store.regions().flatMap((region, at) => {
      const spans = hidden.has(region.id) ? null : spansFor(region, isNumbered ? at + 1 : 0)
      if (!spans) return []
      return editor.selection.has(region.id) || hovered === region.id ? spans.selected : spans.plain
    })
    const suggested = editor.suggestions.list.get().flatMap((region) => spansFor(region, 0)?.suggested ?? [])
    return suggested.length > 0 ? [...shown, ...suggested] : shown
  }
}

/** Selects the regions that lie wholly inside a part of a text. */
export function selectWithin(editor: Editor, source: SpanSource, part: Range): void {
  const inside = editor.store.regions().filter((region) => {
    const range = rangeOf(source, region)
    return range !== null && range.start >= part.start && range.end <= part.end
  })
  if (inside.length > 0) editor.selection.select(inside.map((region) => region.id))
}
