const LEAST = 0.6

/** Returns the word most like `text`, if it is alike enough to be meant; of equals the later one. */
export function closeMatch(text: string, words: readonly string[]): string | null {
  let best: string | null = null
  let score = LEAST
  for (const word of words) {
    const now = similarity(word, text)
    if (now > score || (now === score && (best === null || word > best))) {
      best = word
      score = now
    }
  }
  return best
}

/** Returns twice the matching characters over all characters (Ratcliff and Obershelp), as Python's `difflib` does. */
export function similarity(a: string, b: string): number {
  return a.length + b.length === 0 ? 1 : (2 * matching(a, b)) / (a.length + b.length)
}

function matching(a: string, b: string): number {
  let [length, atA, atB] = [0, 0, 0]
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < b.length; j += 1) {
      let k = 0
      while (i + k < a.length && a[i + k] === b[j + k]) k += 1
      if (k > length) [length, atA, atB] = [k, i, j]
    }
  }
  if (length === 0) return 0
  return length + matching(a.slice(0, atA), b.slice(0, atB)) + matching(a.slice(atA + length), b.slice(atB + length))
}
