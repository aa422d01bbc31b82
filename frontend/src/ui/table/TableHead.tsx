import { ActionIcon, Checkbox, Menu } from '@mantine/core'
import { IconArrowNarrowDown, IconArrowNarrowUp, IconDots } from '@tabler/icons-react'
import { memo, type PointerEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeadActs, TableColumn } from './types'
import classes from './VirtualTable.module.css'

export const CHECK_WIDTH = 38
export const HEAD_HEIGHT = 34
const MIN_WIDTH = 48
const MAX_WIDTH = 1200

interface HeadCellProps<Row> extends HeadActs<Row> {
  column: TableColumn<Row>
  isFrozen: boolean
}

/** One heading: sorts by a click, moves by dragging, grows at its edge, and has a menu. */
function HeadCell<Row>({ column, isFrozen, onResize, onMove, onSort, menu }: HeadCellProps<Row>) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  const grow = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.stopPropagation()
    const handle = event.currentTarget
    const start = event.clientX - column.width
    handle.setPointerCapture(event.pointerId)
    const move = (now: globalThis.PointerEvent) =>
      onResize?.(column.id, Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, now.clientX - start))))
    const stop = () => {
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('pointerup', stop)
      handle.removeEventListener('pointercancel', stop)
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', stop)
    handle.addEventListener('pointercancel', stop)
  }
  const Arrow = column.sort === 'descending' ? IconArrowNarrowDown : IconArrowNarrowUp
  const inner = (
    <>
      {column.icon}
      <span className="ellipsis">{column.title}</span>
      {column.sort && <Arrow size={14} aria-hidden className={classes.arrow} />}
    </>
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see VirtualTable
    <div
      className={classes.headCell}
      style={{ width: column.width, left: isFrozen ? CHECK_WIDTH : undefined }}
      role="columnheader"
      aria-sort={column.sort}
      data-frozen={isFrozen || undefined}
      data-over={isOver || undefined}
      draggable={onMove !== undefined && !isFrozen}
      onDragStart={(event) => event.dataTransfer.setData('text/column', column.id)}
      onDragOver={(event) => {
        if (!onMove || !event.dataTransfer.types.includes('text/column')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const dragged = event.dataTransfer.getData('text/column')
        if (dragged && dragged !== column.id) onMove?.(dragged, column.id)
      }}
    >
      {onSort ? (
        <button type="button" className={classes.headButton} tabIndex={-1} onClick={() => onSort(column.id)}>
          {inner}
        </button>
      ) : (
        <span className={classes.headButton}>{inner}</span>
      )}
      {menu && (
        <Menu position="bottom-start" withinPortal keepMounted={false} shadow="md">
          <Menu.Target>
            <ActionIcon
              size={20}
              className={classes.headMenu}
              aria-label={t('common.table.columnMenu', { title: column.title })}
            >
              <IconDots size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>{menu(column)}</Menu.Dropdown>
        </Menu>
      )}
      {onResize && <span className={classes.handle} aria-hidden onPointerDown={grow} />}
    </div>
  )
}

interface Props<Row> extends HeadActs<Row> {
  columns: readonly TableColumn<Row>[]
  isAll: boolean
  isSome: boolean
  onSelectAll: (isChosen: boolean) => void
}

function Head<Row>({ columns, isAll, isSome, onSelectAll, ...acts }: Props<Row>): ReactNode {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see VirtualTable
    <div className={classes.head} role="row" aria-rowindex={1}>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see VirtualTable */}
      <div className={classes.headCell} style={{ width: CHECK_WIDTH, left: 0 }} data-frozen role="columnheader">
        <Checkbox
          size="xs"
          aria-label={t('common.selectAll')}
          checked={isAll}
          indeterminate={isSome}
          onChange={(event) => onSelectAll(event.currentTarget.checked)}
        />
      </div>
      {columns.map((column, index) => (
        <HeadCell key={column.id} column={column} isFrozen={index === 0} {...acts} />
      ))}
    </div>
  )
}

/** The head of a table; the first column stays when the others move sideways. Scrolling does not draw it anew. */
export const TableHead = memo(Head) as typeof Head
