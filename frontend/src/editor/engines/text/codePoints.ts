/**
 * Converts between offsets in UTF-16 code units, as JavaScript counts, and in code points, as results store them.
 *
 * Only the places of characters outside the basic plane are remembered, so plain text costs nothing.
 */
export class CodePoints {
  /** UTF-16 offsets of the second halves of surrogate pairs. */
  private readonly seconds: readonly number[]

  constructor(text: string) {
    const seconds: number[] = []
    for (const match of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) seconds.push(match.index + 1)
    this.seconds = seconds
  }

  /** Returns the offset in code points; an offset inside a pair counts as behind it. */
  fromUnits(units: number): number {
    return units - countBelow(this.seconds, units)
  }

  /** Returns the offset in code units. */
  toUnits(points: number): number {
    let [low, high] = [0, this.seconds.length]
    while (low < high) {
      const middle = (low + high) >> 1
      // The pair at `middle` lies wholly before the point if its second half, counted in points, does.
      if ((this.seconds[middle] as number) - middle <= points) low = middle + 1
      else high = middle
    }
    return points + low
  }
}

/** Returns how many of the sorted numbers are below `limit`. */
function countBelow(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < limit) low = middle + 1
    else high = middle
  }
  return low
}
