import type { PointerInput } from '../../core/tools'
import type { PenEnd } from './penEnd'
import { distance, type Point } from './plane'
import type { Viewport } from './viewport'

/** What the pointer does on a canvas, in screen pixels of the canvas. */
export interface PointerTarget {
  /** Tells whether a press drags the picture instead of using the tool. */
  pans(event: PointerEvent): boolean
  send(kind: 'pointerDown' | 'pointerMove' | 'pointerUp', input: PointerInput<Point>): void
  cancel(): void
  hover(at: Point | null): void
  readonly viewport: Pick<Viewport, 'toMedia' | 'pan' | 'zoom' | 'isZoomed'>
  /** The other end of a pen. */
  readonly penEnd: Pick<PenEnd, 'begin' | 'end'>
  readonly mayZoom: boolean
  readonly isZoomInverted: boolean
  /** Whether every point of a move counts, also those between two frames. */
  readonly wantsAll: boolean
}

type Mode = 'none' | 'tool' | 'pan' | 'pinch'

const DOUBLE_CLICK_MS = 400
const DOUBLE_CLICK_REACH = 6
/** A hand that rests on the screen while a pen is used is no finger. */
const PALM_MS = 600

/** Listens to mouse, pen and touch on an element until the returned function is called. Two fingers zoom and pan. */
export function listenToPointer(element: HTMLElement, target: PointerTarget): () => void {
  const listener = new PointerListener(element, target)
  const events = {
    pointerdown: (event: PointerEvent) => listener.down(event),
    pointermove: (event: PointerEvent) => listener.move(event),
    pointerup: (event: PointerEvent) => listener.up(event),
    pointercancel: (event: PointerEvent) => listener.lost(event),
    pointerleave: () => target.hover(null),
    wheel: (event: WheelEvent) => listener.wheel(event),
  }
  for (const [name, listen] of Object.entries(events))
    element.addEventListener(name, listen as EventListener, { passive: false })
  return () => {
    for (const [name, listen] of Object.entries(events)) element.removeEventListener(name, listen as EventListener)
  }
}

/** A pen that is turned round reports a button of its own. */
const isErasing = ({ button, buttons }: PointerEvent): boolean => button === 5 || (buttons & 32) !== 0

/** Buttons over the picture take their presses themselves: a captured pointer would never click them. */
const isOnControl = ({ target }: PointerEvent): boolean =>
  target instanceof Element && target.closest('button') !== null

