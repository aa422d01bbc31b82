import type { ResultItem } from './document'
import { type Journal, type JournalChange, type JournalFacts, toJournal } from './journal'
import { Observable } from './observable'
import type { Transaction } from './transaction'

/** Time as the autosave sees it; tests bring their own. */
export interface Clock {
  now(): number
  /** Calls `run` later; returns how to prevent it. */
  after(ms: number, run: () => void): () => void
}

/** How safe the work is. `count` is how many steps the server does not have. */
export type SaveState =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'waiting' | 'saving' | 'offline'; readonly count: number }
  | { readonly kind: 'refused'; readonly count: number; readonly message: string }

export interface AutosaveOptions {
  readonly clock: Clock
  readonly journal: Journal
  readonly scope: string
  /** Facts of the annotation as they are now. */
  readonly facts: () => JournalFacts
  readonly results: () => ResultItem[]
  /** Sends the draft; resolves with its id when the server has it. `isLast`: the page is going away. */
  readonly send: (isLast: boolean) => Promise<number | null>
  /** Tells whether an error is an answer, so that sending the same again is of no use. */
  readonly isRefusal: (error: unknown) => boolean
  readonly isOnline?: () => boolean
}

export const SAVE_AFTER_MS = 1500
const WRITE_AFTER_MS = 100
const FIRST_RETRY_MS = 2000
const LAST_RETRY_MS = 60_000
const REWRITE_AFTER = 2000

/**
 * Keeps the work of one annotation safe: writes every change into the journal, then sends drafts.
 *
 * unchanged → waiting → saving → saved; a failure leads to `offline` (tried again, ever more slowly) or to `refused`
 * (tried again after the next change). It never switches itself off: only `stop` ends it.
 */
export class Autosave {
  readonly state = new Observable<SaveState>({ kind: 'unchanged' })
  private pending: JournalChange[] = []
  private unsent = 0
  private written = -1
  private lastStep: number | null = null
  /** Steps made since `hold`; `null` while nothing is being submitted. */
  private sinceHold: number | null = null
  private isBegun = false
  private isSending = false
  private retryMs = FIRST_RETRY_MS
  private endWrite = () => {}
  private endSend = () => {}
  private writing: Promise<void> = Promise.resolve()
  private inFlight: Promise<void> = Promise.resolve()
  private isStopped = false

  constructor(private readonly options: AutosaveOptions) {}

  /** Notes a change. Changes of one step count once. */
  changed(transaction: Transaction, step: number): void {
    if (this.isStopped) return
    this.pending.push(...toJournal(transaction))
    if (step !== this.lastStep || this.unsent === 0) {
      this.unsent += 1
      if (this.sinceHold !== null) this.sinceHold += 1
    }
    this.lastStep = step
    if (!this.isSending) this.state.set({ kind: this.isOffline ? 'offline' : 'waiting', count: this.unsent })
    this.writeSoon()
    if (!this.isSending && !this.isOffline && this.sinceHold === null) this.sendAfter(SAVE_AFTER_MS)
  }

  /** Takes over work that was found in the journal: the server does not have it yet. */
  recovered(count: number): void {
    this.unsent = Math.max(1, count)
    this.state.set({ kind: 'waiting', count: this.unsent })
    this.sendAfter(SAVE_AFTER_MS)
  }

  /** Takes over work that began somewhere else, as a copy: it is written down before anything is drawn on it. */
  async begun(): Promise<void> {
    this.recovered(1)
    await this.write(true)
  }

  /** Writes and sends at once; resolves when that was tried. */
  async flush(isLast = false): Promise<void> {
    this.endSend()
    if (this.unsent > 0 && !this.isStopped && this.sinceHold === null) await this.send(isLast)
  }

  /**
   * Stops sending and waits for what is on its way: before the annotation itself is submitted. Changes from now on are
   * not part of what is submitted.
   */
  async hold(): Promise<void> {
    this.sinceHold = 0
    this.lastStep = null
    this.endSend()
    await this.inFlight
    await this.write()
    this.endSend()
  }

  /** Goes on sending, as after a submission that failed. */
  resume(): void {
    this.sinceHold = null
    if (this.unsent > 0 && !this.isStopped) this.sendAfter(SAVE_AFTER_MS)
  }

