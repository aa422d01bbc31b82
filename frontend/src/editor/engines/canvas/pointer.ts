import type { PointerInput } from '../../core/tools'
import { distance, type Point } from './plane'

/** What the pointer does on a canvas, in screen pixels of the canvas. */
export interface PointerTarget {
  /** Tells whether a press drags the picture instead of using the tool. */
  pans(event: PointerEvent): boolean
  toMedia(at: Point): Point
  send(kind: 'pointerDown' | 'pointerMove' | 'pointerUp', input: PointerInput<Point>): void
  cancel(): void
  hover(at: Point | null): void
  panBy(by: Point): Point
  zoomAt(factor: number, at: Point): void
  readonly isZoomed: boolean
  readonly mayZoom: boolean
  readonly isZoomInverted: boolean
}

const DOUBLE_CLICK_MS = 400
const DOUBLE_CLICK_REACH = 6

/** Listens to mouse, pen and touch on an element until the returned function is called. Two fingers zoom and pan. */
export function listenToPointer(element: HTMLElement, target: PointerTarget): () => void {
  const fingers = new Map<number, Point>()
  let mode: 'none' | 'tool' | 'pan' | 'pinch' = 'none'
  let lastPress = { at: { x: 0, y: 0 }, time: 0, clicks: 0 }
  let last: Point = { x: 0, y: 0 }

  const place = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const input = (event: PointerEvent, clicks = 1): PointerInput<Point> => ({
    at: target.toMedia(place(event)),
    shift: event.shiftKey,
    ctrl: event.ctrlKey || event.metaKey,
    alt: event.altKey,
    kind: event.pointerType === 'pen' ? 'pen' : event.pointerType === 'touch' ? 'touch' : 'mouse',
    clicks,
  })
  const countClicks = (at: Point, time: number): number => {
    const again = time - lastPress.time < DOUBLE_CLICK_MS && distance(at, lastPress.at) < DOUBLE_CLICK_REACH
    lastPress = { at, time, clicks: again ? lastPress.clicks + 1 : 1 }
    return lastPress.clicks
  }
  const spread = () => {
    const [a, b] = [...fingers.values()] as [Point, Point]
    return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, reach: distance(a, b) }
  }

  const down = (event: PointerEvent) => {
    if (event.button > 1) return
    const at = place(event)
    fingers.set(event.pointerId, at)
    element.setPointerCapture?.(event.pointerId)
    if (event.pointerType === 'touch' && fingers.size === 2) {
      if (mode === 'tool') target.cancel()
      mode = 'pinch'
      return
    }
    if (mode !== 'none') return
    last = at
    mode = target.pans(event) ? 'pan' : 'tool'
    if (mode === 'tool') target.send('pointerDown', input(event, countClicks(at, event.timeStamp)))
    event.preventDefault()
    element.focus({ preventScroll: true })
  }
  const move = (event: PointerEvent) => {
    const at = place(event)
    if (mode === 'pinch' && fingers.has(event.pointerId)) {
      const before = spread()
      fingers.set(event.pointerId, at)
      const after = spread()
      target.panBy({ x: after.middle.x - before.middle.x, y: after.middle.y - before.middle.y })
      if (before.reach > 0) target.zoomAt(after.reach / before.reach, after.middle)
      return
    }
    if (mode === 'pan') target.panBy({ x: at.x - last.x, y: at.y - last.y })
    else target.send('pointerMove', input(event))
    last = at
    target.hover(at)
  }
  const up = (event: PointerEvent) => {
    fingers.delete(event.pointerId)
    if (mode === 'pinch') {
      if (fingers.size === 0) mode = 'none'
      return
    }
    if (mode === 'tool') target.send('pointerUp', input(event, lastPress.clicks))
    mode = 'none'
  }
  const lost = (event: PointerEvent) => {
    fingers.delete(event.pointerId)
    if (mode === 'tool') target.cancel()
    mode = 'none'
  }
  const leave = () => target.hover(null)
  const wheel = (event: WheelEvent) => {
    const at = place(event)
    if ((event.ctrlKey || event.metaKey) && target.mayZoom) {
      const turned = target.isZoomInverted ? event.deltaY : -event.deltaY
      target.zoomAt(Math.min(Math.max(Math.exp(0.009 * turned), 0.7), 1.3), at)
      event.preventDefault()
      return
    }
    if (!target.isZoomed || event.ctrlKey) return
    const left = target.panBy({ x: -event.deltaX, y: -event.deltaY })
    // At the border the page scrolls on.
    if (Math.abs(left.y) < Math.abs(event.deltaY) || Math.abs(left.x) < Math.abs(event.deltaX)) event.preventDefault()
  }

  element.addEventListener('pointerdown', down)
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerup', up)
  element.addEventListener('pointercancel', lost)
  element.addEventListener('pointerleave', leave)
  element.addEventListener('wheel', wheel, { passive: false })
  return () => {
    element.removeEventListener('pointerdown', down)
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerup', up)
    element.removeEventListener('pointercancel', lost)
    element.removeEventListener('pointerleave', leave)
    element.removeEventListener('wheel', wheel)
  }
}
