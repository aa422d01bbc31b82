import { useMemo } from 'react'
import { useMembers } from '@/api/queries/organization'
import { useUser } from '@/api/queries/session'
import { nameOf } from '@/ui/nameOf'

/** The people of the organization, by their id. */
export interface People {
  nameOf: (id: number) => string
  ids: readonly number[]
}

/** Returns who is who; a person whom one may not see goes by the number. */
export const usePeople = (): People => {
  const user = useUser()
  const members = useMembers(user.active_organization ?? 0)
  return useMemo(() => {
    const names = new Map([[user.id, nameOf(user)]])
    for (const member of members.data?.results ?? []) names.set(member.user.id, nameOf(member.user))
    return { nameOf: (id) => names.get(id) ?? `#${id}`, ids: [...names.keys()] }
  }, [user, members.data])
}
