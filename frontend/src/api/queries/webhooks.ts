import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '../client'
import type { Page } from '../types'

export interface Webhook {
  id: number
  project: number | null
  url: string
  send_payload: boolean
  send_for_all_actions: boolean
  headers: Record<string, string>
  is_active: boolean
  actions: string[]
  secret_is_set?: boolean
}

export type WebhookFields = Partial<Omit<Webhook, 'id' | 'project' | 'secret_is_set'>> & { secret?: string }

export interface Delivery {
  id: number
  action: string
  state: string
  attempts: number
  status: number | null
  error: string
  duration_ms: number | null
  created_at: string
}

const webhooksKey = (project: number) => ['webhooks', project] as const

export const useWebhooks = (project: number) =>
  useQuery({
    queryKey: webhooksKey(project),
    queryFn: () => get<Webhook[]>('/api/webhooks/', { project }),
  })

/** Returns the events of projects that a webhook may ask for, by their name on the wire. */
export const useWebhookEvents = () =>
  useQuery({
    queryKey: ['webhook-events'],
    queryFn: () =>
      get<Record<string, { name: string; description: string }>>('/api/webhooks/info/', { 'organization-only': false }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const useDeliveries = (webhook: number) =>
  useQuery({
    queryKey: ['deliveries', webhook],
    queryFn: () => get<Page<Delivery>>(`/api/webhooks/${webhook}/deliveries/`, { page_size: 20 }),
  })

export const useChangeWebhooks = (project: number) => {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: webhooksKey(project) })
  const create = useMutation({
    mutationFn: (fields: WebhookFields) => post<Webhook>('/api/webhooks/', { project, ...fields }),
    onSuccess,
  })
  const update = useMutation({
    mutationFn: ({ id, ...fields }: WebhookFields & { id: number }) => patch<Webhook>(`/api/webhooks/${id}/`, fields),
    onSuccess,
  })
  const drop = useMutation({ mutationFn: (id: number) => remove(`/api/webhooks/${id}/`), onSuccess })
  const replay = useMutation({
    mutationFn: ({ webhook, delivery }: { webhook: number; delivery: number }) =>
      post<Delivery>(`/api/webhooks/${webhook}/deliveries/${delivery}/replay/`),
    onSuccess: (_answer, { webhook }) => client.invalidateQueries({ queryKey: ['deliveries', webhook] }),
  })
  return { create, update, drop, replay }
}
