import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { address, get, post, remove } from '../client'
import { hasStatus } from '../errors'
import type { Column, Shape, Task, TaskPage } from '../types'
import { type ChosenTasks, selectedItems, type TaskQuery } from './filters'

/** A list of tasks that is read page by page. `isFull`: with whole annotations and predictions. */
export interface TaskSource {
  project: number
  query: TaskQuery
  pageSize: number
  isFull: boolean
}

export const tasksKey = (project: number) => ['tasks', project] as const
export const taskPageKey = ({ project, ...rest }: TaskSource, page: number) =>
  [...tasksKey(project), 'page', rest, page] as const
export const taskKey = (id: number) => ['task', id] as const

const EMPTY: TaskPage = { total: 0, total_annotations: 0, total_predictions: 0, tasks: [] }

/** Returns a question to the task table as its address carries it; nothing for all tasks in their own order. */
export const queryText = ({ filters, ordering }: TaskQuery): string | undefined =>
  filters.items.length === 0 && ordering.length === 0 ? undefined : JSON.stringify({ filters, ordering })

/** Returns one page of tasks; a page past the end is empty. */
export const fetchTaskPage = async (source: TaskSource, page: number, signal?: AbortSignal): Promise<TaskPage> => {
  const { project, query, pageSize, isFull } = source
  const fields = isFull ? 'all' : undefined
  const asked = { project, page, page_size: pageSize, fields, totals: 'quick', query: queryText(query) }
  try {
    return await get<TaskPage>('/api/tasks/', asked, signal)
  } catch (error) {
    if (hasStatus(error, 404) && page > 1) return EMPTY
    throw error
  }
}

export type Totals = Shape<'Totals'>

/** Returns how many tasks a question means exactly, for when the first page gave a lower bound only. */
export const useExactTotals = (project: number, query: TaskQuery, enabled: boolean) =>
  useQuery({
    queryKey: [...tasksKey(project), 'totals', query],
    queryFn: ({ signal }) => get<Totals>('/api/dm/totals/', { project, query: queryText(query) }, signal),
    enabled,
    staleTime: 30_000,
  })

/** Returns the place of a task in the list that a question means, from 0 on; null if it is not in it. */
export const useTaskPosition = (project: number, query: TaskQuery, task: number | undefined, enabled: boolean) =>
  useQuery({
    queryKey: [...tasksKey(project), 'position', query, task ?? 0],
    queryFn: async () =>
      (await get<{ index: number | null }>('/api/dm/position/', { project, task, query: queryText(query) })).index,
    enabled: enabled && task !== undefined,
    staleTime: 60_000,
  })

export const useColumns = (project: number) =>
  useQuery({
    queryKey: [...tasksKey(project), 'columns'],
    queryFn: async () => (await get<{ columns: Column[] }>('/api/dm/columns/', { project, every: true })).columns,
    staleTime: 60_000,
  })

export const fetchTask = (id: number): Promise<Task> => get<Task>(`/api/tasks/${id}/`)

export const useTask = (id: number) =>
  useQuery({ queryKey: taskKey(id), queryFn: () => fetchTask(id), staleTime: 0, refetchOnWindowFocus: false })

/** Returns the task the server hands out next to the caller; null when nothing is left. */
export const fetchNextTask = async (project: number): Promise<Task | null> => {
  try {
    return await get<Task>(`/api/projects/${project}/next/`)
  } catch (error) {
    if (hasStatus(error, 404)) return null
    throw error
  }
}

/** Returns the task that comes next among those chosen, as the list shows them; null when nothing is left. */
export const fetchNextOf = async (project: number, query: TaskQuery, chosen: ChosenTasks): Promise<Task | null> => {
  const body = { filters: query.filters, ordering: query.ordering, selectedItems: selectedItems(chosen) }
  try {
    return await post<Task>('/api/dm/actions/', body, { id: 'next_task', project })
  } catch (error) {
    if (hasStatus(error, 404)) return null
    throw error
  }
}

export const useDeleteAllTasks = (project: number) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => remove(`/api/projects/${project}/tasks/`),
    onSettled: () => refreshProject(client, project),
  })
}

/** Marks everything shown of a project as old: its tasks, columns and counters. */
export const refreshProject = async (client: ReturnType<typeof useQueryClient>, project: number): Promise<void> => {
  await Promise.all([
    client.invalidateQueries({ queryKey: tasksKey(project) }),
    client.invalidateQueries({ queryKey: ['project', project] }),
    client.invalidateQueries({ queryKey: ['projects'] }),
  ])
}

/** Returns where a small picture of an image can be fetched. */
export const thumbnailOf = (task: number, key: string, size = 128): string =>
  address(`/api/tasks/${task}/thumbnail/`, { key, size })
