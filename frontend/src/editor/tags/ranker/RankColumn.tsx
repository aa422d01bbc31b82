import { useDroppable } from '@dnd-kit/core'
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { useState } from 'react'
import { ItemCard } from '../ItemCard'
import type { ListItem } from '../listItems'
import { useText } from '../useText'
import type { Column } from './ranking'

interface RankColumnProps {
  readonly column: Column
  readonly items: readonly ListItem[]
  readonly isFree: boolean
  readonly isFoldable: boolean
}

/** A column of items that can be put in order. */
export function RankColumn({ column, items, isFree, isFoldable }: RankColumnProps) {
  const { setNodeRef, isOver } = useDroppable({ id: `column ${column.name}` })
  return (
    <section
      ref={setNodeRef}
      className={`pe-ranker__column htx-ranker-column${isOver ? ' pe-ranker__column_over' : ''}`}
      aria-label={column.title || column.name}
    >
      {column.title ? (
        <h4 className="pe-caption">
          {column.title} <span className="pe-quiet">{items.length}</span>
        </h4>
      ) : null}
      <SortableContext items={items.map((item) => item.id)} strategy={verticalListSortingStrategy}>
        <ol className="pe-cards">
          {items.map((item) => (
            <RankItem key={item.id} item={item} isFree={isFree} isFoldable={isFoldable} />
          ))}
        </ol>
      </SortableContext>
    </section>
  )
}

function RankItem({ item, isFree, isFoldable }: { item: ListItem; isFree: boolean; isFoldable: boolean }) {
  const t = useText()
  const [isFolded, setFolded] = useState(false)
  const sortable = useSortable({ id: item.id, disabled: !isFree })
  const hasMore = item.body !== '' || item.html !== ''
  return (
    <li
      ref={sortable.setNodeRef}
      className={`pe-card pe-card_free htx-ranker-item${sortable.isDragging ? ' pe-card_dragged' : ''}`}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
    >
      <button
        type="button"
        ref={sortable.setActivatorNodeRef}
        className="pe-card__grip"
        aria-label={t('ranker.grip', { item: item.title || item.id })}
        disabled={!isFree}
        {...sortable.attributes}
        {...sortable.listeners}
      >
        ⠿
      </button>
      <div className="pe-card__content" {...(isFree ? sortable.listeners : {})}>
        <ItemCard item={item} isFolded={isFolded} />
      </div>
      {isFoldable && hasMore ? (
        <button
          type="button"
          className="pe-fold"
          aria-expanded={!isFolded}
          aria-label={t('choices.fold', { name: item.title || item.id })}
          onClick={() => setFolded(!isFolded)}
        >
          {isFolded ? '▸' : '▾'}
        </button>
      ) : null}
    </li>
  )
}
