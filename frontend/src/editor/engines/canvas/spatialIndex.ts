import RBush from 'rbush'
import type { Box, Point } from './plane'

interface Entry extends Box {
  readonly id: string
  readonly seq: number
}

/** Finds regions by place. */
export class SpatialIndex {
  private tree = new RBush<Entry>()
  private readonly entries = new Map<string, Entry>()

  /** Replaces everything. */
  load(items: Iterable<readonly [id: string, seq: number, bounds: Box]>): void {
    this.entries.clear()
    for (const [id, seq, bounds] of items) this.entries.set(id, { ...bounds, id, seq })
    this.tree = new RBush<Entry>()
    this.tree.load([...this.entries.values()])
  }

  /** Adds a region or moves it. */
  put(id: string, seq: number, bounds: Box): void {
    this.remove(id)
    const entry = { ...bounds, id, seq }
    this.entries.set(id, entry)
    this.tree.insert(entry)
  }

  /** Takes a region out. */
  remove(id: string): void {
    const entry = this.entries.get(id)
    if (!entry) return
    this.entries.delete(id)
    this.tree.remove(entry)
  }

  /** Returns the ids of regions whose bounds touch the box, lowest first. */
  within(box: Box): string[] {
    return this.tree
      .search(box)
      .sort((a, b) => a.seq - b.seq)
      .map((entry) => entry.id)
  }

  /** Returns the ids of regions whose bounds come within `reach` of a point, topmost first. */
  near({ x, y }: Point, reach: number): string[] {
    return this.within({ minX: x - reach, minY: y - reach, maxX: x + reach, maxY: y + reach }).reverse()
  }
}
