import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '../client'
import type { Page, Shape } from '../types'

export type Webhook = Shape<'Webhook'>
/** One call of a webhook. */
export type Delivery = Shape<'Delivery'>

export type WebhookFields = Partial<
  Pick<Webhook, 'url' | 'send_payload' | 'send_for_all_actions' | 'headers' | 'is_active' | 'actions'>
> & { secret?: string }

const webhooksKey = (project: number | null) => ['webhooks', project] as const
export const DELIVERIES_SHOWN = 20
const LOOK_AGAIN_MS = 1500

/** Returns the webhooks of a project, or those of the whole organization. */
export const useWebhooks = (project: number | null) =>
  useQuery({
    queryKey: webhooksKey(project),
    queryFn: async () => {
      if (project !== null) return get<Webhook[]>('/api/webhooks/', { project })
      return (await get<Webhook[]>('/api/webhooks/')).filter((webhook) => webhook.project === null)
    },
  })

/** Returns the events that a webhook of a project, or of the organization, may ask for, by their name on the wire. */
export const useWebhookEvents = (ofProject: boolean) =>
  useQuery({
    queryKey: ['webhook-events', ofProject],
    queryFn: () =>
      get<Record<string, { name: string; description: string }>>(
        '/api/webhooks/info/',
        ofProject ? { 'organization-only': false } : {},
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Returns a page of what was sent, newest first; looked at again while something is owed. */
export const useDeliveries = (webhook: number, page: number) =>
  useQuery({
    queryKey: ['deliveries', webhook, page],
    queryFn: () => get<Page<Delivery>>(`/api/webhooks/${webhook}/deliveries/`, { page, page_size: DELIVERIES_SHOWN }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      query.state.data?.results.some((row) => row.state === 'pending') ? LOOK_AGAIN_MS : false,
  })

/** Returns one delivery with what is sent. */
export const useDeliveryBody = (webhook: number, delivery: number) =>
  useQuery({
    queryKey: ['delivery', webhook, delivery],
    queryFn: () => get<Shape<'DeliveryWithBody'>>(`/api/webhooks/${webhook}/deliveries/${delivery}/`),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const useChangeWebhooks = (project: number | null) => {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: webhooksKey(project) })
  const create = useMutation({
    mutationFn: (fields: WebhookFields) =>
      post<Webhook>('/api/webhooks/', { ...(project !== null && { project }), ...fields }),
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
