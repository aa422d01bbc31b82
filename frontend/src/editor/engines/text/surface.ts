import { readableOn } from '../../core/color'
import { caretAt } from './caret'
import { type Line, lineAt, splitLines } from './lines'
import { type Segment, type Span, segmentsOf } from './segments'
import type { SpanSurface, SurfaceOptions } from './spanSurface'

const PER_PAGE = 50
const NONE: readonly Span[] = []

/**
 * Shows a text line by line with highlighted spans. Offsets are UTF-16 units.
 *
 * Lines stand in pages that the browser lays out only when they come near the window, and a change of spans touches
 * only the lines under them: a million characters stay fluid.
 */
export class TextSurface implements SpanSurface {
  readonly lines: readonly Line[]
  private readonly elements: HTMLElement[] = []
  /** The spans over every line, as they are drawn. */
  private readonly shown: (readonly Span[])[] = []
  private spans: readonly Span[] = []
  private options: SurfaceOptions = { showsLabels: false, showsLineNumbers: false }

  constructor(
    private readonly root: HTMLElement,
    readonly text: string,
  ) {
    this.lines = splitLines(text)
    this.build()
  }

  /** Shows exactly these spans. */
  update(spans: readonly Span[], options: SurfaceOptions): void {
    const isLookNew = options.showsLabels !== this.options.showsLabels
    const before = this.spans
    this.spans = [...spans].sort((a, b) => a.start - b.start || b.end - a.end)
    this.options = options
    this.root.classList.toggle('pe-text_numbered', options.showsLineNumbers)
    this.root.style.setProperty('--pe-digits', String(String(this.lines.length).length))
    const perLine = this.spansByLine(this.spans)
    const touched = new Set([...perLine.keys(), ...this.spansByLine(before).keys()])
    for (const line of touched) this.renderLine(line, perLine.get(line) ?? [], isLookNew)
  }

