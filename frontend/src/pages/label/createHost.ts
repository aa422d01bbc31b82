import { ApiError } from '@/api/errors'
import * as api from '@/api/queries/annotations'
import { askModels } from '@/api/queries/stream'
import type { Annotation, Json } from '@/api/types'
import type { ResultItem } from '@/editor'
import {
  type AnnotationRecord,
  ConflictError,
  type DraftPayload,
  type EditorHost,
  type OwnItemHost,
  PartialAnswerError,
  RefusedError,
  type SavePayload,
} from '@/editor/host'
import { filled } from './filled'

/** What the page does when the editor asks to go on, and where it keeps what people add to trees. */
export interface Moves extends OwnItemHost {
  next?: () => void | Promise<void>
  previous?: () => void | Promise<void>
  onSaved?: EditorHost['onSaved']
  onOpen?: EditorHost['onOpen']
  onViewPage?: EditorHost['onViewPage']
  postpones?: EditorHost['postpones']
  exit?: EditorHost['exit']
  linkTo?: EditorHost['linkTo']
  maySkip: boolean
  /** The models that are asked while somebody draws. */
  models?: readonly number[]
}

/** Refusals for which sending the same again may help after all. */
const PASSING = [408, 429, 503, 507]

const withEtag = ({ record, etag }: api.Stored<Annotation>): AnnotationRecord => ({
  ...record,
  result: record.result ?? [],
  etag,
})

const isPassing = (error: ApiError): boolean => error.status >= 500 || PASSING.includes(error.status)

/** Runs a request and turns the server's refusals into those that the editor knows. */
const asked = async <T>(run: () => Promise<T>): Promise<T> => {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof ApiError) || isPassing(error)) throw error
    if (error.status === 412) throw await conflictOf(error)
    throw new RefusedError(error.message)
  }
}

/** The annotation as the server has it comes with the refusal; its ETag is read, so that it can be changed again. */
const conflictOf = async (error: ApiError): Promise<Error> => {
  const current = error.current as Annotation | undefined
  return current ? new ConflictError(withEtag(await api.readAnnotation(current.id))) : error
}

const fieldsOf = (payload: SavePayload): api.AnnotationFields => ({
  result: payload.result as unknown as Json[],
  lead_time: payload.lead_time,
  was_cancelled: payload.was_cancelled ?? false,
  ...(payload.draft_id === null ? {} : { draft_id: payload.draft_id }),
})

const newFieldsOf = (payload: SavePayload): api.AnnotationFields => ({
  ...fieldsOf(payload),
  unique_id: payload.unique_id,
  ...(payload.parent_prediction === null ? {} : { parent_prediction: payload.parent_prediction }),
  ...(payload.parent_annotation === null ? {} : { parent_annotation: payload.parent_annotation }),
})

const draftFieldsOf = (payload: DraftPayload): api.DraftFields => ({
  result: payload.result as unknown as Json[],
  lead_time: payload.lead_time,
  was_postponed: payload.was_postponed ?? false,
})

const saveDraft = async (payload: DraftPayload): Promise<{ id: number }> => {
  const fields = draftFieldsOf(payload)
  if (payload.draft_id !== null) {
    try {
      return await api.updateDraft(payload.draft_id, fields, payload.isLast)
    } catch (error) {
      // The draft is gone when its annotation was saved elsewhere: the work becomes a new one.
      if (!(error instanceof ApiError && error.status === 404)) throw error
    }
  }
  return api.createDraft(payload.taskId, payload.annotationId, fields, payload.isLast)
}

/** Returns what the editor needs from us, answered by the API. */
export const createHost = ({ maySkip, models = [], ...moves }: Moves): EditorHost => {
  const create = async (payload: SavePayload) =>
    withEtag(await api.createAnnotation(payload.taskId, newFieldsOf(payload), payload.unique_id))
  const change = async (id: number, payload: SavePayload, etag?: string | null) =>
    withEtag(await api.updateAnnotation(id, fieldsOf(payload), etag ?? null))
  const skipped = (payload: SavePayload): SavePayload => ({ ...payload, was_cancelled: true })
  return {
    ...moves,
    saveDraft: (payload) => asked(() => saveDraft(payload)),
    deleteDraft: (id) => asked(async () => void (await api.deleteDraft(id))),
    submit: (payload) => asked(() => create(payload)),
    update: (id, payload, etag) => asked(() => change(id, payload, etag)),
    ...(maySkip && {
      skip: (payload: SavePayload, id: number | null) =>
        asked(() => (id === null ? create(skipped(payload)) : change(id, skipped(payload)))),
    }),
    ...(models.length > 0 && {
      predictInteractively: async (task: number, prompts: readonly ResultItem[]) => {
        const { items, problem } = await askModels(models, task, prompts as unknown as Json[])
        if (problem !== null) throw new PartialAnswerError(problem, items)
        return items
      },
    }),
    deleteAnnotation: (id) => asked(async () => void (await api.deleteAnnotation(id))),
    setGroundTruth: (id, isGroundTruth) => asked(async () => withEtag(await api.setGroundTruth(id, isGroundTruth))),
    listVersions: (id) => asked(async () => filled(await api.listVersions(id))),
    restoreVersion: (id, number) =>
      asked(async () => {
        await api.restoreVersion(id, number)
        return withEtag(await api.readAnnotation(id))
      }),
  }
}
