import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '../client'

/** A model server that a project is connected to. */
export interface ModelServer {
  id: number
  url: string
  title: string
  description: string
  state: string
  readable_state: string
  error_message: string | null
  is_interactive: boolean
  auth_method: string
  basic_auth_user: string
  basic_auth_pass_is_set: boolean
  model_version: string
  timeout: number
}

export type ModelFields = Partial<
  Pick<ModelServer, 'url' | 'title' | 'is_interactive' | 'auth_method' | 'basic_auth_user' | 'timeout'>
> & { basic_auth_pass?: string }

const modelsKey = (project: number) => ['models', project] as const

export const useModels = (project: number) =>
  useQuery({ queryKey: modelsKey(project), queryFn: () => get<ModelServer[]>('/api/ml/', { project }) })

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
