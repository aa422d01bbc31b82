/** A pointer event, told in the object's own units. */
export interface PointerInput<P> {
  readonly at: P
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly kind: 'mouse' | 'pen' | 'touch'
  /** How many presses in a row: 2 is a double click. */
  readonly clicks: number
  /** How hard a pen is pressed, 0 to 1. */
  readonly pressure?: number
}

/** One state of a tool. Each reaction returns the next state; a reaction that is missing changes nothing. */
export interface ToolState<P> {
  readonly name: string
  readonly cursor?: string
  /** Wants every point of a move, also those between two frames, as a brush does. */
  readonly wantsAll?: boolean
  pointerDown?(input: PointerInput<P>): ToolState<P>
  pointerMove?(input: PointerInput<P>): ToolState<P>
  pointerUp?(input: PointerInput<P>): ToolState<P>
  /** Ends what is going on and takes it back. */
  cancel?(): ToolState<P>
  /** Ends what is going on and keeps it, as by Enter. */
  finish?(): ToolState<P>
  /** The document changed, perhaps by undo. */
  changed?(): ToolState<P>
  /** Another tool is picked: leaves what is going on as it is. Without it the tool goes on until it is done. */
  leave?(): ToolState<P>
}

export type PointerKind = 'pointerDown' | 'pointerMove' | 'pointerUp'

/** Runs a tool: holds its state and hands it the events. */
export class ToolRunner<P> {
  private state: ToolState<P>

  constructor(private readonly idle: ToolState<P>) {
    this.state = idle
  }

  /** The present state. */
  get current(): ToolState<P> {
    return this.state
  }

  /** Whether the tool is in the middle of something. */
  get isBusy(): boolean {
    return this.state !== this.idle
  }

  /** Hands an event to the present state. */
  send(kind: PointerKind, input: PointerInput<P>): void {
    const next = this.state[kind]?.(input)
    if (next) this.state = next
  }

  /** Takes back what is going on; tells whether there was something. */
  cancel(): boolean {
    if (!this.isBusy) return false
    this.state = this.state.cancel?.() ?? this.idle
    return true
  }

  /** Ends what is going on and keeps it; tells whether there was something that can end so. */
  finish(): boolean {
    if (!this.state.finish) return false
    this.state = this.state.finish()
    return true
  }

  /** Tells the present state that the document changed. */
  changed(): void {
    this.state = this.state.changed?.() ?? this.state
  }

  /** Makes room for another tool; tells whether there is room. */
  leave(): boolean {
    if (this.isBusy && this.state.leave) this.state = this.state.leave()
    return !this.isBusy
  }
}
