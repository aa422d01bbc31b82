import type { Range } from './granularity'
import type { Span } from './segments'

export interface SurfaceOptions {
  readonly showsLabels: boolean
  readonly showsLineNumbers: boolean
}

/** What shows a text with highlighted spans. Places in the window are those of the document that holds the text. */
export interface SpanSurface {
  /** Shows exactly these spans. */
  update(spans: readonly Span[], options: SurfaceOptions): void
  /** Returns the offset under a point; `null` outside of the text. */
  offsetAt(x: number, y: number): number | null
  /** Returns the selected part, or `null`. */
  selectedRange(): Range | null
  /** Selects a part as the browser does; an empty one clears the selection. */
  select(range: Range): void
  /** Returns the spans under the pointer; the last one lies on top. */
  idsAt(event: PointerEvent): readonly string[]
  /** Scrolls to a span. */
  reveal(id: string): void
  /** Returns the box of an end of a part; `null` while it is not laid out. */
  edgeOf(range: Range, edge: 'start' | 'end'): DOMRect | null
  /** Returns the boxes of a span, one a line; none while it is not laid out. */
  boxesOf(id: string): DOMRect[]
}
