import { isList, isObject, type Json } from '../core/json'
import { asText } from '../core/references'

/** A card of a List. */
export interface ListItem {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly html: string
}

/** Reads the cards of a List; an item without an id is called by its place. Of two with one id the first counts. */
export function readItems(data: Json): ListItem[] {
  const items = new Map<string, ListItem>()
  const list = isList(data) ? data : []
  list.forEach((entry, at) => {
    const fields = isObject(entry) ? entry : { title: entry }
    const id = asText(fields.id) || String(at)
    if (!items.has(id))
      items.set(id, { id, title: asText(fields.title), body: asText(fields.body), html: asText(fields.html) })
  })
  return [...items.values()]
}
