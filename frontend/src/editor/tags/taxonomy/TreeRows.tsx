import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useText } from '../useText'
import { keyOf, type Row } from './tree'

interface TreeRowsProps {
  readonly id: string
  readonly name: string
  readonly rows: readonly Row[]
  /** The row that the keyboard points at. */
  readonly at: number
  readonly picked: ReadonlySet<string>
  readonly canPick: (row: Row) => boolean
  readonly onPick: (row: Row) => void
  readonly onFold: (row: Row) => void
  /** Asks for an item under a row; unset where the tree is not open to all. */
  readonly onAdd?: (row: Row) => void
  readonly onRemove?: (row: Row) => void
}

const HEIGHT = 30

/** The open part of a tree; only the rows in view are in the page. */
export function TreeRows({ id, name, rows, at, picked, canPick, onPick, onFold, ...changes }: TreeRowsProps) {
  const t = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
    initialRect: { width: 300, height: 300 },
  })
  useEffect(() => {
    if (at < rows.length) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, rows.length, virtual])
  return (
    <div ref={scroller} className="pe-taxonomy__scroll" style={{ height: Math.min(rows.length * HEIGHT, 300) }}>
      <div id={id} role="tree" aria-label={name} aria-multiselectable="true" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const { item, depth, isOpen } = row
          const isOn = picked.has(keyOf(item.path))
          return (
            <div
              key={keyOf(item.path)}
              id={`${id}-${index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={depth + 1}
              aria-expanded={item.isLeaf ? undefined : isOpen}
              aria-selected={isOn}
              title={item.hint || undefined}
              className={`pe-taxonomy__row${index === at ? ' pe-select__option_at' : ''}`}
              style={{ transform: `translateY(${start}px)`, paddingLeft: depth * 18 }}
              onPointerDown={(event) => {
                event.preventDefault()
                onPick(row)
              }}
            >
              {item.isLeaf ? (
                <span className="pe-fold" />
              ) : (
                <button
                  type="button"
                  className="pe-fold"
                  tabIndex={-1}
                  aria-label={t('choices.fold', { name: item.shown })}
                  onPointerDown={(event) => {
                    event.preventDefault()
                    event.stopPropagation()
                    onFold(row)
                  }}
                >
                  {isOpen ? '▾' : '▸'}
                </button>
              )}
              {canPick(row) ? (
                <span className={`pe-check${isOn ? ' pe-check_on' : ''}`} aria-hidden="true">
                  {isOn ? '✓' : ''}
                </span>
              ) : null}
              <span className="pe-taxonomy__name">{item.shown}</span>
              <RowButtons row={row} {...changes} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function RowButtons({ row, onAdd, onRemove }: { row: Row } & Pick<TreeRowsProps, 'onAdd' | 'onRemove'>) {
  const t = useText()
  const name = row.item.shown
  const button = (sign: string, label: string, act: (row: Row) => void) => (
    <button
      type="button"
      className="pe-fold"
      tabIndex={-1}
      aria-label={label}
      title={label}
      onPointerDown={(event) => {
        event.preventDefault()
        event.stopPropagation()
        act(row)
      }}
    >
      {sign}
    </button>
  )
  return (
    <span className="pe-taxonomy__tools">
      {onRemove && row.item.own?.mayRemove ? button('✕', t('taxonomy.removeItem', { name }), onRemove) : null}
      {onAdd ? button('＋', t('taxonomy.addUnder', { name }), onAdd) : null}
    </span>
  )
}
