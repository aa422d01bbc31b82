import { byPlace, type DocRecord, type RecordId, type ResultItem } from './document'
import type { Json } from './json'
import { encodeResults } from './results'
import type { Transaction } from './transaction'

/** What became of one record; `null`: it is gone. */
export type JournalChange = readonly [id: RecordId, to: DocRecord | null]

/** What must be known to go on with an annotation after the page was lost. */
export interface JournalFacts {
  /** Name of the session, as `new:<uuid>` or `annotation:12`. */
  readonly key: string
  readonly annotationId: number | null
  readonly draftId: number | null
  readonly uniqueId: string
  readonly etag: string | null
  readonly parentPrediction: number | null
  readonly parentAnnotation: number | null
  readonly startedAt: string
  readonly leadTime: number
}

/** Work that was written down in the browser. `base` is the result list at the beginning, `changes` came after it. */
export interface JournalEntry extends JournalFacts {
  readonly base: readonly ResultItem[]
  readonly changes: readonly JournalChange[]
  /** How many steps the server does not have. */
  readonly unsent: number
  /** Time of the last change, in milliseconds. */
  readonly changedAt: number
}

/**
 * Where work is written down before it is sent. Entries of one person and one task share a `scope`.
 *
 * Calls are carried out in their order; each resolves when the data are safe.
 */
export interface Journal {
  read(scope: string): Promise<JournalEntry[]>
  /** Begins an entry anew. */
  begin(scope: string, entry: JournalEntry): Promise<void>
  /** Adds changes to an entry that was begun. */
  append(
    scope: string,
    key: string,
    changes: readonly JournalChange[],
    unsent: number,
    changedAt: number,
  ): Promise<void>
  /** Notes what the server has. */
  settle(scope: string, key: string, unsent: number, draftId: number | null): Promise<void>
  drop(scope: string, key: string): Promise<void>
}

/** Returns what is written down of a transaction. */
export const toJournal = (transaction: Transaction): JournalChange[] => transaction.map(([id, , to]) => [id, to])

/** Returns the result list that an entry stands for. */
export function replay(entry: JournalEntry, decode: (result: readonly Json[]) => readonly DocRecord[]): ResultItem[] {
  const records = new Map(decode(entry.base as readonly Json[]).map((record) => [record.id, record]))
  for (const [id, to] of entry.changes) {
    if (to === null) records.delete(id)
    else records.set(id, to)
  }
  return encodeResults([...records.values()].sort(byPlace))
}

/** Which of two versions of unfinished work is shown first. */
export type Winner = 'journal' | 'server'

/** Work that was never sent wins over a draft that is older; a draft saved later, on another device, wins over it. */
export function winner(entry: JournalEntry, draftAt: string | null): Winner {
  const saved = draftAt === null ? Number.NaN : Date.parse(draftAt)
  return Number.isNaN(saved) || saved <= entry.changedAt ? 'journal' : 'server'
}

/** A journal that lives as long as the page: for tests, and where the browser has no storage. */
export class MemoryJournal implements Journal {
  private readonly scopes = new Map<string, Map<string, JournalEntry>>()

  async read(scope: string): Promise<JournalEntry[]> {
    return [...this.of(scope).values()]
  }

  async begin(scope: string, entry: JournalEntry): Promise<void> {
    this.of(scope).set(entry.key, entry)
  }

  async append(
    scope: string,
    key: string,
    changes: readonly JournalChange[],
    unsent: number,
    changedAt: number,
  ): Promise<void> {
    this.edit(scope, key, (entry) => ({ ...entry, changes: [...entry.changes, ...changes], unsent, changedAt }))
  }

  async settle(scope: string, key: string, unsent: number, draftId: number | null): Promise<void> {
    this.edit(scope, key, (entry) => ({ ...entry, unsent, draftId }))
  }

  async drop(scope: string, key: string): Promise<void> {
    this.of(scope).delete(key)
  }

  private of(scope: string): Map<string, JournalEntry> {
    const entries = this.scopes.get(scope) ?? new Map<string, JournalEntry>()
    this.scopes.set(scope, entries)
    return entries
  }

  private edit(scope: string, key: string, change: (entry: JournalEntry) => JournalEntry): void {
    const entry = this.of(scope).get(key)
    if (entry) this.of(scope).set(key, change(entry))
  }
}
