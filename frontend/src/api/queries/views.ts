import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post, remove, send } from '../client'
import { hasStatus } from '../errors'
import type { View } from '../types'
import type { FilterGroup } from './filters'

/** What a view stores; clients may add what they like. */
export interface ViewData {
  title?: string
  type?: string
  target?: string
  filters?: FilterGroup
  ordering?: string[]
  hiddenColumns?: { explore: string[]; labeling: string[] }
  columnOrder?: string[]
  columnsWidth?: Record<string, number>
  [key: string]: unknown
}

export const viewsKey = (project: number) => ['views', project] as const

export const useViews = (project: number) =>
  useQuery({
    queryKey: viewsKey(project),
    queryFn: () => get<View[]>('/api/dm/views/', { project }),
    staleTime: 30_000,
  })

const placed = (views: readonly View[], ids: readonly number[]): View[] =>
  ids.flatMap((id) => views.find((view) => view.id === id) ?? [])

const keep = (client: QueryClient, project: number, view: View) =>
  client.setQueryData<View[]>(viewsKey(project), (views = []) =>
    views.some((old) => old.id === view.id) ? views.map((old) => (old.id === view.id ? view : old)) : [...views, view],
  )

export interface ViewFields {
  id: number
  data?: ViewData
  is_private?: boolean
}

/** Somebody else stored another version of a view since it was read here. */
export class ViewChangedError extends Error {
  constructor() {
    super('Somebody changed this view meanwhile. It is shown as it is now; your changes are still in the address.')
    this.name = 'ViewChangedError'
  }
}

const isSameData = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Stores a view's data if nobody stored another version since `view` was read. */
export const storeView = async ({ view, data }: { view: View; data: ViewData }): Promise<View> => {
  const path = `/api/dm/views/${view.id}/`
  const now = await send<View>('GET', path)
  if (!isSameData(now.data.data, view.data)) throw new ViewChangedError()
  try {
    return (await send<View>('PATCH', path, { body: { data }, ifMatch: now.etag })).data
  } catch (error) {
    throw hasStatus(error, 412) ? new ViewChangedError() : error
  }
}

/** Everything that can be done to the views of a project. */
export const useChangeViews = (project: number) => {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: viewsKey(project) })
  const onSuccess = (view: View) => keep(client, project, view)
  const create = useMutation({
    mutationFn: (fields: { data: ViewData; is_private?: boolean }) =>
      post<View>('/api/dm/views/', { project, ...fields }),
    onSuccess,
    onSettled,
  })
  const update = useMutation({
    mutationFn: async ({ id, ...fields }: ViewFields) =>
      (await send<View>('PATCH', `/api/dm/views/${id}/`, { body: fields })).data,
    onSuccess,
    onSettled,
  })
  const save = useMutation({ mutationFn: storeView, onSuccess, onSettled })
  const drop = useMutation({
    mutationFn: (id: number) => remove(`/api/dm/views/${id}/`),
    onSuccess: (_answer, id) =>
      client.setQueryData<View[]>(viewsKey(project), (views = []) => views.filter((view) => view.id !== id)),
    onSettled,
  })
  const restore = useMutation({ mutationFn: (id: number) => post<View>(`/api/dm/views/${id}/restore/`), onSettled })
  const order = useMutation({
    mutationFn: (ids: readonly number[]) => post('/api/dm/views/order/', { project, ids }),
    onMutate: (ids) => client.setQueryData<View[]>(viewsKey(project), (views = []) => placed(views, ids)),
    onSettled,
  })
  return { create, update, save, drop, restore, order }
}
