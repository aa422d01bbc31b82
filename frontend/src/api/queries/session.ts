import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '../client'
import { hasStatus } from '../errors'
import type { Role, Setup, Shape, User, Whoami } from '../types'

export const sessionKey = ['session'] as const
export const setupKey = ['setup'] as const

/** Returns who is logged in; null for nobody. */
export const fetchSession = async (): Promise<Whoami | null> => {
  try {
    return await get<Whoami>('/api/current-user/whoami')
  } catch (error) {
    if (hasStatus(error, 401)) return null
    throw error
  }
}

export const useSession = () => useQuery({ queryKey: sessionKey, queryFn: fetchSession, staleTime: 60_000 })

/** Returns the person at the screen; only for pages below the session gate. */
export const useUser = (): Whoami => {
  const { data } = useSession()
  if (!data) throw new Error('This page needs a session.')
  return data
}

export const useSetup = (enabled = true) =>
  useQuery({ queryKey: setupKey, queryFn: () => get<Setup>('/api/setup/'), enabled, staleTime: 60_000 })

const ROLES: readonly Role[] = ['annotator', 'reviewer', 'manager', 'administrator', 'owner']

export const roles = ROLES

/** Tells whether `role` may do what at least `least` may. */
export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least)

export const useIsAtLeast = (least: Role): boolean => isAtLeast(useUser().role, least)

export interface Credentials {
  email: string
  password: string
}

export interface OwnerFields extends Credentials {
  first_name?: string
  last_name?: string
  organization_title?: string
  code?: string
}

export interface SignupFields extends Credentials {
  token?: string
  first_name?: string
  last_name?: string
}

const useEntry = <Fields>(path: string) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (fields: Fields) => post<Whoami>(path, fields),
    onSuccess: (whoami) => {
      client.setQueryData(sessionKey, whoami)
      void client.invalidateQueries({ queryKey: setupKey })
    },
  })
}

export const useLogIn = () => useEntry<Credentials>('/api/session/')
export const useCreateOwner = () => useEntry<OwnerFields>('/api/setup/')
export const useSignUp = () => useEntry<SignupFields>('/api/signup/')

export const useLogOut = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => remove('/api/session/'),
    onSuccess: () => {
      client.clear()
      client.setQueryData(sessionKey, null)
    },
  })
}

export type InvitationCheck = Shape<'InvitationCheck'>

export const useInvitationCheck = (token: string) =>
  useQuery({
    queryKey: ['invitation', token],
    queryFn: () => get<InvitationCheck>('/api/invitations/check/', { token }),
    enabled: token !== '',
  })

export const useUpdateProfile = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...fields }: { id: number; first_name?: string; last_name?: string; phone?: string }) =>
      patch<User>(`/api/users/${id}/`, fields),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  })
}

export const useChangePassword = () =>
  useMutation({
    mutationFn: (fields: { old_password: string; new_password: string }) => post('/api/current-user/password/', fields),
  })
