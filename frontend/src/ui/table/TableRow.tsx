import { Checkbox, Skeleton } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CHECK_WIDTH } from './TableHead'
import type { At, TableColumn } from './types'
import classes from './VirtualTable.module.css'

export interface RowProps<Row> {
  id: string
  row: Row | undefined
  index: number
  top: number
  height: number
  columns: readonly TableColumn<Row>[]
  isSelected: boolean
  isOpen: boolean
  /** Column that the keyboard stands on, if it is in this row. */
  activeColumn: number | null
  onClick: (index: number, column: number) => void
  onSelect: (index: number, extend: boolean) => void
  onMenu?: (index: number, at: At) => void
}

function Row<Row>(props: RowProps<Row>): ReactNode {
  const { id, row, index, top, height, columns, isSelected, isOpen, activeColumn, onClick, onSelect, onMenu } = props
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the grid holds the focus and the keys
    <div
      id={id}
      className={classes.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-open={isOpen || undefined}
      data-active={activeColumn !== null || undefined}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => onClick(index, 0)}
      onContextMenu={(event) => {
        if (!onMenu || row === undefined) return
        event.preventDefault()
        onMenu(index, { x: event.clientX, y: event.clientY })
      }}
    >
      {row === undefined ? (
        // biome-ignore lint/a11y/useSemanticElements: see VirtualTable
        <div className={classes.cell} style={{ width: 420 }} role="gridcell" tabIndex={-1}>
          <Skeleton height={10} />
        </div>
      ) : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: see VirtualTable */}
          <div
            className={classes.cell}
            style={{ width: CHECK_WIDTH, left: 0 }}
            data-frozen
            role="gridcell"
            tabIndex={-1}
          >
            <Checkbox
              size="xs"
              tabIndex={-1}
              checked={isSelected}
              aria-label={t('common.selectRow', { row: index + 1 })}
              onClick={(event) => {
                event.stopPropagation()
                onSelect(index, event.shiftKey)
              }}
              onChange={() => undefined}
            />
          </div>
          {columns.map((column, at) => (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents: as above
            <div
              key={column.id}
              id={`${id}-${at}`}
              className={classes.cell}
              style={{ width: column.width, left: at === 0 ? CHECK_WIDTH : undefined }}
              role="gridcell"
              tabIndex={-1}
              data-frozen={at === 0 || undefined}
              data-numeric={column.isNumeric || undefined}
              data-active={at === activeColumn || undefined}
              onClick={(event) => {
                event.stopPropagation()
                onClick(index, at)
              }}
            >
              {column.render(row)}
            </div>
          ))}
        </>
      )}
    </div>
  )
}

/** One row of a table; drawn anew only when it changes. */
export const TableRow = memo(Row) as typeof Row
