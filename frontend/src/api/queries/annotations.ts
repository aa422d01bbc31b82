import { get, post, remove, send } from '../client'
import type { Annotation, AnnotationVersion, Draft, Json } from '../types'

export interface AnnotationFields {
  result: readonly Json[]
  lead_time?: number
  was_cancelled?: boolean
  draft_id?: number
  unique_id?: string
  parent_prediction?: number
  parent_annotation?: number
}

export interface Stored<T> {
  record: T
  etag: string | null
}

/** Stores a new annotation; `key` makes sending it twice safe. */
export const createAnnotation = async (
  task: number,
  fields: AnnotationFields,
  key?: string,
): Promise<Stored<Annotation>> => {
  const answer = await send<Annotation>('POST', `/api/tasks/${task}/annotations/`, {
    body: fields,
    idempotencyKey: key,
  })
  return { record: answer.data, etag: answer.etag }
}

export const readAnnotation = async (id: number): Promise<Stored<Annotation>> => {
  const answer = await send<Annotation>('GET', `/api/annotations/${id}/`)
  return { record: answer.data, etag: answer.etag }
}

/** Replaces an annotation, only if it is still the version that `etag` names. */
export const updateAnnotation = async (
  id: number,
  fields: Partial<AnnotationFields>,
  etag: string | null,
): Promise<Stored<Annotation>> => {
  const answer = await send<Annotation>('PATCH', `/api/annotations/${id}/`, { body: fields, ifMatch: etag })
  return { record: answer.data, etag: answer.etag }
}

export const setGroundTruth = async (id: number, ground_truth: boolean): Promise<Stored<Annotation>> => {
  const answer = await send<Annotation>('PATCH', `/api/annotations/${id}/`, { body: { ground_truth } })
  return { record: answer.data, etag: answer.etag }
}

export const deleteAnnotation = (id: number) => remove(`/api/annotations/${id}/`)

export interface DraftFields {
  result: readonly Json[]
  lead_time?: number
  was_postponed?: boolean
}

export const createDraft = async (
  task: number,
  annotation: number | null,
  fields: DraftFields,
  keepalive = false,
): Promise<Draft> => {
  const path = annotation === null ? `/api/tasks/${task}/drafts` : `/api/tasks/${task}/annotations/${annotation}/drafts`
  return (await send<Draft>('POST', path, { body: fields, keepalive })).data
}

export const updateDraft = async (id: number, fields: DraftFields, keepalive = false): Promise<Draft> =>
  (await send<Draft>('PATCH', `/api/drafts/${id}/`, { body: fields, keepalive })).data

export const deleteDraft = (id: number) => remove(`/api/drafts/${id}/`)

export const listVersions = (id: number): Promise<AnnotationVersion[]> => get(`/api/annotations/${id}/versions/`)

export const restoreVersion = (id: number, number: number): Promise<Annotation> =>
  post(`/api/annotations/${id}/versions/${number}/restore/`)
