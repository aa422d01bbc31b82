import { useQuery } from '@tanstack/react-query'
import { get, post } from '../client'
import type { Job, Json, Shape } from '../types'
import { type ChosenTasks, selectedItems, type TaskQuery } from './filters'
import { jobOver } from './jobs'

/** Something that can be done to the selected tasks. */
export type BulkAction = Shape<'Action'>
/** An option that names a control is offered for that control only. */
export type FormOption = Shape<'FormOption'>
/** A value that an action asks for; the placeholder says what an empty field means. */
export type FormField = Shape<'FormField'>
export type ActionPreview = Shape<'ActionPreview'>

/** Which tasks an action is for: the question of the table, and which of its tasks were chosen. */
export interface ActionTarget {
  project: number
  query: TaskQuery
  chosen: ChosenTasks
}

const bodyOf = ({ query, chosen }: ActionTarget, values: Readonly<Record<string, Json>>) => ({
  ...values,
  filters: query.filters,
  ordering: query.ordering,
  selectedItems: selectedItems(chosen),
})

export const useActions = (project: number, enabled: boolean) =>
  useQuery({
    queryKey: ['actions', project],
    queryFn: () => get<BulkAction[]>('/api/dm/actions/', { project }),
    enabled,
    staleTime: 300_000,
  })

/** Returns the fields that an action asks for. */
export const useActionForm = (project: number, action: BulkAction) =>
  useQuery({
    queryKey: ['action-form', project, action.id],
    queryFn: async () => {
      const groups = await get<{ columnCount: number; fields: FormField[] }[]>(`/api/dm/actions/${action.id}/form/`, {
        project,
      })
      return groups.flatMap((group) => group.fields)
    },
    enabled: action.dialog.form !== undefined,
    gcTime: 0,
  })

export const useActionPreview = (
  target: ActionTarget,
  action: BulkAction,
  values: Readonly<Record<string, Json>>,
  enabled: boolean,
) =>
  useQuery({
    queryKey: ['action-preview', target.project, action.id, bodyOf(target, values)],
    queryFn: () =>
      post<ActionPreview>('/api/dm/actions/', bodyOf(target, values), {
        id: action.id,
        project: target.project,
        mode: 'preview',
      }),
    enabled,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/** What came of an action: a job that goes on, or, for those that are done at once, what they say and made. */
export type Started = Partial<Shape<'JobStarted'>> & { view?: number; detail?: string }

/** Starts an action as a job where it can be one. */
export const startAction = async (
  target: ActionTarget,
  action: Pick<BulkAction, 'id'>,
  values: Readonly<Record<string, Json>>,
): Promise<Started> => {
  const query = { id: action.id, project: target.project, mode: 'job' }
  return post<Started>('/api/dm/actions/', bodyOf(target, values), query)
}

/** What undoing brought back, and what it left because somebody changed it since. */
export interface Undone {
  restored: number
  passed_over?: number
}

/** Takes back what a job did. Much is the work of another job, which is waited for. */
export const undoJob = async (project: number, job: Job['id']): Promise<Undone> => {
  const answer = await post<Undone | Shape<'JobStarted'>>('/api/dm/undo/', { project, job: String(job) })
  if ('restored' in answer) return answer
  const over = await jobOver(answer.job.id)
  if (over.state !== 'completed') throw new Error(over.error || over.state)
  return over.result as unknown as Undone
}
