/** A line of a text: `text.slice(start, end)`, without its line break. */
export interface Line {
  readonly start: number
  readonly end: number
  /** Number in the text, from 1; further pieces of a very long line have none. */
  readonly number: number | null
}

/** Lines longer than this are shown as several, so that the page stays fast. */
export const LONGEST = 5000

/** Returns the lines of a text; `\n`, `\r` and `\r\n` end a line. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = []
  const breaks = /\r\n|\n|\r/g
  let start = 0
  let number = 0
  for (;;) {
    const found = breaks.exec(text)
    number += 1
    pushPieces(lines, text, start, found ? found.index : text.length, number)
    if (!found) return lines
    start = found.index + found[0].length
  }
}

function pushPieces(lines: Line[], text: string, start: number, end: number, number: number): void {
  let from = start
  while (end - from > LONGEST) {
    const space = text.lastIndexOf(' ', from + LONGEST)
    let to = space > from ? space + 1 : from + LONGEST
    if (/[\udc00-\udfff]/.test(text[to] ?? '')) to -= 1
    lines.push({ start: from, end: to, number: from === start ? number : null })
    from = to
  }
  lines.push({ start: from, end, number: from === start ? number : null })
}

/** Returns the index of the line that holds an offset; one in a line break belongs to the line before. */
export function lineAt(lines: readonly Line[], offset: number): number {
  let [low, high] = [0, lines.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle] as Line).start <= offset) low = middle
    else high = middle - 1
  }
  return low
}