  /** Tries again now, as when the network is back. */
  async retry(): Promise<void> {
    this.retryMs = FIRST_RETRY_MS
    await this.flush()
  }

  /** Writes what is pending into the journal, with `isAnew` all there is; resolves when it is there. */
  write(isAnew = false): Promise<void> {
    this.endWrite()
    this.endWrite = () => {}
    const changes = this.pending
    if (changes.length === 0 && !isAnew) return this.writing
    this.pending = []
    const { journal, scope, clock } = this.options
    const [unsent, now] = [this.unsent, clock.now()]
    const isFresh = isAnew || !this.isBegun || this.written > REWRITE_AFTER
    const entry = isFresh
      ? { ...this.options.facts(), base: this.options.results(), changes: [], unsent, changedAt: now }
      : null
    this.isBegun = true
    this.written = isFresh ? 0 : this.written + changes.length
    const key = this.options.facts().key
    this.writing = this.writing
      .then(() => (entry ? journal.begin(scope, entry) : journal.append(scope, key, changes, unsent, now)))
      .catch(() => {
        // A full or forbidden storage must not keep the work from the server.
        this.isBegun = false
      })
    return this.writing
  }

  /** Notes that the server has everything up to `hold` as an annotation: the journal begins anew with what came after. */
  async submitted(): Promise<void> {
    this.endSend()
    this.endWrite()
    this.pending = []
    this.unsent = this.sinceHold ?? 0
    this.sinceHold = null
    this.isBegun = false
    this.written = -1
    const { clock, journal, scope } = this.options
    if (this.unsent === 0) this.state.set({ kind: 'saved', at: clock.now() })
    else {
      this.state.set({ kind: 'waiting', count: this.unsent })
      this.sendAfter(SAVE_AFTER_MS)
    }
    await this.writing
    if (this.unsent > 0) await this.write(true)
    else if (!this.isBegun) await journal.drop(scope, this.options.facts().key).catch(() => {})
  }

  /** Ends the autosave; what is pending is still written. */
  async stop(): Promise<void> {
    await this.write()
    this.isStopped = true
    this.endSend()
  }

  private get isOffline(): boolean {
    return this.state.get().kind === 'offline'
  }

  private writeSoon(): void {
    this.endWrite()
    this.endWrite = this.options.clock.after(WRITE_AFTER_MS, () => void this.write())
  }

  private sendAfter(ms: number): void {
    this.endSend()
    this.endSend = this.options.clock.after(ms, () => void this.send(false))
  }

  private send(isLast: boolean): Promise<void> {
    if (this.isSending && !isLast) return this.inFlight
    this.inFlight = this.sendNow(isLast)
    return this.inFlight
  }

  private async sendNow(isLast: boolean): Promise<void> {
    this.isSending = true
    const count = this.unsent
    // What this step becomes from here on is not in what is sent.
    this.lastStep = null
    // While the page goes away there is no time to wait for the journal: both are started.
    const written = this.write()
    if (!isLast) await written
    this.state.set({ kind: 'saving', count })
    try {
      const draftId = await this.options.send(isLast)
      this.isSending = false
      await this.sent(count, draftId)
    } catch (error) {
      this.isSending = false
      this.failed(error)
    }
  }

  private async sent(count: number, draftId: number | null): Promise<void> {
    this.retryMs = FIRST_RETRY_MS
    // Changes made while sending are still to be sent.
    this.unsent = Math.max(0, this.unsent - count)
    const { clock, journal, scope } = this.options
    if (this.unsent === 0) this.state.set({ kind: 'saved', at: clock.now() })
    else {
      this.state.set({ kind: 'waiting', count: this.unsent })
      this.sendAfter(SAVE_AFTER_MS)
    }
    await this.writing
    await journal.settle(scope, this.options.facts().key, this.unsent, draftId).catch(() => {})
  }

  private failed(error: unknown): void {
    if (this.isStopped) return
    if (this.options.isRefusal(error)) {
      this.state.set({ kind: 'refused', count: this.unsent, message: error instanceof Error ? error.message : '' })
      return
    }
    this.state.set({ kind: 'offline', count: this.unsent })
    this.sendAfter(this.retryMs)
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS)
  }
}