  /** Returns the offset of a place in the DOM; `null` outside of the text. */
  offsetOf(node: Node, offset: number): number | null {
    const element = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-line]')
    if (!element || !this.root.contains(element)) return this.offsetBetween(node, offset)
    const line = this.lines[Number(element.dataset.line)] as Line
    const before = document.createRange()
    before.setStart(element, 0)
    before.setEnd(node, offset)
    return Math.min(line.start + before.toString().length, line.end)
  }

  /** Returns the offset under a point of the window; `null` outside of the text. */
  offsetAt(x: number, y: number): number | null {
    const caret = caretAt(document, x, y)
    return caret ? this.offsetOf(caret.node, caret.offset) : null
  }

  /** Returns the selected part of the text, or `null`. */
  selectedRange(): { start: number; end: number } | null {
    const selection = window.getSelection()
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
    const range = selection.getRangeAt(0)
    if (!range.intersectsNode(this.root)) return null
    const start = this.root.contains(range.startContainer) ? this.offsetOf(range.startContainer, range.startOffset) : 0
    const end = this.root.contains(range.endContainer)
      ? this.offsetOf(range.endContainer, range.endOffset)
      : this.text.length
    return start === null || end === null || start >= end ? null : { start, end }
  }

  select({ start, end }: { start: number; end: number }): void {
    const selection = window.getSelection()
    selection?.removeAllRanges()
    const from = start < end ? this.placeOf(lineAt(this.lines, start), start) : null
    const to = from && this.placeOf(lineAt(this.lines, end - 1), end - 1)
    if (from && to) selection?.setBaseAndExtent(from.node, from.offset, to.node, to.offset + 1)
  }

  idsAt(event: PointerEvent): readonly string[] {
    const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-spans]') : null
    return mark?.dataset.spans?.split(' ') ?? []
  }

  /** Scrolls to a span. */
  reveal(id: string): void {
    const span = this.spans.find((candidate) => candidate.id === id)
    if (!span) return
    const line = this.elements[lineAt(this.lines, span.start)]
    const mark = line?.querySelector(`[data-spans~="${CSS.escape(id)}"]`) ?? line
    mark?.scrollIntoView({ block: 'nearest' })
  }

  /** Returns the box of the end of a span, in the window's pixels; `null` while it is not laid out. */
  edgeOf(span: { start: number; end: number }, edge: 'start' | 'end'): DOMRect | null {
    const offset = edge === 'start' ? span.start : Math.max(span.end - 1, span.start)
    const index = lineAt(this.lines, offset)
    const place = this.placeOf(index, offset)
    if (!place) return null
    const range = document.createRange()
    range.setStart(place.node, place.offset)
    range.setEnd(place.node, Math.min(place.offset + 1, place.node.length))
    const boxes = range.getClientRects()
    return boxes[edge === 'start' ? 0 : boxes.length - 1] ?? null
  }

  /** Returns the boxes of a span in the window's pixels, one a line; none while it is not laid out. */
  boxesOf(id: string): DOMRect[] {
    const parts = this.root.querySelectorAll(`[data-spans~="${CSS.escape(id)}"]`)
    return [...parts].slice(0, 50).flatMap((part) => [...part.getClientRects()])
  }

  private placeOf(index: number, offset: number): { node: Text; offset: number } | null {
    const element = this.elements[index]
    if (!element) return null
    let left = offset - (this.lines[index] as Line).start
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      if (left < node.length) return { node, offset: left }
      left -= node.length
    }
    return null
  }

  /** A selection by whole blocks ends between lines: the next line's beginning is meant. */
  private offsetBetween(node: Node, offset: number): number | null {
    if (!this.root.contains(node)) return null
    const next = node.childNodes[offset]
    const element =
      next instanceof Element ? (next.matches('[data-line]') ? next : next.querySelector('[data-line]')) : null
    if (element) return (this.lines[Number((element as HTMLElement).dataset.line)] as Line).start
    return this.text.length
  }

  private spansByLine(spans: readonly Span[]): Map<number, Span[]> {
    const perLine = new Map<number, Span[]>()
    for (const span of spans) {
      const last = lineAt(this.lines, Math.max(span.start, span.end - 1))
      for (let line = lineAt(this.lines, span.start); line <= last; line += 1) {
        const here = perLine.get(line)
        if (here) here.push(span)
        else perLine.set(line, [span])
      }
    }
    return perLine
  }

  private build(): void {
    const fragment = document.createDocumentFragment()
    let page: HTMLElement | null = null
    this.lines.forEach((line, index) => {
      if (index % PER_PAGE === 0) {
        page = document.createElement('div')
        page.className = 'pe-text__page lsf-richtext__container'
        page.style.setProperty('--pe-lines', String(Math.min(PER_PAGE, this.lines.length - index)))
        fragment.append(page)
      }
      const element = document.createElement('div')
      element.className = 'pe-text__line lsf-richtext__line'
      element.dataset.line = String(index)
      if (line.number !== null) element.dataset.number = String(line.number)
      element.append(this.text.slice(line.start, line.end))
      this.elements.push(element)
      this.shown.push(NONE)
      page?.append(element)
    })
    this.root.replaceChildren(fragment)
  }

  private renderLine(index: number, spans: readonly Span[], isLookNew: boolean): void {
    const line = this.lines[index] as Line
    if (sameSpans(spans, this.shown[index] as readonly Span[]) && !isLookNew) return
    this.shown[index] = spans
    const element = this.elements[index] as HTMLElement
    if (spans.length === 0) {
      element.replaceChildren(this.text.slice(line.start, line.end))
      return
    }
    element.replaceChildren(...segmentsOf(line.start, line.end, spans).map((segment) => this.renderSegment(segment)))
  }

  private renderSegment(segment: Segment): Node {
    const text = this.text.slice(segment.start, segment.end)
    if (segment.spans.length === 0) return document.createTextNode(text)
    const element = document.createElement('span')
    element.className = 'htx-highlight pe-span'
    element.dataset.spans = segment.spans.map((span) => span.id).join(' ')
    const selected = segment.spans.findLast((span) => span.isSelected)
    if (selected) {
      element.classList.add('pe-span_selected')
      element.style.color = readableOn(selected.color)
    }
    element.classList.toggle(
      'pe-span_suggested',
      segment.spans.every((span) => span.isSuggested),
    )
    // The style sheet knows the look of a single span; several lie over one another, the last one on top.
    if (segment.spans.length > 1) {
      element.style.backgroundImage = segment.spans
        .map((span) => tint(span.color, span.isSelected ? 80 : 30))
        .map((color) => `linear-gradient(${color},${color})`)
        .reverse()
        .join(',')
    }
    element.style.setProperty('--pe-span', (segment.spans[segment.spans.length - 1] as Span).color)
    const ending = segment.spans.filter((span) => span.end === segment.end && span.label !== '')
    if (this.options.showsLabels && ending.length > 0)
      element.dataset.label = ending.map((span) => span.label).join(' · ')
    element.append(text)
    return element
  }
}

const sameSpans = (a: readonly Span[], b: readonly Span[]): boolean =>
  a.length === b.length && a.every((span, at) => span === b[at])

const tint = (color: string, percent: number): string => `color-mix(in srgb, ${color} ${percent}%, transparent)`
