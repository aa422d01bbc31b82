import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post } from '../client'
import type { Shape } from '../types'

/** Which kinds of tokens work in the organization. */
export type TokenSettings = Shape<'TokenSettings'>
/** How long sessions last, in minutes. */
export type SessionPolicy = Shape<'SessionPolicy'>

const tokensKey = ['token-settings'] as const
const policyKey = ['session-policy'] as const

export const useTokenSettings = () =>
  useQuery({ queryKey: tokensKey, queryFn: () => get<TokenSettings>('/api/jwt/settings/') })

export const useChangeTokenSettings = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (fields: Partial<TokenSettings>) => post<TokenSettings>('/api/jwt/settings/', fields),
    onSuccess: (settings) => client.setQueryData(tokensKey, settings),
  })
}

export const useSessionPolicy = () =>
  useQuery({ queryKey: policyKey, queryFn: () => get<SessionPolicy>('/api/session-policy/') })

export const useChangeSessionPolicy = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (fields: Pick<SessionPolicy, 'max_session_age' | 'max_time_between_activity'>) =>
      patch<SessionPolicy>('/api/session-policy/', fields),
    onSuccess: (policy) => client.setQueryData(policyKey, policy),
  })
}
