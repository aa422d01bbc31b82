import { Observable } from '../../core/observable'
import type { PointerInput, PointerKind } from '../../core/tools'
import type { Point } from './plane'
import type { Viewport } from './viewport'

export interface KeyboardTarget {
  readonly viewport: Viewport
  /** Where the mouse is, on the screen. */
  readonly pointer: () => Point | null
  /** Whether the tool draws for as long as the pointer is down, as a brush. */
  readonly isDrawing: () => boolean
  readonly send: (kind: PointerKind, input: PointerInput<Point>) => void
}

const STEP = 10

/** A pointer that is moved and pressed by keys, so that everything can be drawn without a mouse. */
export class KeyboardPointer {
  /** Where it is, on the screen; `null` while the mouse is used. */
  readonly at = new Observable<Point | null>(null)
  private isDown = false

  constructor(private readonly target: KeyboardTarget) {}

  /** Whether it is down. */
  get isPressing(): boolean {
    return this.isDown
  }

  /** Moves by steps; `isFine` by single pixels of the screen. */
  move(x: number, y: number, isFine: boolean): void {
    const { width, height } = this.target.viewport.size
    const from = this.place()
    const by = isFine ? 1 : STEP
    const to = {
      x: Math.min(Math.max(from.x + x * by, 0), width),
      y: Math.min(Math.max(from.y + y * by, 0), height),
    }
    this.at.set(to)
    this.send('pointerMove', to)
  }

  /** Presses and lets go; tools that draw while the pointer is down are pressed and let go in turns. */
  press(): void {
    const at = this.place()
    this.at.set(at)
    if (!this.isDown) this.send('pointerDown', at)
    const staysDown = !this.isDown && this.target.isDrawing()
    if (!staysDown) this.send('pointerUp', at)
    this.isDown = staysDown
  }

  /** Forgets that it was down. */
  release(): void {
    this.isDown = false
  }

  private place(): Point {
    const { width, height } = this.target.viewport.size
    return this.at.get() ?? this.target.pointer() ?? { x: Math.round(width / 2), y: Math.round(height / 2) }
  }

  private send(kind: PointerKind, at: Point): void {
    const media = this.target.viewport.toMedia(at)
    this.target.send(kind, { at: media, shift: false, ctrl: false, alt: false, clicks: 1, kind: 'mouse' })
  }
}
