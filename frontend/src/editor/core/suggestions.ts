import type { RegionRecord, ResultItem } from './document'
import type { Json } from './json'
import { Observable } from './observable'

export type SuggestionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly message: string }

/** Asks a model about prompts; the answer is a result list. */
export type AskModel = (items: readonly ResultItem[]) => Promise<readonly Json[]>

/** Some of those who were asked could not answer; `answer` is what the others said. */
export class PartialAnswerError extends Error {
  constructor(
    message: string,
    readonly answer: readonly Json[],
  ) {
    super(message)
    this.name = 'PartialAnswerError'
  }
}

export interface SuggestionPorts {
  readonly ask: AskModel
  /** Returns the regions in an answer that can be shown as suggestions. */
  readonly read: (answer: readonly Json[]) => readonly RegionRecord[]
  /** Puts accepted regions, and what of an answer cannot be shown as a suggestion, into the document as one step. */
  readonly keep: (regions: readonly RegionRecord[], answer: readonly Json[]) => void
  /** Calls back later; returns how to call that off. */
  readonly after: (ms: number, call: () => void) => () => void
}

/** Somebody who paints a prompt has not asked before the last stroke is so old. */
export const JOIN_MS = 1200

const NONE: readonly RegionRecord[] = []

/**
 * What a model suggests for prompts that were drawn. Prompts and suggestions are not part of the annotation; an accepted
 * suggestion becomes a region of it.
 *
 * idle → asking → idle or failed. Only the answer to the newest question counts.
 */
export class Suggestions {
  /** Whether smart tools are offered. */
  readonly isOn = new Observable(false)
  /** Whether answers are accepted at once. */
  readonly autoAccept = new Observable(false)
  readonly prompts = new Observable<readonly RegionRecord[]>(NONE)
  readonly list = new Observable<readonly RegionRecord[]>(NONE)
  readonly state = new Observable<SuggestionState>({ kind: 'idle' })
  private ports: SuggestionPorts | null = null
  private question = 0
  private callOff = () => {}

  /** Tells who answers; returns how to end that. */
  connect(ports: SuggestionPorts): () => void {
    this.ports = ports
    return () => {
      if (this.ports === ports) this.ports = null
      this.clear()
    }
  }

  /** Where tools put prompts. */
  readonly target = {
    add: (region: RegionRecord): void => void this.prompt(region),
    join: (region: RegionRecord): void => this.promptLater(region),
  }

  /** Whether there is a model to ask. */
  get isConnected(): boolean {
    return this.ports !== null
  }

  /** Adds a prompt and asks the model with all prompts of the same kind; prompts of another kind go away. */
  async prompt(region: RegionRecord): Promise<void> {
    this.add(region)
    await this.ask()
  }

  /** Adds a prompt that is still being made, or another state of it, and asks when it has rested for a while. */
  promptLater(region: RegionRecord): void {
    this.add(region)
    this.callOff()
    this.callOff = this.ports?.after(JOIN_MS, () => void this.ask()) ?? (() => {})
  }

  private add(region: RegionRecord): void {
    this.prompts.update((all) => {
      const alike = all.filter((other) => likeness(other) === likeness(region))
      const at = alike.findIndex((other) => other.id === region.id)
      return at < 0 ? [...alike, region] : alike.with(at, region)
    })
  }

  /** Takes the last prompt back and asks anew. */
  async withdraw(): Promise<void> {
    this.prompts.update((all) => all.slice(0, -1))
    if (this.prompts.get().length > 0) await this.ask()
    else this.clear()
  }

  /** Asks with the prompts there are, as after a failure: they are kept until an answer came. */
  async ask(): Promise<void> {
    const { ports } = this
    this.callOff()
    if (!ports) return
    const items = this.prompts.get().flatMap((prompt) => [...prompt.items])
    this.question += 1
    const { question } = this
    this.state.set({ kind: 'asking' })
    try {
      const answer = await ports.ask(items)
      if (question !== this.question) return
      this.state.set({ kind: 'idle' })
      this.take(ports, answer)
    } catch (error) {
      if (question !== this.question) return
      if (error instanceof PartialAnswerError) this.take(ports, error.answer)
      this.state.set({ kind: 'failed', message: error instanceof Error ? error.message : '' })
    }
  }

  /** Puts a suggestion into the annotation. */
  accept(id: string): void {
    this.keep(this.list.get().filter((region) => region.id === id))
    if (this.list.get().length === 0) this.prompts.set(NONE)
  }

  /** Throws a suggestion away. */
  reject(id: string): void {
    this.list.update((all) => all.filter((region) => region.id !== id))
    if (this.list.get().length === 0) this.prompts.set(NONE)
  }

  /** Puts all suggestions into the annotation, as one step; the prompts go away. */
  acceptAll(): void {
    this.keep(this.list.get())
    this.clear()
  }

  /** Throws all suggestions and prompts away; an answer that is still to come is not taken. */
  clear(): void {
    this.callOff()
    this.question += 1
    this.list.set(NONE)
    this.prompts.set(NONE)
    this.state.set({ kind: 'idle' })
  }

  /** Calls `listener` after any change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    const parts = [this.isOn, this.autoAccept, this.prompts, this.list, this.state]
    const ends = parts.map((part) => part.subscribe(listener))
    return () => {
      for (const end of ends) end()
    }
  }

  private take(ports: SuggestionPorts, answer: readonly Json[]): void {
    const regions = ports.read(answer)
    if (this.autoAccept.get()) {
      ports.keep(regions, answer)
      this.clear()
      return
    }
    this.list.set(regions)
    ports.keep([], answer)
  }

  private keep(regions: readonly RegionRecord[]): void {
    if (regions.length === 0) return
    this.ports?.keep(regions, [])
    this.list.update((all) => all.filter((region) => !regions.includes(region)))
  }
}

/** Prompts of one kind (type, labels, object) are sent together. */
export const likeness = (region: RegionRecord): string =>
  JSON.stringify([
    region.to,
    region.family,
    region.items.map((item) => [item.type ?? null, item.value?.[item.type ?? ''] ?? item.value?.labels ?? null]),
  ])
