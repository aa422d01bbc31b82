import type { Clock } from '../core/autosave'

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  private time = 0
  private timers: { at: number; run: () => void }[] = []

  now(): number {
    return this.time
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run }
    this.timers.push(timer)
    return () => {
      this.timers = this.timers.filter((other) => other !== timer)
    }
  }

  /** Lets time pass; what is due runs in its order, with all promises it leads to. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.time = next.at
      this.timers = this.timers.filter((other) => other !== next)
      next.run()
      await this.settle()
    }
    this.time = end
    await this.settle()
  }

  /** Lets promises run that wait for nothing but each other. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
}
