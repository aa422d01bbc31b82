/** The shapes of the HTTP API under short names. All come from the server's own description (`schema.gen.ts`). */
import type { components } from './schema.gen'

type Shapes = components['schemas']
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** What the description leaves open is JSON. */
type Known<T> = unknown extends T
  ? Json
  : T extends (infer Item)[]
    ? Known<Item>[]
    : T extends object
      ? { [Key in keyof T]: Known<T[Key]> }
      : T
export type Shape<Name extends keyof Shapes> = Known<Shapes[Name]>
type Certain<T, Key extends keyof T> = Omit<T, Key> & Required<Pick<T, Key>>

export type Page<T> = Omit<Shapes['Page_Job_'], 'results'> & { results: T[] }

export type UserSimple = Shape<'UserSimple'>
export type User = Shape<'User'>
export type Whoami = Shape<'Whoami'>
export type Role = Whoami['role']
export type Setup = Shape<'Setup'>
export type Member = Shape<'Member'>
export type Invitation = Shape<'Invitation'> & Partial<Shape<'NewInvitation'>>
export type AccessToken = Shape<'AccessToken'>
export type LegacyToken = Shape<'LegacyToken'>
export type AuditEntry = Shape<'AuditEntry'>

export type Project = Shape<'Project'>
export type ProjectFields = Partial<Project>
export type ProjectMember = Shape<'ProjectMember'>
export type Template = Shape<'Template'>
export type ConfigProblem = Shape<'ConfigProblem'>
export type ConfigCheck = Shape<'ConfigCheck'>
export type ConfigVersion = Shape<'ConfigVersion'>
export type TrashEntry = Shape<'TrashEntry'>
export type Job = Shape<'Job'>
export type JobState = Job['state']
export type RowError = Shape<'JobError'>

/** LS: an annotation that was made without a result keeps null. */
type WithResult<T> = Omit<T, 'result'> & { result: Json[] | null }
export type Annotation = WithResult<Omit<Shape<'Annotation'>, 'completed_by'>> & {
  completed_by: number | UserSimple | null
}
export type AnnotationVersion = WithResult<Shape<'AnnotationVersion'>>
export type Draft = WithResult<Shape<'Draft'>>
export type Prediction = WithResult<Shape<'Prediction'>>
/** A task in any of its forms: what all of them have, and what some add. */
export type Task = Certain<
  Omit<Shape<'TableTask'>, 'annotations' | 'updated_by' | 'file_upload'>,
  keyof Shape<'TaskWritten'> & keyof Omit<Shape<'TableTask'>, 'updated_by' | 'file_upload'>
> & {
  annotations: Annotation[]
  predictions: Prediction[]
  drafts: Draft[]
  updated_by?: Shape<'TableTask'>['updated_by'] | Shape<'TaskWritten'>['updated_by']
  file_upload: string | number | null
} & Partial<Pick<Shape<'NextTask'>, 'queue' | 'unique_lock_id'>>
export type TaskPage = Omit<Shape<'TaskPage'>, 'tasks'> & { tasks: Task[] }
export type Column = Shape<'Column'>
export type View = Omit<Shapes['ViewOut'], 'is_private'> & Partial<Pick<Shapes['ViewOut'], 'is_private'>>

export type ExportFormat = Shape<'ExportFormat'> & Partial<Shape<'ExportFormatWithLimits'>>
export type ExportSnapshot = Shape<'Export'>
