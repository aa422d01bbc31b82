const PAUSE_MS = 500

/** Adds up how long somebody types: keys within half a second of each other belong to one burst. */
export class TypingTime {
  private total = 0
  private last: number | null = null

  /** Notes a key. */
  key(now: number): void {
    if (this.last !== null && now - this.last <= PAUSE_MS) this.total += now - this.last
    this.last = now
  }

  /** Returns the seconds since the last time it was asked. */
  take(): number {
    const seconds = this.total / 1000
    this.total = 0
    this.last = null
    return seconds
  }
}
