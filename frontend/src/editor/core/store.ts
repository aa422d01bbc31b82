import { byPlace, type DocRecord, isRegion, type RecordId, type RegionRecord, type RelationRecord } from './document'
import type { Transaction } from './transaction'

export type StoreListener = (transaction: Transaction) => void

/** Holds the records of one annotation. Records are immutable; `dispatch` is the only way to put others in. */
export class Store {
  private readonly records = new Map<RecordId, DocRecord>()
  private readonly listeners = new Set<StoreListener>()
  private ordered: readonly RecordId[] | null = null
  private linked: readonly RelationRecord[] | null = null
  private lastSeq = 0
  /** Grows with every transaction. */
  version = 0

  constructor(records: Iterable<DocRecord> = []) {
    for (const record of records) this.put(record)
  }

  /** Returns the record, or `undefined`. */
  get(id: RecordId): DocRecord | undefined {
    return this.records.get(id)
  }

  /** Returns the region, or `undefined` if there is none of this id. */
  region(id: RecordId): RegionRecord | undefined {
    const record = this.records.get(id)
    return isRegion(record) ? record : undefined
  }

  /** Returns the ids of all records in the order in which they are written. */
  order(): readonly RecordId[] {
    this.ordered ??= [...this.records.values()].sort(byPlace).map((record) => record.id)
    return this.ordered
  }

  /** Returns all records in the order in which they are written. */
  all(): DocRecord[] {
    return this.order().map((id) => this.records.get(id) as DocRecord)
  }

  /** Returns all regions in order of creation. */
  regions(): RegionRecord[] {
    return this.all().filter(isRegion)
  }

  /** Returns all links. */
  relations(): readonly RelationRecord[] {
    this.linked ??= this.all().filter((record): record is RelationRecord => record.kind === 'relation')
    return this.linked
  }

  /** Returns the place for a record that is about to be added. */
  nextSeq(): number {
    return this.lastSeq + 1
  }

  /** Throws if a record is not what a change says it is. */
  expect(transaction: Transaction): void {
    for (const [id, from] of transaction) {
      if ((this.records.get(id) ?? null) !== from) throw new Error(`Record ${id} is not what the change expects.`)
    }
  }

  /** Applies the changes and tells everyone; throws if a record is not what a change says it was. */
  dispatch(transaction: Transaction): void {
    if (transaction.length === 0) return
    this.expect(transaction)
    for (const [id, from, to] of transaction) {
      if (to === null) this.records.delete(id)
      else this.put(to)
      if (from === null || to === null || from.seq !== to.seq) this.ordered = null
      if (from?.kind === 'relation' || to?.kind === 'relation') this.linked = null
    }
    this.version += 1
    for (const listener of [...this.listeners]) listener(transaction)
  }

  /** Calls `listener` after every transaction until the returned function is called. */
  subscribe(listener: StoreListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private put(record: DocRecord): void {
    this.records.set(record.id, record)
    this.lastSeq = Math.max(this.lastSeq, record.seq)
  }
}
