import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '../client'
import type { Job, Json, Shape } from '../types'

/** A model server that a project is connected to. */
export type ModelServer = Shape<'MlBackend'>
/** One question to a model server, and what came of it. */
export type ModelTrial = Shape<'Trial'>
/** Something in an answer that would not become a prediction: where, why, and what would be right. */
export type TrialProblem = Shape<'TrialProblem'>

export type ModelFields = Partial<
  Pick<ModelServer, 'url' | 'title' | 'is_interactive' | 'basic_auth_user' | 'timeout'>
> & { auth_method?: string; basic_auth_pass?: string; extra_params?: Json }

const modelsKey = (project: number) => ['models', project] as const

const LOOK_AGAIN_MS = 4000

/** Returns the model servers of a project; the server asks them how they are, and says so the next time. */
export const useModels = (project: number) =>
  useQuery({
    queryKey: modelsKey(project),
    queryFn: () => get<ModelServer[]>('/api/ml/', { project }),
    refetchInterval: LOOK_AGAIN_MS,
  })

/** Asks a model server about a task, or about the newest one. */
export const useTryModel = (id: number) =>
  useMutation({
    mutationFn: (task: number | null) =>
      post<ModelTrial>(`/api/ml/${id}/predict/test/`, undefined, { random: true, ...(task !== null && { task }) }),
  })

/** Asks all model servers of a project about all its tasks, by a job. */
export const usePredictAll = (project: number) =>
  useMutation({
    mutationFn: async () => {
      const query = { id: 'retrieve_tasks_predictions', project, mode: 'job' }
      return (await post<{ job: Job }>('/api/dm/actions/', { selectedItems: { all: true, excluded: [] } }, query)).job
    },
  })

export const useChangeModels = (project: number) => {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: modelsKey(project) })
  const create = useMutation({
    mutationFn: (fields: ModelFields) => post<ModelServer>('/api/ml/', { project, ...fields }),
    onSuccess,
  })
  const update = useMutation({
    mutationFn: ({ id, ...fields }: ModelFields & { id: number }) => patch<ModelServer>(`/api/ml/${id}/`, fields),
    onSuccess,
  })
  const drop = useMutation({ mutationFn: (id: number) => remove(`/api/ml/${id}/`), onSuccess })
  const train = useMutation({ mutationFn: (id: number) => post(`/api/ml/${id}/train/`), onSuccess })
  return { create, update, drop, train }
}

/** Returns the versions of predictions that a project has, newest name last. */
export const useModelVersions = (project: number) =>
  useQuery({
    queryKey: ['model-versions', project],
    queryFn: async () => Object.keys(await get<Record<string, number>>(`/api/projects/${project}/model-versions/`)),
  })
