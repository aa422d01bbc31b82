import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { countSelected, isSelected } from '../selection'
import { nextRow } from './nextRow'
import { CHECK_WIDTH, HEAD_HEIGHT, TableHead } from './TableHead'
import { TableRow } from './TableRow'
import type { At, TableProps } from './types'
import { useRowWindow } from './useRowWindow'
import classes from './VirtualTable.module.css'

/** A table of any length: only rows in sight exist, and each is asked for by its index. */
export function VirtualTable<Row>(props: TableProps<Row>) {
  const { label, count, rowHeight, columns, rowAt, idOf, openId, selection, startAt, onShow, onSelectAll } = props
  const { t } = useTranslation()
  const choiceName = t('common.selectRow', { row: '#' })
  const base = useId()
  const chosen = countSelected(selection, count)
  const rows = useRowWindow({ count, rowHeight, head: HEAD_HEIGHT })
  const [active, setActive] = useState({ row: startAt ?? 0, column: 0 })
  const { first, last, scroller, scrollTo } = rows
  useEffect(() => onShow(first, last), [first, last, onShow])
  useEffect(() => {
    if (startAt === undefined) return
    setActive((old) => ({ ...old, row: startAt }))
    scrollTo(startAt)
  }, [startAt, scrollTo])

  const latest = useRef(props)
  latest.current = props
  const click = useCallback(
    (index: number, column: number) => {
      setActive({ row: index, column })
      const row = latest.current.rowAt(index)
      if (row !== undefined) latest.current.onOpen(row, index)
      scroller.current?.focus({ preventScroll: true })
    },
    [scroller],
  )
  const select = useCallback((index: number, extend: boolean) => {
    const row = latest.current.rowAt(index)
    if (row !== undefined) latest.current.onSelect(row, index, extend)
  }, [])
  const openMenu = useCallback((index: number, at: At) => {
    setActive((old) => ({ ...old, row: index }))
    const row = latest.current.rowAt(index)
    if (row !== undefined) latest.current.onMenu?.(row, index, at)
  }, [])

  const menuAtActive = () => {
    const box = document.getElementById(`${base}-${active.row}`)?.getBoundingClientRect()
    openMenu(active.row, { x: (box?.left ?? 0) + 60, y: box?.bottom ?? 0 })
  }
  const act = (event: KeyboardEvent): boolean => {
    const row = rowAt(active.row)
    const isCommand = event.ctrlKey || event.metaKey
    if (isCommand && event.key === 'a') onSelectAll(true)
    else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) menuAtActive()
    else if (row === undefined) return false
    else if (isCommand && event.key === 'c' && !window.getSelection()?.toString()) {
      props.onCopy?.(row, columns[active.column]?.id ?? '')
    } else if (isCommand) return false
    else if (event.key === 'Enter') props.onOpen(row, active.row)
    else if (event.key === ' ') props.onLook?.(row, active.row)
    else if (event.key.toLowerCase() === 'x') props.onSelect(row, active.row, event.shiftKey)
    else return false
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const next = event.ctrlKey || event.metaKey ? null : nextRow(event.key, active.row, count, rows.pageRows)
    if (next !== null) {
      if (event.shiftKey && next !== active.row) {
        const row = rowAt(next)
        if (row !== undefined) props.onSelect(row, next, true)
      }
      setActive({ ...active, row: next })
      rows.scrollTo(next)
    } else if (sideways !== undefined) {
      const column = Math.min(columns.length - 1, Math.max(0, active.column + sideways))
      setActive({ ...active, column })
      document
        .getElementById(`${base}-${active.row}-${column}`)
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    } else if (!act(event)) return
    event.preventDefault()
  }

  const width = columns.reduce((sum, column) => sum + column.width, CHECK_WIDTH)
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table elements do not allow
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={count > 0 ? `${base}-${active.row}-${active.column}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={rows.onScroll}
    >
      <TableHead
        columns={columns}
        isAll={chosen > 0 && chosen === count}
        isSome={chosen > 0 && chosen < count}
        onSelectAll={onSelectAll}
        onResize={props.onResize}
        onMove={props.onMove}
        onSort={props.onSort}
        menu={props.menu}
      />
      <div className={classes.body} style={{ height: rows.height, width }}>
        {Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => {
          const index = first + step
          const row = rowAt(index)
          const id = row === undefined ? null : idOf(row)
          return (
            <TableRow
              key={index}
              id={`${base}-${index}`}
              row={row}
              index={index}
              top={rows.topOf(index)}
              height={rowHeight}
              width={width}
              columns={columns}
              choiceName={choiceName}
              isSelected={id !== null && isSelected(selection, id)}
              isOpen={id !== null && id === openId}
              activeColumn={index === active.row ? active.column : null}
              onClick={click}
              onSelect={select}
              onMenu={props.onMenu && openMenu}
            />
          )
        })}
      </div>
    </div>
  )
}
