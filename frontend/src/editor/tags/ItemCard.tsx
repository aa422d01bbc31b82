import type { ListItem } from './listItems'
import { SafeHtml } from './SafeHtml'

/** What a card of a List says. */
export function ItemCard({ item, isFolded = false }: { item: ListItem; isFolded?: boolean }) {
  return (
    <>
      {item.title ? <b className="pe-card__title">{item.title}</b> : null}
      {isFolded || item.body === '' ? null : <div className="pe-card__body">{item.body}</div>}
      {isFolded || item.html === '' ? null : <SafeHtml html={item.html} />}
    </>
  )
}
