import type { DocRecord, RecordId, ResultItem } from './document'
import { History } from './history'
import { Observable } from './observable'
import { encodeResults } from './results'
import { Selection } from './selection'
import { Store } from './store'

export type SessionKind = 'annotation' | 'prediction' | 'version'

/** What is known of an annotation beside its results. */
export interface SessionInfo {
  /** Stable name: `new:<uuid>`, `annotation:<id>`, `prediction:<id>`, `version:<id>:<number>`. */
  readonly key: string
  readonly kind: SessionKind
  /** Id on the server; `null` before the first submission. */
  readonly id: number | null
  readonly uniqueId: string
  readonly draftId: number | null
  readonly etag: string | null
  readonly author: { readonly id: number | null; readonly name: string }
  readonly createdAt: string | null
  readonly updatedAt: string | null
  readonly draftAt: string | null
  readonly isSkipped: boolean
  readonly isGroundTruth: boolean
  readonly score: number | null
  readonly modelVersion: string | null
  readonly parentPrediction: number | null
  readonly parentAnnotation: number | null
  readonly leadTime: number
  readonly startedAt: string
}

const NONE: ReadonlySet<RecordId> = new Set()

/** One annotation, prediction or old version that is open in the editor, with its undo steps and its selection. */
export class Session {
  readonly store: Store
  readonly history: History
  readonly selection = new Selection()
  /** Hidden and locked regions; neither is stored. */
  readonly hidden = new Observable<ReadonlySet<RecordId>>(NONE)
  readonly locked = new Observable<ReadonlySet<RecordId>>(NONE)
  /** Whether the annotation is just being deleted or replaced. */
  readonly isBlocked = new Observable(false)
  /** Links whose arrows are not drawn. */
  readonly hiddenLinks = new Observable<ReadonlySet<RecordId>>(NONE)
  readonly info: Observable<SessionInfo>
  /** Position of the history that the server has as the annotation; `null`: it has none. */
  readonly submittedAt: Observable<number | null>

  constructor(info: SessionInfo, records: Iterable<DocRecord>, hasDraftChanges = false) {
    this.store = new Store(records)
    this.history = new History(this.store)
    this.info = new Observable(info)
    this.submittedAt = new Observable<number | null>(info.id === null || hasDraftChanges ? null : 0)
    this.store.subscribe(() => this.selection.keep((id) => this.store.region(id) !== undefined))
  }

  /** Name that stays the same while the session is open. */
  get key(): string {
    return this.info.get().key
  }

  /** Whether the regions may only be looked at. */
  get isReadonly(): boolean {
    return this.info.get().kind !== 'annotation' || this.isBlocked.get()
  }

  /** Whether the annotation differs from what was submitted. */
  get isChanged(): boolean {
    return this.submittedAt.get() !== this.history.position
  }

  /** Returns the result list. */
  results(): ResultItem[] {
    return encodeResults(this.store.all())
  }

  /** Calls `listener` after any change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    const ends = [
      this.store.subscribe(listener),
      this.selection.subscribe(listener),
      this.hidden.subscribe(listener),
      this.locked.subscribe(listener),
      this.hiddenLinks.subscribe(listener),
      this.isBlocked.subscribe(listener),
      this.info.subscribe(listener),
      this.submittedAt.subscribe(listener),
    ]
    return () => {
      for (const end of ends) end()
    }
  }
}
