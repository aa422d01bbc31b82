import { useMemo } from 'react'
import { useEditorScope } from '../EditorContext'
import { ItemCard } from '../ItemCard'
import { readItems } from '../listItems'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'

/** Cards to read. A Ranker of this list draws it itself. */
export function ListTag({ node }: TagViewProps) {
  const t = useText()
  const { editor } = useEditorScope()
  const items = useMemo(() => readItems(node.data), [node])
  if (editor.controlsOf(node.attrs.name ?? '').some((control) => control.tag === 'Ranker')) return null
  return (
    <section className="pe-object pe-list" aria-label={node.attrs.title || node.attrs.name}>
      {node.attrs.title ? <h4 className="pe-caption">{node.attrs.title}</h4> : null}
      {items.length === 0 ? <p className="pe-quiet">{t('objects.empty')}</p> : null}
      <ul className="pe-cards">
        {items.map((item) => (
          <li key={item.id} className="pe-card htx-ranker-item">
            <ItemCard item={item} />
          </li>
        ))}
      </ul>
    </section>
  )
}
