import type { TagDefinition, TagRegistry } from './defineTag'
import type { RecordId, RegionRecord, ResultItem } from './document'
import type { Mark } from './history'
import { newRegionId } from './ids'
import type { Json, JsonObject } from './json'
import { Observable } from './observable'
import { OwnItems } from './ownItems'
import type { RegionCodec, Surroundings } from './region'
import type { RegionView } from './regionView'
import { decodeResults } from './results'
import { Session, type SessionInfo } from './session'
import type { EditorSettings } from './settings'
import { Suggestions } from './suggestions'
import type { Control, ObjectTag, TaskConfig } from './taskConfig'
import type { Transaction } from './transaction'
import type { WordFilter } from './wordFilter'

export type ActiveLabels = ReadonlyMap<string, readonly string[]>

/** A short message that the shell shows. `key` names the text, `values` fill it. */
export interface Notice {
  readonly key: string
  readonly values?: Readonly<Record<string, string | number>>
  readonly tone: 'info' | 'warning' | 'error'
}

/** A control without a good answer. `text` names the text or is the config's own. */
export interface ShownProblem {
  readonly control: string
  readonly region: RecordId | null
  readonly text: string
  readonly values?: Readonly<Record<string, string | number>>
}

export interface EditorOptions {
  readonly config: TaskConfig
  readonly registry: TagRegistry
  readonly settings: EditorSettings
  readonly now?: () => number
}

/** What is needed to open annotations. */
export interface Opener {
  readonly config: TaskConfig
  readonly registry: TagRegistry
  readonly now: () => number
  openResults(info: SessionInfo, result: readonly Json[], hasDraftChanges?: boolean): Session
}

/**
 * The state of the editor for one task: open annotations, active labels, settings. It knows neither React nor the DOM.
 *
 * `labeling.ts`, `answers.ts` and `regionActions.ts` hold what can be done with it.
 */
export class Editor {
  readonly config: TaskConfig
  readonly registry: TagRegistry
  readonly now: () => number
  readonly settings: Observable<EditorSettings>
  readonly sessions = new Observable<readonly Session[]>([])
  readonly active: Observable<Session>
  readonly activeLabels = new Observable<ActiveLabels>(new Map())
  /** Chosen tool by object. */
  readonly tools = new Observable<ReadonlyMap<string, string>>(new Map())
  /** Shown page by object. */
  readonly pages = new Observable<ReadonlyMap<string, number>>(new Map())
  /** The region from which a link is being made. */
  readonly linkingFrom = new Observable<RecordId | null>(null)
  readonly hovered = new Observable<RecordId | null>(null)
  readonly notice = new Observable<Notice | null>(null)
  /** Why the open annotation could not be submitted; shown at the control until it is answered. */
  readonly problem = new Observable<ShownProblem | null>(null)
  /** What a model suggests for the open task. */
  readonly suggestions = new Suggestions()
  /** What people added to trees that the config opens to them. */
  readonly ownItems = new OwnItems()
  /** Called before answers are looked at for submission: inputs hand over text that is still in them. */
  readonly finishers = new Set<() => void>()
  /** Controls that have been on the screen: what stands in them by itself was seen. */
  readonly seen = new Set<string>()
  /** What objects add to results of their regions, as the size of a picture. */
  readonly surroundings = new Map<string, () => Surroundings>()
  /** Where objects show their regions; see `provideView`. */
  readonly views = new Observable<ReadonlyMap<string, RegionView>>(new Map())
  /** What somebody searches for among the words of a control, by its name; see `wordFilter.ts`. */
  readonly wordFilters = new Observable<ReadonlyMap<string, WordFilter>>(new Map())
  private readonly listeners = new Set<() => void>()
  private endParts: (() => void) | null = null

  private constructor(options: EditorOptions, first: Session, sessions: readonly Session[]) {
    this.config = options.config
    this.registry = options.registry
    this.now = options.now ?? Date.now
    this.settings = new Observable(options.settings)
    this.active = new Observable(first)
    this.sessions.set(sessions)
    this.activeLabels.set(preselected(options.config))
  }

  /** Returns an editor with the annotations that `open` makes of stored results. */
  static open(
    options: EditorOptions,
    open: (opener: Opener) => { first: Session; sessions: readonly Session[] },
  ): Editor {
    const { config, registry, now = Date.now } = options
    const openResults: Opener['openResults'] = (info, result, hasDraftChanges) =>
      new Session(info, decodeResults(result, config, codecsFor(registry)), hasDraftChanges)
    const { first, sessions } = open({ config, registry, now, openResults })
    return new Editor(options, first, sessions)
  }

  /** The open annotation. */
  get session(): Session {
    return this.active.get()
  }

  /** The regions, answers and links of the open annotation. */
  get store() {
    return this.session.store
  }

  /** Which regions are selected. */
  get selection() {
    return this.session.selection
  }

  /** Whether the open annotation may only be looked at. */
  get isReadonly(): boolean {
    return this.session.isReadonly
  }

  /** Calls `listener` after any change of anything until the returned function is called. */
  subscribe(listener: () => void): () => void {
    // Each has its own entry: somebody may listen twice.
    const entry = () => listener()
    this.listeners.add(entry)
    this.endParts ??= this.followParts()
    return () => {
      this.listeners.delete(entry)
      if (this.listeners.size > 0) return
      this.endParts?.()
      this.endParts = null
    }
  }

