import type { Span } from './segments'

const MOST = 400

/** Shows the labels of spans behind them, over the text. */
export class LabelChips {
  private readonly layer: HTMLElement

  constructor(private readonly frame: HTMLElement) {
    this.layer = frame.ownerDocument.createElement('div')
    this.layer.className = 'pe-chips'
    this.layer.setAttribute('aria-hidden', 'true')
    frame.append(this.layer)
  }

  /** Shows the labels of exactly these spans; `edgeOf` tells where a span ends in the window. */
  show(spans: readonly Span[], edgeOf: (span: Span) => DOMRect | null): void {
    this.frame.classList.toggle('pe-labeled', spans.length > 0)
    const labeled = spans.filter((span) => span.label !== '').slice(0, MOST)
    if (labeled.length === 0) {
      this.layer.replaceChildren()
      return
    }
    const origin = this.frame.getBoundingClientRect()
    const places = labeled.map((span) => ({ span, box: edgeOf(span) }))
    this.layer.replaceChildren(
      ...places.flatMap(({ span, box }) => {
        if (!box) return []
        const chip = this.frame.ownerDocument.createElement('span')
        chip.className = 'pe-chip-over'
        chip.textContent = span.label
        chip.style.setProperty('--pe-span', span.color)
        chip.style.left = `${box.right - origin.left + this.frame.scrollLeft}px`
        chip.style.top = `${box.top - origin.top + this.frame.scrollTop}px`
        return chip
      }),
    )
  }

  destroy(): void {
    this.layer.remove()
  }
}
