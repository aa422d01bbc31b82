import { caretAt } from './caret'
import type { Range as Part } from './granularity'
import { Highlighter } from './highlighter'
import { LabelChips } from './labelChips'
import { type Span, spansAt } from './segments'
import type { SpanSurface, SurfaceOptions } from './spanSurface'

export interface FlowParts {
  /** The element around all pieces. */
  readonly root: HTMLElement
  /** The positioned element that takes the labels behind spans. */
  readonly frame: HTMLElement
  /** The text nodes that make the text, in order. They are never touched. */
  readonly pieces: readonly Text[]
  /** Stands between two pieces in the text. */
  readonly between: string
}

const MOST_BOXES = 50

/**
 * Shows highlighted spans over text that stands in a document of any kind, without changing it: the browser paints them.
 *
 * Offsets are UTF-16 units of all pieces joined.
 */
export class FlowSurface implements SpanSurface {
  readonly text: string
  private readonly starts: readonly number[]
  private readonly indexOf: ReadonlyMap<Node, number>
  private readonly highlighter: Highlighter
  private readonly chips: LabelChips
  private spans: readonly Span[] = []
  private options: SurfaceOptions = { showsLabels: false, showsLineNumbers: false }

  constructor(private readonly parts: FlowParts) {
    const { pieces, between, root } = parts
    let length = 0
    this.starts = pieces.map((piece, at) => {
      const start = length + (at === 0 ? 0 : between.length)
      length = start + piece.length
      return start
    })
    this.text = pieces.map((piece) => piece.data).join(between)
    this.indexOf = new Map(pieces.map((piece, at) => [piece, at]))
    this.highlighter = new Highlighter(root.ownerDocument)
    this.chips = new LabelChips(parts.frame)
  }

  update(spans: readonly Span[], options: SurfaceOptions): void {
    this.spans = [...spans].sort((a, b) => a.start - b.start || b.end - a.end)
    this.options = options
    this.highlighter.paint(this.spans, (span) => this.piecesOf(span))
    this.placeLabels()
  }

  /** Puts the labels behind the spans, after the text was laid out anew. */
  placeLabels(): void {
    this.chips.show(this.options.showsLabels ? this.spans : [], (span) => this.edgeOf(span, 'end'))
  }

  offsetAt(x: number, y: number): number | null {
    const caret = caretAt(this.parts.root.ownerDocument, x, y)
    return caret && this.parts.root.contains(caret.node) ? this.offsetOf(caret.node, caret.offset) : null
  }

  /** Returns the offset of a place in the document; one between pieces is the beginning of the next one. */
  offsetOf(node: Node, offset: number): number {
    const at = this.indexOf.get(node)
    if (at !== undefined) return (this.starts[at] as number) + Math.min(offset, (node as Text).length)
    const place = this.parts.root.ownerDocument.createRange()
    place.setStart(node, offset)
    let [low, high] = [0, this.parts.pieces.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (place.comparePoint(this.parts.pieces[middle] as Text, 0) < 0) low = middle + 1
      else high = middle
    }
    return this.starts[low] ?? this.text.length
  }

  selectedRange(): Part | null {
    const { root } = this.parts
    const selection = root.ownerDocument.getSelection()
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
    const range = selection.getRangeAt(0)
    if (!range.intersectsNode(root)) return null
    const start = root.contains(range.startContainer) ? this.offsetOf(range.startContainer, range.startOffset) : 0
    const end = root.contains(range.endContainer)
      ? this.offsetOf(range.endContainer, range.endOffset)
      : this.text.length
    return this.withoutGaps({ start, end })
  }

  select(part: Part): void {
    const selection = this.parts.root.ownerDocument.getSelection()
    selection?.removeAllRanges()
    const pieces = part.start < part.end ? this.piecesOf(part) : []
    const [first, last] = [pieces[0], pieces[pieces.length - 1]]
    if (first && last) selection?.setBaseAndExtent(first.node, first.from, last.node, last.to)
  }

  idsAt(event: PointerEvent): readonly string[] {
    const offset = this.offsetAt(event.clientX, event.clientY)
    if (offset === null || this.spans.length === 0) return []
    // The caret is the nearest one: the character itself may be elsewhere.
    const under = [offset, offset - 1].find((at) => this.isUnder(at, event.clientX, event.clientY))
    return under === undefined
      ? []
      : spansAt(this.spans, under)
          .map((span) => span.id)
          .reverse()
  }

  reveal(id: string): void {
    const span = this.spans.find((candidate) => candidate.id === id)
    const piece = span && this.piecesOf(span)[0]
    piece?.node.parentElement?.scrollIntoView({ block: 'nearest' })
  }

  edgeOf(part: Part, edge: 'start' | 'end'): DOMRect | null {
    const boxes = this.boxesAt(edge === 'start' ? part.start : Math.max(part.end - 1, part.start))
    return boxes[edge === 'start' ? 0 : boxes.length - 1] ?? null
  }

  boxesOf(id: string): DOMRect[] {
    const span = this.spans.find((candidate) => candidate.id === id)
    if (!span) return []
    return this.piecesOf(span)
      .slice(0, MOST_BOXES)
      .flatMap(({ node, from, to }) => {
        const range = this.parts.root.ownerDocument.createRange()
        range.setStart(node, from)
        range.setEnd(node, to)
        return [...range.getClientRects()].filter((box) => box.width > 0)
      })
  }

  destroy(): void {
    this.highlighter.destroy()
    this.chips.destroy()
  }

  /** Returns the parts of the text nodes that a part of the text covers. */
  piecesOf({ start, end }: Part): { node: Text; from: number; to: number }[] {
    const found: { node: Text; from: number; to: number }[] = []
    for (let at = this.pieceAt(start); at < this.starts.length; at += 1) {
      const begin = this.starts[at] as number
      if (begin >= end) break
      const node = this.parts.pieces[at] as Text
      const [from, to] = [Math.max(0, start - begin), Math.min(node.length, end - begin)]
      if (from < to) found.push({ node, from, to })
    }
    return found
  }

  /** Returns the index of the piece that holds an offset. */
  pieceAt(offset: number): number {
    let [low, high] = [0, this.starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return Math.max(low, 0)
  }

  /** Returns the offset of the beginning of a piece. */
  startOf(piece: number): number {
    return this.starts[piece] ?? this.text.length
  }

  /** What lies between pieces is not part of a selection's ends. */
  private withoutGaps({ start, end }: Part): Part | null {
    const pieces = this.piecesOf({ start, end })
    const [first, last] = [pieces[0], pieces[pieces.length - 1]]
    if (!first || !last) return null
    const place = (node: Text) => this.starts[this.indexOf.get(node) as number] as number
    return { start: place(first.node) + first.from, end: place(last.node) + last.to }
  }

  private boxesAt(offset: number): DOMRect[] {
    const node = this.parts.pieces[this.pieceAt(offset)]
    const from = offset - this.startOf(this.pieceAt(offset))
    if (!node || from < 0 || from >= node.length) return []
    const range = this.parts.root.ownerDocument.createRange()
    range.setStart(node, from)
    range.setEnd(node, from + 1)
    return [...range.getClientRects()]
  }

  private isUnder(offset: number, x: number, y: number): boolean {
    return this.boxesAt(offset).some(
      (box) => x >= box.left - 1 && x <= box.right + 1 && y >= box.top && y <= box.bottom,
    )
  }
}
