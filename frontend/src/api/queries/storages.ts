import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '../client'
import type { Json, Shape } from '../types'

/** Sources bring tasks, targets take annotations. */
export type StorageRole = 'source' | 'target'

export type ParamField = Shape<'Field'>
/** A kind of storage with its form. */
export type StorageKind = Required<Shape<'StorageType'>>
/** A storage; parameters of its kind lie beside what all have. */
export type Storage = Shape<'Storage'> & { [param: string]: Json | undefined }
export type CheckStep = Shape<'Step'>
/** An object that a sync would look at; a last one of nulls says that there are more. */
export type StoredFile = Shape<'StoredFile'>

const folder = (role: StorageRole): string => (role === 'source' ? '/api/storages/' : '/api/storages/export/')
const storagesKey = (project: number, role: StorageRole) => ['storages', project, role] as const
const POLL_MS = 1500
const PREVIEWED = 50
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
      post<Shape<'Diagnosis'>>(`${path(kind)}check/`, { ...values, project, ...(id && { id }) }),
  })
  const preview = useMutation({
    mutationFn: async ({ kind, id, values }: { kind: string; id?: number; values: ParamValues }) => {
      const asked = { ...values, project, ...(id && { id }), limit: PREVIEWED }
      return (await post<Shape<'StoredFiles'>>(`${path(kind)}files/`, asked)).files
    },
  })
  return { save, sync, drop, check, preview }
}
