import type { Clock } from '../core/autosave'

/** The browser's clock. */
export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
