import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '../client'
import type { ConfigCheck, ConfigVersion, Job, Page, Project, ProjectFields, ProjectMember, Template } from '../types'

export const projectsKey = ['projects'] as const
export const projectKey = (id: number) => ['project', id] as const
const PAGE_SIZE = 60

export type ProjectState = 'active' | 'archived'

export const useProjects = (search: string, state: ProjectState = 'active') =>
  useInfiniteQuery({
    queryKey: [...projectsKey, search, state],
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      get<Page<Project>>('/api/projects/', { page: pageParam, page_size: PAGE_SIZE, search, state }, signal),
    getNextPageParam: (last, _all, page) => (last.next ? page + 1 : undefined),
    placeholderData: keepPreviousData,
  })

export const useProject = (id: number) =>
  useQuery({ queryKey: projectKey(id), queryFn: () => get<Project>(`/api/projects/${id}/`) })

export const useCreateProject = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (fields: ProjectFields) => post<Project>('/api/projects/', fields),
    onSuccess: () => client.invalidateQueries({ queryKey: projectsKey }),
  })
}

export const useUpdateProject = (id: number) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (fields: ProjectFields) => patch<Project>(`/api/projects/${id}/`, fields),
    onSuccess: (project) => {
      client.setQueryData(projectKey(id), project)
      void client.invalidateQueries({ queryKey: projectKey(id) })
      void client.invalidateQueries({ queryKey: projectsKey })
    },
  })
}

export const useDeleteProject = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => remove(`/api/projects/${id}/`),
    onSuccess: () => client.invalidateQueries({ queryKey: projectsKey }),
  })
}

export const useRestoreProject = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => post(`/api/projects/${id}/restore/`),
    onSuccess: () => client.invalidateQueries({ queryKey: projectsKey }),
  })
}

/** Puts projects aside, where they can only be read, and takes them back. */
export const useArchiveProject = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, isArchived }: { id: number; isArchived: boolean }) =>
      post<Project>(`/api/projects/${id}/${isArchived ? 'archive' : 'unarchive'}/`),
    onSuccess: (project) => {
      client.setQueryData(projectKey(project.id), project)
      void client.invalidateQueries({ queryKey: projectKey(project.id) })
      return client.invalidateQueries({ queryKey: projectsKey })
    },
  })
}

export const copyModes = ['settings', 'settings,data', 'settings,data,annotations'] as const
export type CopyMode = (typeof copyModes)[number]

/** Makes a copy of a project; what it holds comes by a job, where there is any. */
export const useDuplicateProject = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...fields }: { id: number; title: string; mode: CopyMode }) =>
      post<{ id: number; job: Job | null }>(`/api/projects/${id}/duplicate/`, fields),
    onSuccess: () => client.invalidateQueries({ queryKey: projectsKey }),
  })
}

export const useTemplates = () =>
  useQuery({
    queryKey: ['templates'],
    queryFn: () => get<{ templates: Template[]; groups: string[] }>('/api/templates/'),
    staleTime: Number.POSITIVE_INFINITY,
  })

const checkConfig = (label_config: string): Promise<ConfigCheck> =>
  post<ConfigCheck>('/api/label-config/check/', { label_config })

/** Returns what the server thinks of a config; keeps the last answer while the text is being typed. */
export const useConfigCheck = (config: string) =>
  useQuery({
    queryKey: ['config-check', config],
    queryFn: () => checkConfig(config),
    enabled: config.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  })

export const configVersionsKey = (id: number) => ['config-versions', id] as const

export const useConfigVersions = (id: number) =>
  useQuery({
    queryKey: configVersionsKey(id),
    queryFn: () => get<ConfigVersion[]>(`/api/projects/${id}/config-versions/`),
  })

export const useProjectMembers = (id: number) =>
  useQuery({
    queryKey: ['project-members', id],
    queryFn: () => get<ProjectMember[]>(`/api/projects/${id}/members/`),
  })

export const useChangeProjectMembers = (id: number) => {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['project-members', id] })
  const add = useMutation({ mutationFn: (user: number) => post(`/api/projects/${id}/members/`, { user }), onSuccess })
  const drop = useMutation({ mutationFn: (user: number) => remove(`/api/projects/${id}/members/${user}/`), onSuccess })
  return { add, drop }
}
