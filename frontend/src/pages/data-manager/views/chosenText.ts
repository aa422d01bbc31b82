import type { ChosenTasks } from '@/api/queries/filters'

/** Longer selections stay out of addresses, which browsers and proxies cut; they travel in the history of the tab. */
const MAX_LENGTH = 800
/** More ids than these are no selection that a person sent. */
const MAX_IDS = 5_000_000
const PART = /^(\d+)(?:-(\d+))?$/

const rangesOf = (ids: readonly number[]): string => {
  const parts: string[] = []
  let from = 0
  ids.forEach((id, index) => {
    const next = ids[index + 1]
    if (next === id + 1) return
    const first = ids[from] ?? id
    parts.push(first === id ? String(id) : `${first}-${id}`)
    from = index + 1
  })
  return parts.join('.')
}

/** Returns a selection in few letters, such as `only3-40.57` or `not7`; null if there is no selection. */
export const chosenText = ({ all, ids }: ChosenTasks): string | null => {
  if (!all && ids.size === 0) return null
  return `${all ? 'not' : 'only'}${rangesOf([...ids].sort((one, other) => one - other))}`
}

/** Tells whether an address has room for a selection. */
export const fitsAddress = (text: string): boolean => text.length <= MAX_LENGTH

/** Returns the selection that a text stands for; undefined for anything else. */
export const readChosen = (text: unknown): ChosenTasks | undefined => {
  const found = typeof text === 'string' ? /^(not|only)(.*)$/.exec(text) : null
  if (!found) return undefined
  const [, kind, list = ''] = found
  const ids = new Set<number>()
  for (const part of list === '' ? [] : list.split('.')) {
    const [, first, last] = PART.exec(part) ?? []
    const from = Number(first)
    const to = Number(last ?? first)
    if (first === undefined || to < from || ids.size + to - from > MAX_IDS) return undefined
    for (let id = from; id <= to; id += 1) ids.add(id)
  }
  return kind === 'only' && ids.size === 0 ? undefined : { all: kind === 'not', ids }
}
