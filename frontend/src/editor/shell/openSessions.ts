import { type Opener, presetResults } from '../core/editor'
import { newRegionId } from '../core/ids'
import type { Json } from '../core/json'
import { isObject } from '../core/json'
import type { Session, SessionInfo } from '../core/session'
import type { AnnotationRecord, DraftRecord, PredictionRecord, UserRef, VersionRecord } from '../host'
import type { EditorProps } from './props'

const EMPTY: Omit<SessionInfo, 'key' | 'kind' | 'uniqueId' | 'startedAt' | 'author'> = {
  id: null,
  draftId: null,
  etag: null,
  createdAt: null,
  updatedAt: null,
  draftAt: null,
  isSkipped: false,
  isGroundTruth: false,
  score: null,
  modelVersion: null,
  parentPrediction: null,
  parentAnnotation: null,
  leadTime: 0,
}

/** Returns a name for whoever did something. */
export function authorOf(ref: UserRef | null | undefined, name: string | null | undefined, user: EditorProps['user']) {
  const id = typeof ref === 'object' ? (ref?.id ?? null) : (ref ?? null)
  if (id === user.id) return { id, name: user.displayName }
  const told = (name ?? '').replace(/,?\s*\d+$/, '').trim()
  if (told !== '') return { id, name: told }
  if (typeof ref === 'object' && ref) {
    return { id, name: [ref.first_name, ref.last_name].filter(Boolean).join(' ') || ref.email || `#${id}` }
  }
  return { id, name: id === null ? '' : `#${id}` }
}

/** Returns what is known of a stored annotation. */
export function annotationInfo(editor: Opener, record: AnnotationRecord, user: EditorProps['user']): SessionInfo {
  return {
    ...EMPTY,
    key: `annotation:${record.id}`,
    kind: 'annotation',
    id: record.id,
    uniqueId: record.unique_id ?? crypto.randomUUID(),
    etag: record.etag ?? null,
    author: authorOf(record.completed_by, record.created_username, user),
    createdAt: record.created_at ?? null,
    updatedAt: record.updated_at ?? null,
    isSkipped: record.was_cancelled === true,
    isGroundTruth: record.ground_truth === true,
    parentPrediction: record.parent_prediction ?? null,
    parentAnnotation: record.parent_annotation ?? null,
    leadTime: record.lead_time ?? 0,
    startedAt: new Date(editor.now()).toISOString(),
  }
}

/** Opens a stored annotation, with the content of a draft of it if there is one. */
export function openAnnotation(
  editor: Opener,
  record: AnnotationRecord,
  draft: DraftRecord | undefined,
  user: EditorProps['user'],
): Session {
  const info = annotationInfo(editor, record, user)
  if (!draft) return editor.openResults(info, record.result)
  const withDraft = {
    ...info,
    draftId: draft.id,
    draftAt: draft.updated_at ?? draft.created_at ?? null,
    leadTime: draft.lead_time ?? info.leadTime,
  }
  return editor.openResults(withDraft, draft.result, true)
}

/** Opens a prediction; it can only be looked at. */
export const openPrediction = (editor: Opener, record: PredictionRecord): Session =>
  editor.openResults(
    {
      ...EMPTY,
      key: `prediction:${record.id}`,
      kind: 'prediction',
      id: record.id,
      uniqueId: '',
      author: { id: null, name: record.model_version ?? '' },
      createdAt: record.created_at ?? null,
      updatedAt: record.created_at ?? null,
      score: record.score ?? null,
      modelVersion: record.model_version ?? null,
      startedAt: '',
    },
    record.result,
  )

/** Begins an annotation. */
export function openNew(
  editor: Opener,
  user: EditorProps['user'],
  result: readonly Json[] | null = null,
  facts: Partial<SessionInfo> = {},
): Session {
  const uniqueId = facts.uniqueId ?? crypto.randomUUID()
  const info: SessionInfo = {
    ...EMPTY,
    key: `new:${uniqueId}`,
    kind: 'annotation',
    uniqueId,
    author: { id: user.id, name: user.displayName },
    startedAt: new Date(editor.now()).toISOString(),
    ...facts,
  }
  return editor.openResults(info, result ?? (presetResults(editor.config, editor.registry) as Json[]))
}

