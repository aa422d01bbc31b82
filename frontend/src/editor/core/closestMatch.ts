const CUTOFF = 0.6

/** Returns the one of `words` that is most like `word`, or `null` if none is like it (Python: `difflib.get_close_matches`). */
export function closestMatch(word: string, words: readonly string[]): string | null {
  let best: string | null = null
  let score = CUTOFF
  for (const candidate of words) {
    const found = likeness(candidate, word)
    if (found > score || (found === score && (best === null || candidate > best))) {
      best = candidate
      score = found
    }
  }
  return best
}

/** Returns how alike two words are, from 0 to 1: twice the letters in common parts over all letters. */
export function likeness(a: string, b: string): number {
  const length = a.length + b.length
  return length === 0 ? 1 : (2 * common(a, b)) / length
}

/** Returns how many letters the longest common part has, with those to its left and to its right. */
function common(a: string, b: string): number {
  const [atA, atB, size] = longestPart(a, b)
  if (size === 0) return 0
  return size + common(a.slice(0, atA), b.slice(0, atB)) + common(a.slice(atA + size), b.slice(atB + size))
}

/** Returns where the first longest common part begins in both words, and how long it is. */
function longestPart(a: string, b: string): readonly [atA: number, atB: number, size: number] {
  let best: readonly [number, number, number] = [0, 0, 0]
  let above = new Array<number>(b.length + 1).fill(0)
  for (let i = 0; i < a.length; i += 1) {
    const row = new Array<number>(b.length + 1).fill(0)
    for (let j = 0; j < b.length; j += 1) {
      if (a[i] !== b[j]) continue
      const size = (above[j] as number) + 1
      row[j + 1] = size
      if (size > best[2]) best = [i - size + 1, j - size + 1, size]
    }
    above = row
  }
  return best
}
