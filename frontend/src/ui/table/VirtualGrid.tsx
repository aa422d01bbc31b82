import { type KeyboardEvent, memo, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { isSelected, type Selection } from '../selection'
import { nextRow } from './nextRow'
import type { RowActs } from './types'
import { useRowWindow } from './useRowWindow'
import classes from './VirtualGrid.module.css'

const GAP = 10

interface Props<Row> extends Omit<RowActs<Row>, 'onCopy'> {
  label: string
  count: number
  /** Smallest width of a card; its height follows. */
  cardWidth: number
  rowAt: (index: number) => Row | undefined
  idOf: (row: Row) => number
  openId: number | null
  selection: Selection
  onShow: (first: number, last: number) => void
  /** Cards are drawn anew when this changes. */
  look: unknown
  children: (row: Row, isSelected: boolean) => ReactNode
}

/** Returns how many cards stand side by side and how large they are. */
export const cardsIn = (width: number, cardWidth: number): { columns: number; size: number } => {
  const columns = Math.max(1, Math.floor((width - GAP) / (cardWidth + GAP)))
  return { columns, size: Math.floor((width - GAP) / columns - GAP) }
}

/** Cards of any number: only those in sight exist. Keys as in the table, arrows also sideways. */
export function VirtualGrid<Row>(props: Props<Row>) {
  const { label, count, cardWidth, rowAt, idOf, openId, selection, onShow, onSelect, onOpen, onLook, onMenu } = props
  const base = useId()
  const [width, setWidth] = useState(900)
  const [active, setActive] = useState(0)
  const { columns, size } = cardsIn(width, cardWidth)
  const height = Math.round(size * 0.75) + 58
  const lines = Math.ceil(count / columns)
  const rows = useRowWindow({ count: lines, rowHeight: height + GAP, head: 0 })
  const { first, last, scroller } = rows
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth || 900)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  useEffect(() => {
    onShow(first * columns, Math.min(count - 1, (last + 1) * columns - 1))
  }, [first, last, columns, count, onShow])
  const child = useRef(props.children)
  child.current = props.children

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const line = nextRow(event.key, Math.floor(active / columns), lines, rows.pageRows)
    const row = rowAt(active)
    if (sideways !== undefined || line !== null) {
      const moved = line === null ? active + (sideways ?? 0) : line * columns + (active % columns)
      const next = Math.min(count - 1, Math.max(0, moved))
      setActive(next)
      rows.scrollTo(Math.floor(next / columns))
    } else if (row === undefined) return
    else if (event.key === 'Enter') onOpen(row, active)
    else if (event.key === ' ') onLook?.(row, active)
    else if (event.key.toLowerCase() === 'x') onSelect(row, active, event.shiftKey)
    else return
    event.preventDefault()
  }

  const from = first * columns
  const to = Math.min(count, (last + 1) * columns)
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="listbox"
      aria-label={label}
      aria-multiselectable
      aria-activedescendant={count > 0 ? `${base}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={rows.onScroll}
    >
      <div className={classes.body} style={{ height: rows.height }} role="presentation">
        {Array.from({ length: Math.max(0, to - from) }, (_, step) => {
          const index = from + step
          const row = rowAt(index)
          const isChosen = row !== undefined && isSelected(selection, idOf(row))
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list holds the focus and the keys
            <div
              key={index}
              id={`${base}-${index}`}
              role="option"
              aria-selected={isChosen}
              aria-posinset={index + 1}
              aria-setsize={count}
              className={classes.card}
              data-open={(row !== undefined && idOf(row) === openId) || undefined}
              data-active={index === active || undefined}
              style={{
                width: size,
                height,
                transform: `translate(${GAP + (index % columns) * (size + GAP)}px, ${rows.topOf(Math.floor(index / columns)) + GAP}px)`,
              }}
              onClick={() => {
                setActive(index)
                if (row !== undefined) onOpen(row, index)
              }}
              onContextMenu={(event) => {
                if (!onMenu || row === undefined) return
                event.preventDefault()
                onMenu(row, index, { x: event.clientX, y: event.clientY })
              }}
            >
              {row !== undefined && (
                <>
                  {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the key x does the same */}
                  <span
                    className={classes.check}
                    data-checked={isChosen || undefined}
                    onClick={(event) => {
                      event.stopPropagation()
                      onSelect(row, index, event.shiftKey)
                    }}
                  />
                  <Card row={row} isSelected={isChosen} size={size} look={props.look} draw={child} />
                </>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

interface CardProps<Row> {
  row: Row
  isSelected: boolean
  size: number
  look: unknown
  draw: { current: (row: Row, isSelected: boolean) => ReactNode }
}

/** The inside of a card; drawn anew only when its row changes. */
const Card = memo(({ row, isSelected, draw }: CardProps<unknown>) => draw.current(row, isSelected)) as <Row>(
  props: CardProps<Row>,
) => ReactNode
