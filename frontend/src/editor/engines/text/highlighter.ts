import { readableOn } from '../../core/color'
import type { Span } from './segments'

interface PieceOfText {
  readonly node: Text
  readonly from: number
  readonly to: number
}

const DEEPEST = 6
/** All spans of a page together, under the name by which configs style them; what those say goes over our own looks. */
const SHARED = 'htx-highlight'
const ABOVE_ALL = 100
let count = 0

/** Lets the browser paint spans over the text of a document, nested ones darker; the document stays as it is. */
export class Highlighter {
  private readonly names = new Set<string>()
  private ranges: StaticRange[] = []
  private readonly sheet: HTMLStyleElement
  private readonly prefix: string
  private readonly view: (Window & typeof globalThis) | null

  constructor(owner: Document) {
    count += 1
    this.prefix = `pe-${count}-`
    this.view = owner.defaultView
    this.sheet = owner.createElement('style')
    owner.head.append(this.sheet)
  }

  /** Paints exactly these spans, given in order of their beginning. */
  paint(spans: readonly Span[], piecesOf: (span: Span) => readonly PieceOfText[]): void {
    const view = this.view
    // What cannot paint shows the text without highlights; the outliner still lists them.
    if (!view?.CSS?.highlights) return
    this.clear()
    const groups = new Map<string, { looks: Span; depth: number; ranges: StaticRange[] }>()
    for (const [span, depth] of withDepth(spans)) {
      const key = `${span.isSelected} ${span.isSuggested} ${span.color} ${depth}`
      const group = groups.get(key) ?? { looks: span, depth, ranges: [] }
      groups.set(key, group)
      for (const { node, from, to } of piecesOf(span))
        group.ranges.push(
          new view.StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to }),
        )
    }
    const rules: string[] = []
    for (const { looks, depth, ranges } of groups.values()) {
      const name = `${this.prefix}${rules.length}`
      const highlight = new view.Highlight(...ranges)
      highlight.priority = depth + (looks.isSelected ? DEEPEST : 0)
      view.CSS.highlights.set(name, highlight)
      this.names.add(name)
      rules.push(`::highlight(${name}) { ${declarations(looks)} }`)
    }
    this.sheet.textContent = rules.join('\n')
    this.ranges = [...groups.values()].flatMap((group) => group.ranges)
    if (this.ranges.length === 0) return
    const shared = view.CSS.highlights.get(SHARED) ?? new view.Highlight()
    shared.priority = ABOVE_ALL
    for (const range of this.ranges) shared.add(range)
    view.CSS.highlights.set(SHARED, shared)
  }

  destroy(): void {
    this.clear()
    this.sheet.remove()
  }

  private clear(): void {
    for (const name of this.names) this.view?.CSS.highlights.delete(name)
    this.names.clear()
    const shared = this.view?.CSS?.highlights?.get(SHARED)
    for (const range of this.ranges) shared?.delete(range)
    if (shared?.size === 0) this.view?.CSS.highlights.delete(SHARED)
    this.ranges = []
  }
}

function declarations({ color, isSelected, isSuggested }: Span): string {
  // A color of the config may be any text: what is no color must not end the rule.
  const safe = color.replace(/[^\w#%(),.\s/+-]/g, '')
  const text = isSelected ? readableOn(safe) : ''
  return `background-color: color-mix(in srgb, ${safe} ${isSuggested ? 12 : isSelected ? 80 : 30}%, transparent); text-decoration: underline ${isSuggested ? 'dashed ' : ''}2px ${safe};${text ? ` color: ${text};` : ''}`
}

/** Tells how many spans lie around each one. */
function* withDepth(spans: readonly Span[]): Iterable<readonly [Span, number]> {
  const open: Span[] = []
  for (const span of spans) {
    while (open.length > 0 && (open[open.length - 1] as Span).end <= span.start) open.pop()
    yield [span, Math.min(open.length, DEEPEST - 1)]
    open.push(span)
  }
}
