import type { ResultItem } from './core/document'
import type { Json } from './core/json'
import type { OwnItemHost } from './core/ownItems'

export type { OwnItem, OwnItemHost } from './core/ownItems'
export { PartialAnswerError } from './core/suggestions'

/** Who did something, as the API tells it. */
export type UserRef =
  | number
  | { readonly id?: number; readonly email?: string; readonly first_name?: string; readonly last_name?: string }

/** An annotation as the API gives it; keys the editor does not use are left alone. */
export interface AnnotationRecord {
  readonly id: number
  readonly result: readonly Json[]
  readonly completed_by?: UserRef | null
  readonly created_username?: string | null
  readonly created_at?: string | null
  readonly updated_at?: string | null
  readonly was_cancelled?: boolean
  readonly ground_truth?: boolean
  readonly lead_time?: number | null
  readonly unique_id?: string | null
  readonly parent_prediction?: number | null
  readonly parent_annotation?: number | null
  /** Version of the record; sent back with an update so that nobody's work is overwritten unseen. */
  readonly etag?: string | null
}

/** A prediction as the API gives it. */
export interface PredictionRecord {
  readonly id: number
  readonly result: readonly Json[]
  readonly model_version?: string | null
  readonly score?: number | null
  readonly created_at?: string | null
}

/** A draft as the API gives it; `annotation` is `null` for a new annotation. */
export interface DraftRecord {
  readonly id: number
  readonly result: readonly Json[]
  readonly annotation?: number | null
  readonly lead_time?: number | null
  readonly created_at?: string | null
  readonly updated_at?: string | null
  readonly was_postponed?: boolean
}

/** An earlier version of an annotation. */
export interface VersionRecord {
  readonly number: number
  readonly result: readonly Json[]
  readonly action: string
  readonly created_at: string
  readonly created_by?: UserRef | null
}

/** What is sent when work is saved, in the words of the API. */
export interface SavePayload {
  readonly taskId: number
  readonly result: readonly ResultItem[]
  readonly lead_time: number
  readonly started_at: string
  readonly draft_id: number | null
  readonly parent_prediction: number | null
  readonly parent_annotation: number | null
  /** Stays the same when sending is repeated: usable as `Idempotency-Key`. */
  readonly unique_id: string
  readonly was_cancelled?: boolean
}

export interface DraftPayload extends SavePayload {
  /** The annotation that is being changed; `null` for a new one. */
  readonly annotationId: number | null
  readonly was_postponed?: boolean
  /** The page is going away: send with `keepalive`. */
  readonly isLast?: boolean
}

/** Somebody else changed the annotation meanwhile. `current` is what the server has. */
export class ConflictError extends Error {
  constructor(readonly current: AnnotationRecord) {
    super('The annotation was changed meanwhile.')
    this.name = 'ConflictError'
  }
}

/** The server answered that it will not take this (400, 403, 404 …): sending the same again is of no use. */
export class RefusedError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RefusedError'
  }
}

/**
 * What the page that embeds the editor does for it. The editor knows no server.
 *
 * Throw `ConflictError` or `RefusedError` where they fit; any other error counts as a failure that may pass, and the
 * editor keeps the work and tries again.
 */
export interface EditorHost extends OwnItemHost {
  saveDraft(payload: DraftPayload): Promise<{ readonly id: number }>
  deleteDraft?(draftId: number): Promise<void>
  submit(payload: SavePayload): Promise<AnnotationRecord>
  update(id: number, payload: SavePayload, etag?: string | null): Promise<AnnotationRecord>
  /** Saves as skipped; `id` is set if the annotation exists. */
  skip?(payload: SavePayload, id: number | null): Promise<AnnotationRecord>
  deleteAnnotation?(id: number): Promise<void>
  setGroundTruth?(id: number, isGroundTruth: boolean): Promise<AnnotationRecord>
  listVersions?(id: number): Promise<readonly VersionRecord[]>
  restoreVersion?(id: number, number: number): Promise<AnnotationRecord>
  /** Asks the connected model about regions that were drawn as prompts; resolves with the results it proposes. Throw
   * `PartialAnswerError` if several models were asked and not all of them answered. */
  predictInteractively?(taskId: number, prompts: readonly ResultItem[]): Promise<readonly Json[]>
  /** Tells whether leaving this task for the next one puts it off for later: it is the newest of the stream. */
  postpones?(): boolean
  /** Goes to another task; called after everything is saved. */
  next?(): void | Promise<void>
  previous?(): void | Promise<void>
  /** Leaves the task list's stream; offered as "Submit and exit". */
  exit?(): void | Promise<void>
  /** Called after a submit, update or skip was taken. */
  onSaved?(annotation: AnnotationRecord, kind: 'submit' | 'update' | 'skip'): void | Promise<void>
  /** Returns the address that opens an annotation with a region selected; unset: there is none to copy. */
  linkTo?(annotationId: number | null, regionId: string | null): string
  /** Called when another annotation is shown: `null` for one that is new, or a prediction. */
  onOpen?(annotationId: number | null): void
  /** Called with the page of a Repeater that is shown, counted from 1. */
  onViewPage?(page: number): void
}
