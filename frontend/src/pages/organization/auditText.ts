import type { Json } from '@/api/types'

/** Kinds of acts that the log can be narrowed to, each with how actions of that kind begin. */
export const auditKinds = {
  projects: 'project,view,trash,settings',
  data: 'task,tasks,storage,export',
  annotations: 'annotation,annotations,predictions,labels',
  people: 'user,member,invitation,organization',
  access: 'session,token',
  connections: 'model,webhook',
} as const

const shown = (value: Json): string => {
  if (Array.isArray(value)) return value.map(shown).join(', ')
  if (typeof value === 'object' && value !== null) return detailsText(value)
  return typeof value === 'number' ? value.toLocaleString() : String(value)
}

/** Returns what an entry says beside its action, in one line; what is empty is left out. */
export const detailsText = (details: { [key: string]: Json }): string =>
  Object.entries(details)
    .filter(([, value]) => value !== null && value !== '' && shown(value) !== '')
    .map(([key, value]) => `${key.replaceAll('_', ' ')}: ${shown(value)}`)
    .join(' · ')

/** Returns an action as words: `token.used_from_new_address` is "token used from new address". */
export const actionText = (action: string): string => action.replace(/[._]+/g, ' ')
