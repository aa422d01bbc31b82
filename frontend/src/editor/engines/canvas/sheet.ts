/** A canvas may have so many times the pixels that are needed: a larger one is cut off by the view. */
const MOST_SPARE = 1.6
/** The layers of two pictures side by side. */
const MOST_KEPT = 4
/** The next task comes at once or not soon. */
const KEEP_MS = 5000

const kept: HTMLCanvasElement[] = []
let dropping: ReturnType<typeof setTimeout> | undefined

const ratio = (): number => window.devicePixelRatio || 1

/**
 * A canvas over a picture. While nothing is drawn on it, it takes neither memory nor time.
 *
 * The first stroke on a canvas as large as the screen takes longer than all that follow, so that a canvas is left, empty,
 * to the next picture.
 */
export class Sheet {
  readonly element = kept.shift() ?? newCanvas()
  private isBlank = true

  /** Takes over the size of the view; everything is to be drawn again. */
  resize(width: number, height: number): void {
    const { element } = this
    const [least, high] = [Math.round(width * ratio()), Math.round(height * ratio())]
    const isLarge = element.width >= least && element.height >= high
    if (!isLarge || element.width * element.height > least * high * MOST_SPARE) {
      element.width = least
      element.height = high
      this.isBlank = true
    }
    element.style.width = `${element.width / ratio()}px`
    element.style.height = `${element.height / ratio()}px`
  }

  /** Returns the canvas to go on drawing, in screen pixels. */
  draw(): CanvasRenderingContext2D | null {
    const context = this.element.getContext('2d')
    context?.setTransform(ratio(), 0, 0, ratio(), 0, 0)
    this.isBlank = false
    return context
  }

  /** Wipes everything off. */
  clear(): void {
    if (this.isBlank) return
    const { element } = this
    const context = element.getContext('2d')
    context?.setTransform(1, 0, 0, 1, 0, 0)
    context?.clearRect(0, 0, element.width, element.height)
    this.isBlank = true
  }

  /** Takes the canvas out of the page and leaves it to the next picture. */
  release(): void {
    this.clear()
    this.element.remove()
    this.element.style.transform = ''
    if (kept.length < MOST_KEPT) kept.push(this.element)
    clearTimeout(dropping)
    dropping = setTimeout(() => kept.splice(0), KEEP_MS)
  }
}

function newCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.className = 'pe-layer'
  canvas.setAttribute('aria-hidden', 'true')
  return canvas
}
