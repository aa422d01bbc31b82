/** Returns the row that a key leads to from row `at` of `count`; null for keys that do not walk. */
export const nextRow = (key: string, at: number, count: number, pageRows: number): number | null => {
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + pageRows,
    PageUp: at - pageRows,
    Home: 0,
    End: count - 1,
  }
  const next = moves[key]
  return next === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, next))
}
