/** A value that tells when it changes. */
export class Observable<T> {
  private readonly listeners = new Set<() => void>()

  constructor(private current: T) {}

  /** Returns the value. */
  get(): T {
    return this.current
  }

  /** Replaces the value; listeners are called if it differs. */
  set(value: T): void {
    if (Object.is(value, this.current)) return
    this.current = value
    for (const listener of [...this.listeners]) listener()
  }

  /** Replaces the value by what `change` makes of it. */
  update(change: (value: T) => T): void {
    this.set(change(this.current))
  }

  /** Calls `listener` after every change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
