/** Returns the list with one entry moved by some places. */
export const moved = <T>(list: readonly T[], entry: T, by: number): T[] => {
  const from = list.indexOf(entry)
  if (from < 0) return [...list]
  const rest = list.filter((other) => other !== entry)
  const to = Math.min(rest.length, Math.max(0, from + by))
  return [...rest.slice(0, to), entry, ...rest.slice(to)]
}

/** Returns the list with one entry put where another one stands. */
export const movedTo = <T>(list: readonly T[], entry: T, target: T): T[] =>
  moved(list, entry, list.indexOf(target) - list.indexOf(entry))
