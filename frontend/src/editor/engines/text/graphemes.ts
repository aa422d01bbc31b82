const AROUND = 200
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Tells whether a text may be cut at `at` without tearing what people see as one character. */
export function isBetweenGraphemes(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)]
  // Nothing below U+0300 joins its neighbor, but for a line break of two characters.
  if (before < 0x300 && after < 0x300) return !(before === 13 && after === 10)
  const from = safeStart(text, at)
  return segmenter.segment(text.slice(from, at + AROUND)).containing(at - from)?.index === at - from
}

/** A place before `at` where a character surely begins. */
function safeStart(text: string, at: number): number {
  const least = Math.max(0, at - AROUND)
  for (let from = at - 1; from > least; from -= 1) if (text.charCodeAt(from) < 0x80) return from
  return least
}

/** Returns the nearest place at or before `at` between two characters. */
export function graphemeStart(text: string, at: number): number {
  let place = Math.min(Math.max(at, 0), text.length)
  while (!isBetweenGraphemes(text, place)) place -= 1
  return place
}

/** Returns the nearest place at or behind `at` between two characters. */
export function graphemeEnd(text: string, at: number): number {
  let place = Math.min(Math.max(at, 0), text.length)
  while (!isBetweenGraphemes(text, place)) place += 1
  return place
}
