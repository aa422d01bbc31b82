import type { RecordId } from './document'
import type { Store } from './store'
import { type Change, invert, mergeInto, settle, squash, type Transaction } from './transaction'

interface Step {
  readonly id: number
  readonly name: string
  readonly changes: Map<RecordId, Change>
}

/** Points at the beginning of a step. */
export interface Mark {
  readonly step: number
}

/**
 * Undo and redo over a store. `mark` begins a step, everything dispatched after it belongs to that step, and `rollback`
 * takes back all since a mark. Steps without an effect leave no trace.
 */
export class History {
  private done: Step[] = []
  private undone: Step[] = []
  private lastId = 0

  constructor(private readonly store: Store) {}

  /** Begins a step. */
  mark(name: string): Mark {
    this.dropEmpty()
    this.lastId += 1
    this.done.push({ id: this.lastId, name, changes: new Map() })
    return { step: this.lastId }
  }

  /** Applies changes as part of the step begun last. */
  dispatch(transaction: Transaction): void {
    if (transaction.length === 0) return
    if (this.done.length === 0) this.mark('change')
    this.store.expect(transaction)
    const step = this.done[this.done.length - 1] as Step
    mergeInto(step.changes, transaction)
    this.undone = []
    // Last, so that whoever hears of the change finds the step in the history.
    this.store.dispatch(transaction)
  }

  /** Takes back everything since `mark`, without a trace. */
  rollback(mark: Mark): void {
    const at = this.done.findIndex((step) => step.id === mark.step)
    if (at < 0) return
    const dropped = this.done.splice(at)
    this.store.dispatch(invert(squash(dropped.map((step) => settle(step.changes)))))
  }

  /** Takes the last step back; returns its name, or `null` if there is none. */
  undo(): string | null {
    this.dropEmpty()
    const step = this.done.pop()
    if (!step) return null
    this.undone.push(step)
    this.store.dispatch(invert(settle(step.changes)))
    return step.name
  }

  /** Does the step taken back last again; returns its name, or `null`. */
  redo(): string | null {
    this.dropEmpty()
    const step = this.undone.pop()
    if (!step) return null
    this.done.push(step)
    this.store.dispatch(settle(step.changes))
    return step.name
  }

  /** Tells whether there is something to undo. */
  get canUndo(): boolean {
    return this.done.some((step) => settle(step.changes).length > 0)
  }

  /** Tells whether there is something to redo. */
  get canRedo(): boolean {
    return this.undone.length > 0
  }

  /** Identifies the present state: equal positions mean equal documents. */
  get position(): number {
    for (let at = this.done.length - 1; at >= 0; at -= 1) {
      const step = this.done[at] as Step
      if (settle(step.changes).length > 0) return step.id
    }
    return 0
  }

  /** Identifies the step that is being made; differs after undo and redo. */
  get openStep(): number {
    return this.done[this.done.length - 1]?.id ?? 0
  }

  /** Goes back to the first state, as one step that can be undone. */
  reset(name: string): void {
    const back = invert(squash(this.done.map((step) => settle(step.changes))))
    if (back.length === 0) return
    this.mark(name)
    this.dispatch(back)
  }

  private dropEmpty(): void {
    const last = this.done[this.done.length - 1]
    if (last && settle(last.changes).length === 0) this.done.pop()
  }
}
