import type { RecordId } from './document'
import { Observable } from './observable'

const NOTHING: ReadonlySet<RecordId> = new Set()

/** Which regions are selected. Not part of the document: selecting is no step to undo. */
export class Selection extends Observable<ReadonlySet<RecordId>> {
  constructor() {
    super(NOTHING)
  }

  /** Tells whether the region is selected. */
  has(id: RecordId): boolean {
    return this.get().has(id)
  }

  /** Returns the selected region if it is exactly one. */
  only(): RecordId | null {
    const ids = this.get()
    return ids.size === 1 ? ([...ids][0] as RecordId) : null
  }

  /** Selects exactly these regions. */
  select(ids: Iterable<RecordId>): void {
    const next = new Set(ids)
    const now = this.get()
    if (next.size === now.size && [...next].every((id) => now.has(id))) return
    this.set(next.size === 0 ? NOTHING : next)
  }

  /** Selects only this region; a second time unselects it. */
  click(id: RecordId): void {
    this.select(this.only() === id ? [] : [id])
  }

  /** Adds the region, or takes it out. */
  toggle(id: RecordId): void {
    const next = new Set(this.get())
    if (!next.delete(id)) next.add(id)
    this.select(next)
  }

  /** Selects the range of `order` from the region selected last to `id`. */
  extend(order: readonly RecordId[], id: RecordId): void {
    const last = [...this.get()].pop()
    const from = last === undefined ? -1 : order.indexOf(last)
    const to = order.indexOf(id)
    if (from < 0 || to < 0) {
      this.select([id])
      return
    }
    const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
    this.select([...range.filter((other) => other !== id), id])
  }

  /** Unselects everything. */
  clear(): void {
    this.select([])
  }

  /** Unselects regions that no longer exist. */
  keep(exists: (id: RecordId) => boolean): void {
    this.select([...this.get()].filter(exists))
  }
}
