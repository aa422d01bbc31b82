import { memo, type ReactNode } from 'react'
import { CHECK_WIDTH } from './TableHead'
import type { At, TableColumn } from './types'
import classes from './VirtualTable.module.css'

export interface RowProps<Row> {
  id: string
  row: Row | undefined
  index: number
  top: number
  height: number
  width: number
  columns: readonly TableColumn<Row>[]
  /** What the box that selects a row is called, with # for the row's number. */
  choiceName: string
  isSelected: boolean
  isOpen: boolean
  /** Column that the keyboard stands on, if it is in this row. */
  activeColumn: number | null
  onClick: (index: number, column: number) => void
  onSelect: (index: number, extend: boolean) => void
  onMenu?: (index: number, at: At) => void
}

function Row<Row>(props: RowProps<Row>): ReactNode {
  const { id, row, index, top, height, width, columns, isSelected, isOpen, activeColumn } = props
  const { choiceName, onClick, onSelect, onMenu } = props
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
      style={{ height, width, top }}
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
          <span className={classes.waiting} />
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
            <input
              type="checkbox"
              className={classes.check}
              tabIndex={-1}
              checked={isSelected}
              aria-label={choiceName.replace('#', String(index + 1))}
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
