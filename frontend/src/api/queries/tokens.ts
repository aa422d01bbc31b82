import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post } from '../client'
import type { AccessToken, LegacyToken } from '../types'

const tokensKey = ['tokens'] as const
const hotkeysKey = ['hotkeys'] as const

export const useTokens = () =>
  useQuery({ queryKey: [...tokensKey, 'personal'], queryFn: () => get<AccessToken[]>('/api/token/') })

export const useLegacyToken = () =>
  useQuery({
    queryKey: [...tokensKey, 'legacy'],
    queryFn: () => get<LegacyToken>('/api/current-user/tokens/legacy/'),
  })

/** Returns how many tokens of the person at the screen last beyond a session. */
export const fetchTokenCount = async (): Promise<number> => {
  const [personal, legacy] = await Promise.all([
    get<AccessToken[]>('/api/token/'),
    get<LegacyToken>('/api/current-user/tokens/legacy/'),
  ])
  return personal.length + Number(legacy.exists)
}

export const useChangeTokens = () => {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: tokensKey })
  const create = useMutation({
    mutationFn: (fields: { name: string; expires_in_days: number }) => post<{ token: string }>('/api/token/', fields),
    onSuccess,
  })
  const revoke = useMutation({
    mutationFn: (token: string) => post('/api/token/blacklist/', { refresh: token }),
    onSuccess,
  })
  const reset = useMutation({
    mutationFn: () => post<{ token: string }>('/api/current-user/reset-token/'),
    onSuccess,
  })
  return { create, revoke, reset }
}

export type Hotkeys = Record<string, { key: string; active?: boolean }>

export const useHotkeys = () =>
  useQuery({
    queryKey: hotkeysKey,
    queryFn: async () => (await get<{ custom_hotkeys: Hotkeys }>('/api/current-user/hotkeys/')).custom_hotkeys,
  })

export const useSaveHotkeys = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (custom_hotkeys: Hotkeys) => patch('/api/current-user/hotkeys/', { custom_hotkeys }),
    onSuccess: () => client.invalidateQueries({ queryKey: hotkeysKey }),
  })
}
