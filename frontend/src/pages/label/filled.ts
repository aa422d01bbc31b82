/** Returns records that all have a list of results: the API keeps null for one that was made without any. */
export const filled = <Item, T extends { result: Item[] | null }>(records: readonly T[]) =>
  records.map((record) => ({ ...record, result: record.result ?? [] }))
