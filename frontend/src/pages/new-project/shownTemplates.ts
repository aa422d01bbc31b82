import type { Template } from '@/api/types'

const rank = (template: Template): number => template.order ?? Number.MAX_SAFE_INTEGER

/** Returns the templates of a group (of all groups for null) that match what is typed, in gallery order. */
export const shownTemplates = (templates: readonly Template[], group: string | null, search: string): Template[] => {
  const sought = search.trim().toLowerCase()
  return templates
    .filter((template) => template.type !== 'enterprise')
    .filter((template) => group === null || template.group === group)
    .filter((template) => `${template.title} ${template.group}`.toLowerCase().includes(sought))
    .sort((one, other) => rank(one) - rank(other) || one.title.localeCompare(other.title))
}
