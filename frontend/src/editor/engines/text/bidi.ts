const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const LETTER = /\p{L}/u

/** Tells whether the letter at `at`, or the last one before it, is written from right to left. */
export function isRightToLeft(text: string, at: number): boolean {
  for (let place = at; place >= 0 && place > at - 50; place -= 1) {
    const char = text[place] ?? ''
    if (LETTER.test(char)) return RIGHT_TO_LEFT.test(char)
  }
  return false
}
