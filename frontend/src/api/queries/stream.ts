import { useQuery } from '@tanstack/react-query'
import { get, post } from '../client'
import { hasStatus, messageOf } from '../errors'
import type { Json, Shape, Task } from '../types'
import { fetchTask } from './tasks'

/** Returns the task that comes after `current`, reserved for the caller; null when there is none yet. */
export const peekNextTask = async (project: number, current: number): Promise<Task | null> => {
  try {
    return await get<Task>(`/api/projects/${project}/next/`, { after: current })
  } catch (error) {
    if (hasStatus(error, 404)) return null
    throw error
  }
}

const useModels = <T>(project: number, select: (models: Shape<'MlBackend'>[]) => T): T | undefined =>
  useQuery({
    queryKey: ['models-of', project],
    queryFn: () => get<Shape<'MlBackend'>[]>('/api/ml/', { project }),
    select,
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  }).data

const NONE: readonly number[] = []
const interactiveIds = (models: Shape<'MlBackend'>[]): readonly number[] =>
  models.filter((model) => model.is_interactive).map((model) => model.id)

/** Returns the ids of the project's models that answer while somebody draws. */
export const useInteractiveModels = (project: number): readonly number[] => useModels(project, interactiveIds) ?? NONE

/** Tells whether models predict for tasks that are opened. */
export const useHasModels = (project: number): boolean => useModels(project, (models) => models.length > 0) ?? false

/** When it is looked whether a slow model has answered, after the time before. */
const LOOK_AFTER_MS = [1500, 3000, 6000, 12_000, 24_000, 48_000]

/** Hands over the predictions of a task once a model has made some; gives up after a while. Returns how to end that. */
export const watchPredictions = (task: number, take: (found: Task['predictions']) => void): (() => void) => {
  const ending = new AbortController()
  const look = async (round: number): Promise<void> => {
    const found = await get<unknown[]>('/api/predictions/', { task }, ending.signal).catch(() => [])
    if (ending.signal.aborted) return
    if (found.length === 0) wait(round + 1)
    else take((await fetchTask(task)).predictions)
  }
  const wait = (round: number): void => {
    const after = LOOK_AFTER_MS[round]
    if (after === undefined) return
    const timer = setTimeout(() => void look(round), after)
    ending.signal.addEventListener('abort', () => clearTimeout(timer))
  }
  wait(0)
  return () => ending.abort()
}

/** Asks a model about what is being drawn; throws with the model's own words when it cannot answer. */
export const askModel = async (model: number, task: number, result: readonly Json[]): Promise<readonly Json[]> => {
  const answer = await post<Shape<'Interactive'>>(`/api/ml/${model}/interactive-annotating/`, {
    task,
    context: { result },
  })
  if (answer.errors?.length) throw new Error(answer.errors.join(' '))
  const found = answer.data?.result
  return Array.isArray(found) ? found : []
}

/** What several models said, and why one of them said nothing; `null` if all answered. */
export interface Said {
  readonly items: readonly Json[]
  readonly problem: string | null
}

/**
 * Asks all models at once and puts their answers together; regions of different models never share an id. What one of
 * them cannot say does not take away what the others said; throws if none of them can answer.
 */
export const askModels = async (models: readonly number[], task: number, result: readonly Json[]): Promise<Said> => {
  const answers = await Promise.allSettled(models.map((model) => askModel(model, task, result)))
  const said = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const failed = answers.find((answer) => answer.status === 'rejected')
  if (failed && said.length === 0) throw failed.reason
  const taken = new Set<string>()
  const items = said.flatMap((own, at) => {
    const ids = new Set(own.map(idOf).filter((id) => id !== null))
    const twice = new Set([...ids].filter((id) => taken.has(id)))
    for (const id of ids) taken.add(id)
    return twice.size === 0 ? own : own.map((item) => renamed(item, twice, `-${at + 1}`))
  })
  return { items, problem: failed ? messageOf(failed.reason) : null }
}

const idOf = (item: Json): string | null =>
  typeof item === 'object' && item !== null && !Array.isArray(item) && typeof item.id === 'string' ? item.id : null

const renamed = (item: Json, ids: ReadonlySet<string>, end: string): Json => {
  const id = idOf(item)
  return id !== null && ids.has(id) ? { ...(item as Record<string, Json>), id: id + end } : item
}
