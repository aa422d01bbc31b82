import type { PageBox } from './codec'

/** A place on a page in fractions of its width and height. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** How a page is looked at: the size of its picture as it was written, and how far that is turned to the right. */
export interface PageView {
  readonly width: number
  readonly height: number
  readonly turn: number
}

const within = (value: number): number => Math.min(Math.max(value, 0), 1)
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6

/** Returns where a place of the page stands in the turned view, in fractions of that. */
export function toView({ x, y }: Place, turn: number): Place {
  if (turn === 90) return { x: 1 - y, y: x }
  if (turn === 180) return { x: 1 - x, y: 1 - y }
  return turn === 270 ? { x: y, y: 1 - x } : { x, y }
}

/** Returns which place of the page stands at a place of the turned view. */
export const fromView = (place: Place, turn: number): Place => toView(place, (360 - turn) % 360)

/** Returns the corners of a box in the order of drawing, the turn of the box done in the page's own pixels. */
export function cornersOf(box: PageBox, { width, height }: Pick<PageView, 'width' | 'height'>): Place[] {
  const angle = (box.rotation * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const corners: readonly (readonly [number, number])[] = [
    [0, 0],
    [box.width, 0],
    [box.width, box.height],
    [0, box.height],
  ]
  return corners.map(([dx, dy]) => {
    const [px, py] = [dx * width, dy * height]
    return { x: box.x + (px * cos - py * sin) / width, y: box.y + (px * sin + py * cos) / height }
  })
}

/** Returns the box between two places of the page, cut off at its borders. */
export function boxBetween(a: Place, b: Place, pageIndex: number): PageBox {
  const [left, right] = [within(Math.min(a.x, b.x)), within(Math.max(a.x, b.x))]
  const [top, bottom] = [within(Math.min(a.y, b.y)), within(Math.max(a.y, b.y))]
  const size = { width: tidy(right - left), height: tidy(bottom - top) }
  return { x: tidy(left), y: tidy(top), ...size, rotation: 0, pageIndex }
}

/** Returns a box moved by a distance, inside of its page. */
export const movedBy = (box: PageBox, dx: number, dy: number): PageBox => ({
  ...box,
  x: tidy(Math.min(Math.max(box.x + dx, 0), Math.max(0, 1 - box.width))),
  y: tidy(Math.min(Math.max(box.y + dy, 0), Math.max(0, 1 - box.height))),
})

/** Some words of a page and where they stand. */
export interface PageWord {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly middle: number
  readonly height: number
}

/** Returns the words whose middle lies in a box, line by line. A run of words is cut where the box begins and ends. */
export function textIn(words: readonly PageWord[], box: PageBox): string {
  let text = ''
  let last: PageWord | null = null
  for (const word of words) {
    if (word.middle < box.y || word.middle > box.y + box.height) continue
    const covered = coveredText(word, box.x, box.x + box.width)
    if (covered === '') continue
    const isSameLine = last !== null && Math.abs(last.middle - word.middle) < Math.max(last.height, word.height) / 2
    text += last === null ? covered : `${isSameLine ? ' ' : '\n'}${covered}`
    last = word
  }
  return text
}

/** A run of text has one box: its words are taken by their share of it. */
function coveredText({ text, left, right }: PageWord, from: number, to: number): string {
  const wide = right - left
  if (wide <= 0 || right < from || left > to) return ''
  return [...text.matchAll(/\S+/g)]
    .filter(({ index, 0: word }) => {
      const middle = left + (wide * (index + word.length / 2)) / text.length
      return middle >= from && middle <= to
    })
    .map(([word]) => word)
    .join(' ')
}