class PointerListener {
  private readonly fingers = new Map<number, Point>()
  private mode: Mode = 'none'
  /** The pointer that uses the tool or drags the picture. */
  private leading = -1
  private lastPress = { at: { x: 0, y: 0 }, time: 0, clicks: 0 }
  private last: Point = { x: 0, y: 0 }
  private penAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly element: HTMLElement,
    private readonly target: PointerTarget,
  ) {}

  down(event: PointerEvent): void {
    if ((event.button > 1 && !isErasing(event)) || this.isPalm(event) || isOnControl(event)) return
    const at = this.place(event)
    if (event.pointerType === 'pen') this.penDown()
    this.element.setPointerCapture?.(event.pointerId)
    if (event.pointerType === 'touch') this.fingers.set(event.pointerId, at)
    if (this.fingers.size === 2 && (this.mode === 'none' || this.leading !== event.pointerId)) {
      if (this.mode === 'tool') this.target.cancel()
      this.mode = 'pinch'
      return
    }
    if (this.mode !== 'none') return
    if (isErasing(event) && !this.target.penEnd.begin(this.target.viewport.toMedia(at))) return
    this.last = at
    this.leading = event.pointerId
    this.mode = this.target.pans(event) ? 'pan' : 'tool'
    if (this.mode === 'tool') this.target.send('pointerDown', this.input(event, this.countClicks(at, event.timeStamp)))
    event.preventDefault()
    this.element.focus({ preventScroll: true })
  }

  move(event: PointerEvent): void {
    if (this.isPalm(event)) return
    if (event.pointerType === 'pen') this.penAt = event.timeStamp
    const at = this.place(event)
    if (this.mode === 'pinch') {
      if (this.fingers.has(event.pointerId)) this.pinch(event.pointerId, at)
      return
    }
    if (this.mode !== 'none' && event.pointerId !== this.leading) return
    if (this.mode === 'pan') this.target.viewport.pan({ x: at.x - this.last.x, y: at.y - this.last.y })
    else {
      const between = this.target.wantsAll ? (event.getCoalescedEvents?.() ?? []) : []
      for (const step of between.length > 0 ? between : [event]) this.target.send('pointerMove', this.input(step))
    }
    this.last = at
    this.target.hover(at)
  }

  up(event: PointerEvent): void {
    this.fingers.delete(event.pointerId)
    if (this.mode === 'pinch') {
      if (this.fingers.size === 0) this.mode = 'none'
      return
    }
    if (this.mode === 'none' || event.pointerId !== this.leading) return
    if (this.mode === 'tool') this.target.send('pointerUp', this.input(event, this.lastPress.clicks))
    this.rest()
  }

  lost(event: PointerEvent): void {
    this.fingers.delete(event.pointerId)
    if (this.mode === 'tool' && event.pointerId === this.leading) this.target.cancel()
    if (event.pointerId === this.leading || this.fingers.size === 0) this.rest()
  }

  private rest(): void {
    this.mode = 'none'
    this.target.penEnd.end()
  }

  wheel(event: WheelEvent): void {
    const { target } = this
    const at = this.place(event)
    if ((event.ctrlKey || event.metaKey) && target.mayZoom) {
      const turned = target.isZoomInverted ? event.deltaY : -event.deltaY
      target.viewport.zoom(Math.min(Math.max(Math.exp(0.009 * turned), 0.7), 1.3), at)
      event.preventDefault()
      return
    }
    if (!target.viewport.isZoomed || event.ctrlKey) return
    const left = target.viewport.pan({ x: -event.deltaX, y: -event.deltaY })
    // At the border the page scrolls on.
    if (Math.abs(left.y) < Math.abs(event.deltaY) || Math.abs(left.x) < Math.abs(event.deltaX)) event.preventDefault()
  }

  /** While a pen is near, touches are the hand that holds it. */
  private isPalm(event: PointerEvent): boolean {
    return event.pointerType === 'touch' && event.timeStamp - this.penAt < PALM_MS
  }

  /** A touch that came before the pen was the hand, too. */
  private penDown(): void {
    this.penAt = performance.now()
    this.fingers.clear()
    if (this.mode === 'tool') this.target.cancel()
    this.rest()
  }

  private pinch(finger: number, at: Point): void {
    const before = this.spread()
    this.fingers.set(finger, at)
    const after = this.spread()
    if (!before || !after) return
    this.target.viewport.pan({ x: after.middle.x - before.middle.x, y: after.middle.y - before.middle.y })
    if (before.reach > 0) this.target.viewport.zoom(after.reach / before.reach, after.middle)
  }

  private spread(): { middle: Point; reach: number } | null {
    const [a, b] = [...this.fingers.values()]
    return a && b ? { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, reach: distance(a, b) } : null
  }

  private place(event: MouseEvent): Point {
    const box = this.element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  private input(event: PointerEvent, clicks = 1): PointerInput<Point> {
    return {
      at: this.target.viewport.toMedia(this.place(event)),
      shift: event.shiftKey,
      ctrl: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      kind: event.pointerType === 'pen' ? 'pen' : event.pointerType === 'touch' ? 'touch' : 'mouse',
      clicks,
      pressure: event.pressure,
    }
  }

  private countClicks(at: Point, time: number): number {
    const { lastPress } = this
    const again = time - lastPress.time < DOUBLE_CLICK_MS && distance(at, lastPress.at) < DOUBLE_CLICK_REACH
    this.lastPress = { at, time, clicks: again ? lastPress.clicks + 1 : 1 }
    return this.lastPress.clicks
  }
}
