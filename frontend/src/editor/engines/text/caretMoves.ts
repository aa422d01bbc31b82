import { graphemeEnd, graphemeStart } from './graphemes'

const AROUND = 400
const words = new Intl.Segmenter(undefined, { granularity: 'word' })
const BREAK = /[\n\r]/

/** Returns the place one character before or behind. */
export const byCharacter = (text: string, at: number, step: 1 | -1): number =>
  step === 1 ? graphemeEnd(text, Math.min(at + 1, text.length)) : graphemeStart(text, Math.max(at - 1, 0))

/** Returns the end of the word behind, or the beginning of the word before. */
export function byWord(text: string, at: number, step: 1 | -1): number {
  const from = Math.max(0, at - AROUND)
  const found = [...words.segment(text.slice(from, at + AROUND))].filter(({ isWordLike }) => isWordLike)
  if (step === 1) {
    const next = found.map(({ index, segment }) => from + index + segment.length).find((end) => end > at)
    return next ?? Math.min(text.length, at + AROUND)
  }
  return found.map(({ index }) => from + index).findLast((start) => start < at) ?? Math.max(0, at - AROUND)
}

/** Returns the beginning or the end of the line. */
export function byLine(text: string, at: number, step: 1 | -1): number {
  let place = at
  if (step === 1) while (place < text.length && !BREAK.test(text[place] as string)) place += 1
  else while (place > 0 && !BREAK.test(text[place - 1] as string)) place -= 1
  return place
}
