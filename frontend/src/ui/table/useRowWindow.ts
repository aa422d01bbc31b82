import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { bodyHeight, offsetShowing, placeAt, rowsInSight, START, scrolledTo } from './place'

const OVERSCAN = 10
const IDLE_MS = 160
/** Height to assume where nothing is laid out. */
const UNKNOWN_VIEW = 600

interface Options {
  count: number
  rowHeight: number
  /** Height of what stays at the top while rows move below it. */
  head: number
}

export interface RowWindow {
  scroller: RefObject<HTMLDivElement | null>
  first: number
  last: number
  height: number
  /** Rows that fit into sight. */
  pageRows: number
  /** Returns where a row is to be placed inside the body. */
  topOf: (row: number) => number
  scrollTo: (row: number) => void
  onScroll: () => void
}

/** Tells which rows of a list of any length are in sight. All rows have one height. */
export const useRowWindow = ({ count, rowHeight, head }: Options): RowWindow => {
  const scroller = useRef<HTMLDivElement>(null)
  const place = useRef(START)
  const idle = useRef(0)
  const [view, setView] = useState(UNKNOWN_VIEW)
  const [shown, setShown] = useState({ first: 0, last: -1, shift: 0 })
  const content = count * rowHeight + head

  const update = useCallback(() => {
    const { offset, scrollTop } = place.current
    const { first, last } = rowsInSight(offset, view, rowHeight, count, OVERSCAN)
    const shift = Math.round(offset - scrollTop)
    setShown((old) => (old.first === first && old.last === last && old.shift === shift ? old : { first, last, shift }))
  }, [view, rowHeight, count])

  const moveTo = useCallback(
    (offset: number) => {
      place.current = placeAt(offset, content, view)
      if (scroller.current) scroller.current.scrollTop = place.current.scrollTop
      update()
    },
    [content, view, update],
  )

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setView(element.clientHeight || UNKNOWN_VIEW)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // A change of the rows' number or height keeps the first row in sight where it is.
  const before = useRef(rowHeight)
  useLayoutEffect(() => {
    const row = place.current.offset / before.current
    before.current = rowHeight
    moveTo(row * rowHeight)
  }, [moveTo, rowHeight])
  useEffect(() => () => window.clearTimeout(idle.current), [])

  const onScroll = useCallback(() => {
    const element = scroller.current
    if (!element) return
    place.current = scrolledTo(place.current, element.scrollTop, content, view)
    update()
    window.clearTimeout(idle.current)
    // Short ways move the content pixel by pixel, which the scroll bar cannot follow: it catches up afterwards.
    if (content !== bodyHeight(content)) idle.current = window.setTimeout(() => moveTo(place.current.offset), IDLE_MS)
  }, [content, view, update, moveTo])

  const scrollTo = useCallback(
    (row: number) => {
      const { offset } = place.current
      const next = offsetShowing(row, offset, view, rowHeight, head)
      if (next !== offset) moveTo(next)
    },
    [view, rowHeight, head, moveTo],
  )
  const { first, last, shift } = shown
  return {
    scroller,
    first,
    last: Math.min(last, count - 1),
    height: bodyHeight(content) - head,
    pageRows: Math.max(1, Math.floor((view - head) / rowHeight) - 1),
    topOf: (row) => row * rowHeight - shift,
    scrollTo,
    onScroll,
  }
}
