import { type RefObject, useLayoutEffect, useState } from 'react'

/** Space below the picture, in pixels of the screen. */
const MARGIN = 16
/** With less than this share of the pane, what stands above the picture scrolls away instead. */
const LEAST = 0.55
/** What the last picture got: the next one most often gets the same, and is drawn once then. */
let last: number | undefined

/**
 * How high a picture may be, in pixels of the screen, for all of it to be in sight with what stands above it.
 * Nothing where the pane takes the height of what is in it.
 */
export function useFitHeight(row: RefObject<HTMLElement | null>): number | undefined {
  const [height, setHeight] = useState(last)
  useLayoutEffect(() => {
    const element = row.current
    const pane = element?.closest<HTMLElement>('.pe-main')
    if (!element || !pane) return
    const measure = () => {
      last = fitHeight(element, pane)
      setHeight(last)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(pane)
    if (pane.firstElementChild) observer.observe(pane.firstElementChild)
    return () => observer.disconnect()
  }, [row])
  return height
}

function fitHeight(element: HTMLElement, pane: HTMLElement): number | undefined {
  const room = pane.clientHeight - MARGIN
  if (room <= 0 || getComputedStyle(pane).overflowY === 'visible') return undefined
  const above = element.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop
  return Math.floor(room - above >= LEAST * room ? room - above : room)
}
