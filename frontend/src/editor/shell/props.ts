import type { KeyMap } from '../core/commands'
import type { Journal } from '../core/journal'
import type { JsonObject } from '../core/json'
import type { EditorSettings } from '../core/settings'
import type { AnnotationRecord, DraftRecord, EditorHost, PredictionRecord } from '../host'

/** What a page gives the editor. */
export interface EditorProps {
  readonly config: string
  readonly task: { readonly id: number; readonly data: JsonObject }
  readonly annotations: readonly AnnotationRecord[]
  readonly predictions: readonly PredictionRecord[]
  readonly drafts?: readonly DraftRecord[]
  readonly user: { readonly id: number; readonly displayName: string }
  readonly host: EditorHost
  /** `stream` opens the person's own work and offers skip and next; `quick` shows all annotations of the task. */
  readonly mode?: 'quick' | 'stream'
  /** Parts of the page, by the names of `editor.md` E2; unset: all that suit the mode and the host. */
  readonly interfaces?: readonly string[]
  /** Parts beside those, as `annotations:deny-empty`. */
  readonly extraInterfaces?: readonly string[]
  /** Annotation to open first. */
  readonly annotationId?: number | null
  /** Region to select first. */
  readonly regionId?: string | null
  /** Page of a Repeater to show first, counted from 1. */
  readonly viewPage?: number | null
  /** Whether a new annotation begins as a copy of a prediction; a text names the model version. */
  readonly fromPrediction?: boolean | string
  readonly settings?: Partial<EditorSettings>
  readonly keyMap?: KeyMap
  /** Instructions for annotators: HTML. */
  readonly instruction?: string
  readonly opensInstruction?: boolean
  /** Place in the queue. */
  readonly counter?: { readonly at: number; readonly total: number }
  /** Whether the model is always asked, and what it says accepted at once, whatever the person's settings. */
  readonly alwaysAsksModel?: boolean
  /** Hands over predictions that come after the task was opened; returns how to end that. */
  readonly watchPredictions?: (take: (records: readonly PredictionRecord[]) => void) => () => void
  /** Where unsent work is kept; unset: in the browser. */
  readonly journal?: Journal
}
