import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '../client'
import type { Json } from '../types'

/** Sources bring tasks, targets take annotations. */
export type StorageRole = 'source' | 'target'

export interface ParamField {
  name: string
  title: string
  type: 'text' | 'secret' | 'number' | 'boolean' | 'multiline' | 'select'
  required: boolean
  default: Json
  help: string
  placeholder: string
  section: 'place' | 'access' | 'content' | 'sync'
  options?: { value: string; title: string }[]
}

export interface StorageKind {
  name: string
  title: string
  is_available: boolean
  install: string | null
  note: string
  fields: ParamField[]
}

export interface Storage {
  id: number
  type: string
  title: string
  status: string
  traceback: string | null
  last_sync: string | null
  last_sync_count: number | null
  last_sync_job: string | null
  waiting_count?: number
  secrets_set?: string[]
  [param: string]: Json | undefined
}

export interface CheckStep {
  name: string
  title: string
  state: 'ok' | 'failed' | 'skipped' | 'warning'
  detail: string
  fix: string
  field: string
}

const folder = (role: StorageRole): string => (role === 'source' ? '/api/storages/' : '/api/storages/export/')
const storagesKey = (project: number, role: StorageRole) => ['storages', project, role] as const
const POLL_MS = 1500
const isMoving = (storage: Storage): boolean => storage.status === 'queued' || storage.status === 'in_progress'

export const useStorageKinds = (role: StorageRole) =>
  useQuery({
    queryKey: ['storage-kinds', role],
    queryFn: () => get<StorageKind[]>(`${folder(role)}types/`, { details: true }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Returns the storages of a project; looked at again while one is being synced. */
export const useStorages = (project: number, role: StorageRole) =>
  useQuery({
    queryKey: storagesKey(project, role),
    queryFn: () => get<Storage[]>(folder(role), { project }),
    refetchInterval: (query) => (query.state.data?.some(isMoving) ? POLL_MS : false),
  })

export type ParamValues = Readonly<Record<string, Json>>

export const useChangeStorages = (project: number, role: StorageRole) => {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: storagesKey(project, role) })
  const path = (kind: string, id?: number) => `${folder(role)}${kind}/${id === undefined ? '' : `${id}/`}`
  const save = useMutation({
    mutationFn: ({ kind, id, values }: { kind: string; id?: number; values: ParamValues }) =>
      id === undefined ? post<Storage>(path(kind), { ...values, project }) : patch<Storage>(path(kind, id), values),
    onSettled,
  })
  const sync = useMutation({
    mutationFn: (storage: Storage) => post<Storage>(`${path(storage.type, storage.id)}sync/`, {}, { mode: 'job' }),
    onSettled,
  })
  const drop = useMutation({ mutationFn: (storage: Storage) => remove(path(storage.type, storage.id)), onSettled })
  const check = useMutation({
    mutationFn: ({ kind, id, values }: { kind: string; id?: number; values: ParamValues }) =>
      post<{ ok: boolean; steps: CheckStep[] }>(`${path(kind)}check/`, { ...values, project, ...(id && { id }) }),
  })
  return { save, sync, drop, check }
}