  /** Hundreds of views listen to everything: the parts have one listener in common. */
  private followParts(): () => void {
    const tell = () => {
      for (const listener of [...this.listeners]) listener()
    }
    let endSession = this.session.subscribe(tell)
    const ends = [
      this.active.subscribe(() => {
        endSession()
        endSession = this.session.subscribe(tell)
        tell()
      }),
      ...[
        this.sessions,
        this.settings,
        this.activeLabels,
        this.tools,
        this.pages,
        this.linkingFrom,
        this.hovered,
        this.notice,
        this.problem,
        this.suggestions,
        this.wordFilters,
        this.ownItems.list,
      ].map((part) => part.subscribe(tell)),
    ]
    return () => {
      endSession()
      for (const end of ends) end()
    }
  }

  /** Begins a step that can be undone. */
  mark(name: string): Mark {
    return this.session.history.mark(name)
  }

  /** Changes the document as part of the step begun last. */
  dispatch(transaction: Transaction): void {
    if (!this.isReadonly) this.session.history.dispatch(transaction)
  }

  /** Changes the document as a step of its own. */
  change(name: string, transaction: Transaction): void {
    if (this.isReadonly || transaction.length === 0) return
    this.mark(name)
    this.dispatch(transaction)
  }

  /** Takes back everything since `mark`. */
  rollback(mark: Mark): void {
    this.session.history.rollback(mark)
  }

  /** Returns an id for a new region. */
  newId(): RecordId {
    return newRegionId()
  }

  /** Shows a message. */
  tell(key: string, tone: Notice['tone'] = 'info', values?: Notice['values']): void {
    this.notice.set({ key, tone, values })
  }

  /** Shows another annotation. */
  open(session: Session): void {
    if (!this.sessions.get().includes(session)) this.sessions.update((all) => [...all, session])
    this.linkingFrom.set(null)
    this.problem.set(null)
    this.suggestions.clear()
    this.active.set(session)
  }

  /** Returns the definition of a tag, or `undefined` if it is not implemented here. */
  definition(tag: string): TagDefinition | undefined {
    return this.registry.get(tag)
  }

  /** Returns the codec of a region family. */
  codec(family: string): RegionCodec | undefined {
    return codecs(this.registry).find((codec) => codec.family === family)
  }

  /** Returns the geometry of a region as value keys. */
  geometryOf(region: RegionRecord): JsonObject {
    return this.codec(region.family)?.encode(region.shape) ?? {}
  }

  /** Returns what the object adds to results of its regions. */
  surroundingsOf(objectName: string): Surroundings {
    return this.surroundings.get(objectName)?.() ?? {}
  }

  /** Returns the page of an object that is shown. */
  pageOf(objectName: string): number {
    return this.pages.get().get(objectName) ?? 0
  }

  /** Returns the controls of an object. */
  controlsOf(objectName: string): Control[] {
    return [...this.config.controls.values()].filter((control) => control.toName.includes(objectName))
  }

  /** Gives inputs and controls the chance to hand over what they hold, before answers are looked at for submission. */
  finish(): void {
    for (const finish of [...this.finishers]) finish()
    for (const control of this.config.controls.values()) this.definition(control.tag)?.finish?.(this, control)
  }

  /** Makes a session of a result list. */
  openResults(info: SessionInfo, result: readonly Json[], hasDraftChanges = false): Session {
    return new Session(info, decodeResults(result, this.config, codecsFor(this.registry)), hasDraftChanges)
  }
}

/** Labels with `selected="true"` are active when an annotation opens. */
function preselected(config: TaskConfig): ActiveLabels {
  const active = new Map<string, string[]>()
  for (const control of config.controls.values()) {
    const words = control.words.filter((word) => control.isLabels && word.node.attrs.selected === 'true')
    if (words.length > 0)
      active.set(
        control.name,
        words.map((word) => word.word),
      )
  }
  return active
}

const known = new WeakMap<TagRegistry, readonly RegionCodec[]>()

/** Returns all region codecs of a registry. */
export function codecs(registry: TagRegistry): readonly RegionCodec[] {
  const found = known.get(registry) ?? [...new Set(registry.values())].flatMap((definition) => definition.codec ?? [])
  known.set(registry, found)
  return found
}

/** Returns how the codecs for an item are found: by its type, or, for labels and answers, by the object. */
export function codecsFor(registry: TagRegistry) {
  const all = codecs(registry)
  const byType = new Map<string, RegionCodec>()
  const answers = new Set<string>(['labels', 'taxonomy'])
  for (const [tag, definition] of registry) {
    for (const type of definition.types ?? []) if (definition.codec) byType.set(type, definition.codec)
    if (definition.codec) byType.set(tag.toLowerCase(), definition.codec)
    else answers.add(tag.toLowerCase())
  }
  return (object: ObjectTag | undefined, type: string): readonly RegionCodec[] => {
    const own = byType.get(type)
    if (own) return [own]
    if (!answers.has(type)) return []
    const families = object ? (registry.get(object.tag)?.regionFamilies ?? []) : []
    return all.filter((codec) => families.includes(codec.family))
  }
}

/** Returns the records that a result list becomes, with the choices that a new annotation starts with. */
export function presetResults(config: TaskConfig, registry: TagRegistry): ResultItem[] {
  return [...config.controls.values()].flatMap((control): ResultItem[] => {
    const value = control.isPerRegion || control.isPerItem ? undefined : registry.get(control.tag)?.preset?.(control)
    if (!value) return []
    const to = control.toName.join(',')
    return [{ id: newRegionId(), from_name: control.name, to_name: to, type: control.type, value, origin: 'manual' }]
  })
}
