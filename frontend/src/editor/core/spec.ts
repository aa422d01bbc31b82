/** What the config reader must know about an attribute; `tags/specs.gen.ts` has all of them. */
export interface AttrSpec {
  readonly type: string
  readonly default: string | number | boolean | null
  readonly required: boolean
  readonly values: readonly string[]
  readonly minimum: number | null
  readonly maximum: number | null
  readonly orField: boolean
  readonly spellings: readonly string[]
}

/** What the config reader must know about a tag. */
export interface TagSpec {
  readonly name: string
  readonly kind: string
  readonly aliases: readonly string[]
  readonly attrs: Readonly<Record<string, AttrSpec>>
  readonly parents: readonly string[]
  readonly targets: readonly string[]
  readonly targetsEnforced: boolean
  readonly resultType: string | null
  readonly labelKey: string | null
}

export type TagSpecs = Readonly<Record<string, TagSpec>>

const CONTROL_KINDS = new Set(['classification', 'labels', 'object+control', 'shape'])
const OBJECT_KINDS = new Set(['object', 'object+control'])

/** Tells whether the tag makes results. */
export const isControlSpec = (spec: TagSpec | null): boolean => spec !== null && CONTROL_KINDS.has(spec.kind)

/** Tells whether the tag shows task data that controls can label. */
export const isObjectSpec = (spec: TagSpec | null): boolean => spec !== null && OBJECT_KINDS.has(spec.kind)

/** Tells whether results of the tag are located regions. */
export const isRegionSpec = (spec: TagSpec | null): boolean =>
  spec !== null && (spec.kind === 'labels' || spec.kind === 'shape' || spec.kind === 'object+control')

interface Index {
  readonly tags: ReadonlyMap<string, TagSpec>
  readonly attrs: Map<TagSpec, ReadonlyMap<string, string>>
}

const indexes = new WeakMap<TagSpecs, Index>()

function indexOf(specs: TagSpecs): Index {
  const known = indexes.get(specs)
  if (known) return known
  const tags = new Map<string, TagSpec>()
  for (const spec of Object.values(specs)) {
    for (const name of [spec.name, ...spec.aliases]) tags.set(name.toLowerCase(), spec)
  }
  const index: Index = { tags, attrs: new Map() }
  indexes.set(specs, index)
  return index
}

/** Returns the tag called `written` in any case, or `null`. */
export const findSpec = (specs: TagSpecs, written: string): TagSpec | null =>
  indexOf(specs).tags.get(written.toLowerCase()) ?? null

/** Returns lower-case spelling → canonical name of the attributes of a tag. */
export function spellingsOf(specs: TagSpecs, spec: TagSpec): ReadonlyMap<string, string> {
  const { attrs } = indexOf(specs)
  const known = attrs.get(spec)
  if (known) return known
  const spellings = new Map<string, string>()
  for (const [name, attr] of Object.entries(spec.attrs)) {
    for (const spelling of [name, ...attr.spellings]) spellings.set(spelling.toLowerCase(), name)
  }
  attrs.set(spec, spellings)
  return spellings
}