/** Returns a copy of a result list under new region ids, marked as coming from `origin`. */
export function copiedResults(result: readonly Json[], origin: 'prediction' | null): Json[] {
  const ids = new Map<Json | undefined, string>()
  const renamed = (id: Json | undefined): string => {
    const known = ids.get(id) ?? newRegionId()
    if (id !== undefined) ids.set(id, known)
    return known
  }
  return result.map((item): Json => {
    if (!isObject(item)) return item
    if (item.type === 'relation') return { ...item, from_id: renamed(item.from_id), to_id: renamed(item.to_id) }
    const { readonly: _, ...rest } = item
    return {
      ...rest,
      id: renamed(item.id),
      ...(item.parentID ? { parentID: renamed(item.parentID) } : {}),
      ...(origin ? { origin } : {}),
    }
  })
}

/** Begins an annotation as a copy of a prediction. */
export const openFromPrediction = (editor: Opener, prediction: PredictionRecord, user: EditorProps['user']): Session =>
  openNew(editor, user, copiedResults(prediction.result, 'prediction'), { parentPrediction: prediction.id })

/** Returns when a draft was saved, in milliseconds. */
export const savedAt = (draft: DraftRecord): number => Date.parse(draft.updated_at ?? draft.created_at ?? '') || 0

/** Opened annotations and predictions of a task, and the one to show first. */
export interface Opened {
  readonly sessions: Session[]
  readonly first: Session
}

/** Opens what belongs to the task (`editor.md` E1: which annotation is opened). */
export function openTask(editor: Opener, props: EditorProps): Opened {
  const { annotations, predictions, drafts = [], user } = props
  const isStream = props.mode === 'stream'
  // A page that went away may have made a draft twice: the one saved last counts.
  const draftOf = (id: number | null) =>
    drafts.filter((draft) => (draft.annotation ?? null) === id).sort((a, b) => savedAt(b) - savedAt(a))[0]
  const stored = annotations
    .filter(
      (record) =>
        !isStream || record.id === props.annotationId || authorOf(record.completed_by, null, user).id === user.id,
    )
    .map((record) => openAnnotation(editor, record, draftOf(record.id), user))
  const newDraft = draftOf(null)
  const own = newDraft
    ? openNew(editor, user, newDraft.result, {
        draftId: newDraft.id,
        draftAt: newDraft.updated_at ?? newDraft.created_at ?? null,
        leadTime: newDraft.lead_time ?? 0,
      })
    : null
  const shownPredictions = isStream ? [] : predictions.map((record) => openPrediction(editor, record))
  const wanted = stored.find((session) => session.info.get().id === props.annotationId)
  const changed = [...stored].reverse().find((session) => session.info.get().draftId !== null)
  const last = isStream ? undefined : stored[stored.length - 1]
  const existing = wanted ?? own ?? changed ?? last
  const source = existing ? undefined : chosenPrediction(props)
  const first = existing ?? (source ? openFromPrediction(editor, source, user) : openNew(editor, user))
  const fresh = own ?? (existing ? null : first)
  return { sessions: [...stored, ...(fresh ? [fresh] : []), ...shownPredictions], first }
}

function chosenPrediction({ predictions, fromPrediction = false }: EditorProps): PredictionRecord | undefined {
  if (fromPrediction === false) return undefined
  return predictions.find((record) => record.model_version === fromPrediction) ?? predictions[0]
}

/** Opens an earlier version of an annotation; it can only be looked at. */
export const openVersion = (editor: Opener, id: number, version: VersionRecord, user: EditorProps['user']): Session =>
  editor.openResults(
    {
      ...EMPTY,
      key: `version:${id}:${version.number}`,
      kind: 'version',
      id,
      uniqueId: '',
      author: authorOf(version.created_by, null, user),
      createdAt: version.created_at,
      updatedAt: version.created_at,
      startedAt: '',
    },
    version.result,
  )
