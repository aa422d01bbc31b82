import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, remove } from '../client'
import type { Shape } from '../types'

/** A browser in which the person at the screen is logged in. */
export type Session = Shape<'Session'>

const sessionsKey = ['sessions'] as const
const ADDRESS = '/api/current-user/sessions/'

export const useSessions = () => useQuery({ queryKey: sessionsKey, queryFn: () => get<Session[]>(ADDRESS) })

/** Ends sessions: one by its id, or all but the one at the screen. */
export const useEndSessions = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (which: string | 'others') => remove(which === 'others' ? ADDRESS : `${ADDRESS}${which}/`),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  })
}
