import { useQuery } from '@tanstack/react-query'
import { get, post } from '../client'
import { hasStatus } from '../errors'
import type { Json, Shape, Task } from '../types'

/** Returns the task that comes after `current`, reserved for the caller; null when there is none yet. */
export const peekNextTask = async (project: number, current: number): Promise<Task | null> => {
  try {
    return await get<Task>(`/api/projects/${project}/next/`, { after: current })
  } catch (error) {
    if (hasStatus(error, 404)) return null
    throw error
  }
}

/** Returns the id of the project's model that answers while somebody draws; null if none does. */
export const useInteractiveModel = (project: number) =>
  useQuery({
    queryKey: ['interactive-model', project],
    queryFn: async () => {
      const backends = await get<Shape<'MlBackend'>[]>('/api/ml/', { project, is_interactive: true })
      return backends.find((backend) => backend.is_interactive)?.id ?? null
    },
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  }).data ?? null

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
