import { Checkbox, Skeleton } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nextRow } from './nextRow'
import { countSelected, isSelected, type Selection } from './selection'
import classes from './VirtualTable.module.css'

export interface TableColumn<Row> {
  id: string
  title: string
  width: number
  render: (row: Row) => ReactNode
}

interface Props<Row> {
  label: string
  count: number
  rowHeight: number
  columns: readonly TableColumn<Row>[]
  rowAt: (index: number) => Row | undefined
  idOf: (row: Row) => number
  openId: number | null
  selection: Selection
  onShow: (first: number, last: number) => void
  onOpen: (row: Row) => void
  onSelect: (row: Row, index: number, extend: boolean) => void
  onSelectAll: (isChosen: boolean) => void
}

/** A table of any length: only rows in sight exist, and each is asked for by its index. */
export function VirtualTable<Row>(props: Props<Row>) {
  const { label, count, rowHeight, columns, rowAt, idOf, openId, selection, onShow, onOpen, onSelect, onSelectAll } =
    props
  const { t } = useTranslation()
  const base = useId()
  const chosen = countSelected(selection, count)
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: 34,
  })
  const items = rows.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items[items.length - 1]?.index ?? 0
  useEffect(() => onShow(first, last), [first, last, onShow])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 1)
    const next = nextRow(event.key, active, count, pageRows)
    const row = rowAt(active)
    if (next !== null) {
      setActive(next)
      rows.scrollToIndex(next, { align: 'auto' })
    } else if (event.key === 'Enter' && row !== undefined) onOpen(row)
    else if (event.key === ' ' && row !== undefined) onSelect(row, active, event.shiftKey)
    else return
    event.preventDefault()
  }

  const cells = (row: Row, index: number) => (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table elements do not allow */}
      <div className={classes.cell} style={{ width: 38 }} role="gridcell" tabIndex={-1}>
        <Checkbox
          size="xs"
          tabIndex={-1}
          checked={isSelected(selection, idOf(row))}
          aria-label={t('common.selectRow', { row: index + 1 })}
          onClick={(event) => {
            event.stopPropagation()
            onSelect(row, index, event.shiftKey)
          }}
          onChange={() => undefined}
        />
      </div>
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div key={column.id} className={classes.cell} style={{ width: column.width }} role="gridcell" tabIndex={-1}>
          {column.render(row)}
        </div>
      ))}
    </>
  )

  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-multiselectable
      aria-activedescendant={count > 0 ? `${base}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div className={classes.head} role="row" aria-rowindex={1}>
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
        <div className={classes.headCell} style={{ width: 38 }} role="columnheader">
          <Checkbox
            size="xs"
            aria-label={t('common.selectAll')}
            checked={chosen > 0 && chosen === count}
            indeterminate={chosen > 0 && chosen < count}
            onChange={(event) => onSelectAll(event.currentTarget.checked)}
          />
        </div>
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above
          <div key={column.id} className={classes.headCell} style={{ width: column.width }} role="columnheader">
            <span className="ellipsis">{column.title}</span>
          </div>
        ))}
      </div>
      <div className={classes.body} style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const row = rowAt(item.index)
          const id = row === undefined ? null : idOf(row)
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: as above
            <div
              key={item.key}
              id={`${base}-${item.index}`}
              className={classes.row}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={id !== null && isSelected(selection, id)}
              data-open={(id !== null && id === openId) || undefined}
              data-active={item.index === active || undefined}
              style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
              onClick={() => {
                setActive(item.index)
                if (row !== undefined) onOpen(row)
              }}
            >
              {row === undefined ? (
                <div className={classes.cell} style={{ width: 420 }}>
                  <Skeleton height={10} />
                </div>
              ) : (
                cells(row, item.index)
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
