import type { DocRecord, RecordId } from './document'

/** What happened to one record: `null` means that it does not exist. */
export type Change = readonly [id: RecordId, from: DocRecord | null, to: DocRecord | null]
export type Transaction = readonly Change[]

/** Returns the transaction that takes `transaction` back. */
export const invert = (transaction: Transaction): Transaction =>
  transaction.map(([id, from, to]): Change => [id, to, from]).reverse()

/** Returns one transaction that does what all of them do; changes that cancel out are left out. */
export function squash(transactions: Iterable<Transaction>): Transaction {
  const merged = new Map<RecordId, Change>()
  for (const transaction of transactions) mergeInto(merged, transaction)
  return settle(merged)
}

/** Adds the changes of `transaction` to `merged`, one entry a record. */
export function mergeInto(merged: Map<RecordId, Change>, transaction: Transaction): void {
  for (const change of transaction) {
    const [id, , to] = change
    const earlier = merged.get(id)
    merged.set(id, earlier ? [id, earlier[1], to] : change)
  }
}

/** Returns the changes in `merged` that change something. */
export const settle = (merged: ReadonlyMap<RecordId, Change>): Transaction =>
  [...merged.values()].filter(([, from, to]) => from !== to)
