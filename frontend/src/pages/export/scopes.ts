import type { TFunction } from 'i18next'
import type { ExportQuestion, ExportScope } from '@/api/queries/exports'
import { selectedItems } from '@/api/queries/filters'
import type { View } from '@/api/types'
import { readChosen } from '../data-manager/views/chosenText'
import { readChanges, stateOf, withChanges } from '../data-manager/views/tableState'

/** A choice of tasks to export, in words. */
export interface NamedScope {
  id: string
  title: string
  scope: ExportScope
}

/** What the address says of the table that the person came from. */
export interface ExportSearch {
  view?: number
  q?: object
  /** The selection, as `chosenText` writes it. */
  chosen?: string
}

/** Returns what can be exported; what the person was looking at comes first. */
export const scopesOf = (views: readonly View[], search: ExportSearch, t: TFunction): NamedScope[] => {
  const changes = readChanges(search.q)
  const view = views.find((known) => known.id === search.view)
  const { filters } = withChanges(stateOf(view?.data, []), changes)
  const found: NamedScope[] = []
  const ask = (id: string, title: string, question: ExportQuestion) =>
    found.push({ id, title, scope: { kind: 'question', question } })
  const chosen = readChosen(search.chosen)
  if (chosen && !(chosen.all && chosen.ids.size === 0)) {
    const title = chosen.all
      ? t('export.scopes.allBut', { count: chosen.ids.size })
      : t('export.scopes.selected', { count: chosen.ids.size })
    ask('selected', title, { ...(filters.items.length > 0 && { filters }), selectedItems: selectedItems(chosen) })
  }
  if (changes?.f && filters.items.length > 0) ask('shown', t('export.scopes.shown'), { filters })
  found.push({ id: 'all', title: t('export.scopes.all'), scope: { kind: 'all' } })
  const named = views.map(
    (known): NamedScope => ({
      id: `view-${known.id}`,
      title: t('export.scopes.view', { title: String(known.data.title ?? known.id) }),
      scope: { kind: 'view', view: known.id },
    }),
  )
  const isViewFirst = found[0]?.id === 'all' && view !== undefined
  const current = named.filter(({ id }) => id === `view-${view?.id}`)
  return isViewFirst ? [...current, ...found, ...named.filter((one) => !current.includes(one))] : [...found, ...named]
}
