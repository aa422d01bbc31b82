import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { address, get, post, remove } from '../client'
import { hasStatus } from '../errors'
import type { Column, Page, Task, TaskPage, TrashEntry } from '../types'

export const PAGE_SIZE = 100
export const tasksKey = (project: number) => ['tasks', project] as const
export const taskPageKey = (project: number, page: number) => [...tasksKey(project), 'page', page] as const
export const taskKey = (id: number) => ['task', id] as const

const EMPTY: TaskPage = { total: 0, total_annotations: 0, total_predictions: 0, tasks: [] }

/** Returns one page of a project's tasks; a page past the end is empty. */
export const fetchTaskPage = async (project: number, page: number, signal?: AbortSignal): Promise<TaskPage> => {
  try {
    return await get<TaskPage>('/api/tasks/', { project, page, page_size: PAGE_SIZE }, signal)
  } catch (error) {
    if (hasStatus(error, 404) && page > 1) return EMPTY
    throw error
  }
}

export const useColumns = (project: number) =>
  useQuery({
    queryKey: [...tasksKey(project), 'columns'],
    queryFn: async () => (await get<{ columns: Column[] }>('/api/dm/columns/', { project })).columns,
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

interface ActionAnswer {
  processed_items?: number
  detail?: string
  trash?: number
}

export interface ChosenTasks {
  all: boolean
  ids: ReadonlySet<number>
}

/** Deletes the tasks named, or all but those named. */
export const deleteTasks = (project: number, { all, ids }: ChosenTasks): Promise<ActionAnswer> =>
  post<ActionAnswer>(
    '/api/dm/actions/',
    { selectedItems: all ? { all, excluded: [...ids] } : { all, included: [...ids] } },
    { id: 'delete_tasks', project },
  )

/** Returns the newest trash entry of the project's tasks, made by the delete just before. */
export const newestTrash = async (project: number): Promise<TrashEntry | null> =>
  (await get<Page<TrashEntry>>('/api/trash/', { project, kind: 'task' })).results[0] ?? null

export const useDeleteTasks = (project: number) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (chosen: ChosenTasks) => {
      const answer = await deleteTasks(project, chosen)
      const entry = answer.trash ?? (await newestTrash(project))?.id ?? null
      return { count: answer.processed_items ?? chosen.ids.size, entry }
    },
    onSettled: () => refreshProject(client, project),
  })
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
