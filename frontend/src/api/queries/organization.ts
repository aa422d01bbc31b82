import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '../client'
import type { AuditEntry, Invitation, Member, Page, Role, TrashEntry } from '../types'

const membersKey = ['members'] as const
const invitationsKey = ['invitations'] as const
const trashKey = ['trash'] as const

export const useMembers = (organization: number) =>
  useQuery({
    queryKey: [...membersKey, organization],
    queryFn: () => get<Page<Member>>(`/api/organizations/${organization}/memberships`, { page_size: 1000 }),
  })

export const useChangeMember = (organization: number) => {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: membersKey })
  const path = (user: number) => `/api/organizations/${organization}/memberships/${user}/`
  const setRole = useMutation({
    mutationFn: ({ user, role }: { user: number; role: Role }) => patch<Member>(path(user), { role }),
    onSuccess,
  })
  const drop = useMutation({ mutationFn: (user: number) => remove(path(user)), onSuccess })
  return { setRole, drop }
}

export const useInvitations = () =>
  useQuery({
    queryKey: invitationsKey,
    queryFn: async () => {
      const answer = await get<Invitation[] | Page<Invitation>>('/api/invitations/')
      return Array.isArray(answer) ? answer : answer.results
    },
  })

export interface InvitationFields {
  role: Role
  email?: string
  expires_in_days: number
}

export const useChangeInvitations = () => {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: invitationsKey })
  const create = useMutation({
    mutationFn: (fields: InvitationFields) => post<Invitation>('/api/invitations/', fields),
    onSuccess,
  })
  const revoke = useMutation({ mutationFn: (id: number) => remove(`/api/invitations/${id}/`), onSuccess })
  return { create, revoke }
}

/** What the log is narrowed to; empty texts do not narrow it. */
export type AuditFilter = Readonly<Record<'kind' | 'actor' | 'days', string>> & { page: number }

export const useAuditLog = (filter: AuditFilter) =>
  useQuery({
    queryKey: ['audit', filter],
    queryFn: () => get<Page<AuditEntry>>('/api/audit-log/', { ...filter }),
    placeholderData: keepPreviousData,
  })

export const useTrash = (page: number, project?: number) =>
  useQuery({
    queryKey: [...trashKey, project ?? 0, page],
    queryFn: () => get<Page<TrashEntry>>('/api/trash/', { page, project }),
    placeholderData: keepPreviousData,
  })

export const restoreTrash = (id: number) => post(`/api/trash/${id}/restore/`)

export const useRestoreTrash = () => {
  const client = useQueryClient()
  return useMutation({ mutationFn: restoreTrash, onSuccess: () => client.invalidateQueries() })
}
