import { isList, isObject, type Json, type JsonObject } from './json'
import { type ConfigNode, flag, type LabelConfig, splitNames } from './labelConfig'
import { asText, findReferences, resolvePath, resolveTemplate } from './references'
import { findSpec, isControlSpec, isObjectSpec, isRegionSpec, type TagSpec, type TagSpecs } from './spec'

/** A tag bound to the data of one task: references are resolved, lists are unfolded. */
export interface TagNode {
  /** Unique in its task; stays the same while the config and the data stay the same. */
  readonly key: string
  readonly tag: string
  readonly spec: TagSpec | null
  readonly attrs: Readonly<Record<string, string>>
  /** What `value` (or `valueList`) leads to, with its JSON type. */
  readonly data: Json
  readonly parent: TagNode | null
  readonly children: readonly TagNode[]
  readonly text: string
  readonly line: number
}

/** A word that a control offers. `word` is what results store, `path` where it stands in a tree of choices. */
export interface Word {
  readonly word: string
  readonly shown: string
  readonly path: readonly string[]
  readonly node: TagNode
}

/** A control of a task. */
export interface Control {
  readonly name: string
  readonly tag: string
  readonly type: string
  /** Key of the value that holds the answer. */
  readonly valueKey: string
  readonly node: TagNode
  readonly toName: readonly string[]
  /** What answers name as their object. */
  readonly answersTo: string
  readonly words: readonly Word[]
  readonly isPerRegion: boolean
  readonly isPerItem: boolean
  /** Whether its results are located regions. */
  readonly isRegion: boolean
  /** Whether it puts labels on regions. */
  readonly isLabels: boolean
}

/** A tag that shows task data. */
export interface ObjectTag {
  readonly name: string
  readonly tag: string
  readonly node: TagNode
}

/** A config bound to one task. */
export interface TaskConfig {
  readonly root: TagNode
  readonly nodes: readonly TagNode[]
  readonly controls: ReadonlyMap<string, Control>
  readonly objects: ReadonlyMap<string, ObjectTag>
  readonly relationWords: readonly Word[]
}

/** Keys of answers that are not called as their type. */
const VALUE_KEYS: Readonly<Record<string, string | undefined>> = { Pairwise: 'selected', TextArea: 'text' }
const WORD_TAGS = new Set(['Label', 'Choice', 'Relation'])
const TEMPLATED = new Set(
  'value valueList on audioUrl apiUrl data frameRate defaultPlaybackSpeed minPlaybackSpeed'.split(' '),
)

/** Returns `config` with the data of a task put in. */
export function bindConfig(config: LabelConfig, data: JsonObject): TaskConfig {
  const root = new Binder(config.specs, data).bind(config.root, null, '0', [])
  const nodes = [...walkTags(root)]
  const objects = new Map<string, ObjectTag>()
  for (const node of nodes) {
    const name = node.attrs.name
    if (name && isObjectTag(node)) objects.set(name, { name, tag: node.tag, node })
  }
  return {
    root,
    nodes,
    objects,
    controls: findControls(nodes, objects),
    relationWords: wordsUnder(root, 'Relation'),
  }
}

/** Yields a tag and all below it, in document order. */
export function* walkTags(node: TagNode): Iterable<TagNode> {
  yield node
  for (const child of node.children) yield* walkTags(child)
}

type Substitution = readonly [placeholder: string, index: string]

class Binder {
  constructor(
    private readonly specs: TagSpecs,
    private readonly data: JsonObject,
  ) {}

  bind(node: ConfigNode, parent: TagNode | null, key: string, repeats: readonly Substitution[]): TagNode {
    const raw = mapValues(node.attrs, (text) => substitute(text, repeats))
    const source = raw.valueList || raw.value || ''
    const isOwnText = node.tag === 'Style' || (node.tag === 'HyperText' && node.markup.trim() !== '')
    const bound: Mutable<TagNode> = {
      key,
      tag: node.tag,
      spec: node.spec,
      attrs: mapValues(raw, (text, name) =>
        (TEMPLATED.has(name) && !isOwnText) ||
        node.spec?.attrs[name]?.orField ||
        (name === 'requiredMessage' && this.knows(text))
          ? this.template(text)
          : text,
      ),
      data: isOwnText ? source : resolveTemplate(source, this.data),
      parent,
      children: [],
      text: node.text,
      line: node.line,
    }
    bound.children =
      node.tag === 'Repeater' ? this.repeat(node, bound, raw, repeats) : this.childrenOf(node, bound, repeats)
    return bound
  }

  /** Words to people may hold a dollar sign that means money: only what the task knows is put in. */
  private knows(text: string): boolean {
    return findReferences(text).every((path) => resolvePath(this.data, path) !== undefined)
  }

  private template(text: string): string {
    return asText(resolveTemplate(text, this.data))
  }

  private childrenOf(node: ConfigNode, parent: TagNode, repeats: readonly Substitution[]): TagNode[] {
    const fixed = node.children.map((child, index) => this.bind(child, parent, `${parent.key}.${index}`, repeats))
    const list = parent.tag === 'Taxonomy' && isObject(parent.data) ? [parent.data] : parent.data
    return takesWords(parent) && isList(list) ? [...fixed, ...this.unfold(list, parent)] : fixed
  }

  /** Makes tags of a list of label or choice objects. */
  private unfold(list: readonly Json[], parent: TagNode): TagNode[] {
    const tag = childTag(parent)
    const spec = findSpec(this.specs, tag)
    const nested = parent.tag === 'Choice' || parent.tag === 'Taxonomy' || flag(parent, 'allowNested')
    return list.filter(isObject).map((entry, index) => {
      const { children: _, ...own } = entry
      const attrs = mapValues(own, asText)
      if (attrs.showalias !== undefined) attrs.showAlias = attrs.showalias
      const key = `${parent.key}.+${index}`
      const node: Mutable<TagNode> = {
        key,
        tag,
        spec,
        attrs,
        data: entry.value ?? '',
        parent,
        children: [],
        text: '',
        line: parent.line,
      }
      if (nested && isList(entry.children)) node.children = this.unfold(entry.children, node)
      return node
    })
  }

  private repeat(
    node: ConfigNode,
    parent: TagNode,
    raw: Readonly<Record<string, string>>,
    repeats: readonly Substitution[],
  ): TagNode[] {
    const path = /^\$(.+)$/.exec((raw.on ?? '').trim())?.[1]
    const list = path ? resolvePath(this.data, path) : undefined
    const placeholder = raw.indexFlag || '{{idx}}'
    const spec = findSpec(this.specs, 'View')
    return (isList(list) ? list : []).map((_, index) => {
      const view: Mutable<TagNode> = {
        key: `${parent.key}.${index}`,
        tag: 'View',
        spec,
        attrs: {},
        data: '',
        parent,
        children: [],
        text: '',
        line: node.line,
      }
      view.children = this.childrenOf(node, view, [...repeats, [placeholder, String(index)]])
      return view
    })
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T, key: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))
}

const substitute = (text: string, repeats: readonly Substitution[]): string =>
  repeats.reduce((done, [placeholder, index]) => done.replaceAll(placeholder, index), text)

const takesWords = (node: TagNode): boolean =>
  node.tag === 'Choices' || node.tag === 'Taxonomy' || node.spec?.kind === 'labels'

const childTag = (node: TagNode): string =>
  node.tag === 'Choices' || node.tag === 'Taxonomy' || node.tag === 'Choice' ? 'Choice' : 'Label'

function isObjectTag(node: TagNode): boolean {
  if (!(node.attrs.value !== undefined || node.attrs.valueList !== undefined)) return false
  return node.spec === null ? !node.attrs.toName : isObjectSpec(node.spec) || node.tag === 'Dialog'
}

function findControls(
  nodes: readonly TagNode[],
  objects: ReadonlyMap<string, ObjectTag>,
): ReadonlyMap<string, Control> {
  const onlyObject = objects.size === 1 ? [...objects.keys()] : []
  const controls = new Map<string, Control>()
  for (const node of nodes) {
    const name = node.attrs.name
    if (!name || node.tag === 'Filter' || !isControlSpec(node.spec)) continue
    const written = splitNames(node.attrs.toName)
    const toName = written.length > 0 ? written : onlyObject
    if (toName.length > 0) controls.set(name, toControl(name, node, toName))
  }
  return controls
}

function toControl(name: string, node: TagNode, toName: readonly string[]): Control {
  const isLabels = node.spec?.kind === 'labels' || (node.tag === 'Taxonomy' && flag(node, 'labeling'))
  const type = node.spec?.resultType ?? node.tag.toLowerCase()
  return {
    name,
    tag: node.tag,
    type,
    valueKey: VALUE_KEYS[node.tag] ?? node.spec?.labelKey ?? type,
    node,
    toName,
    // LS: a comparison of two objects names itself.
    answersTo: node.tag === 'Pairwise' ? name : toName.join(','),
    words: wordsUnder(node),
    isPerRegion: node.attrs.perRegion === 'true',
    isPerItem: node.attrs.perItem === 'true',
    isRegion: isRegionSpec(node.spec) || isLabels,
    isLabels,
  }
}

/** Returns the words offered by the tags under `node`, in document order. */
function wordsUnder(node: TagNode, only?: string, path: readonly string[] = []): Word[] {
  return node.children.flatMap((child) => {
    const isWord = only ? child.tag === only : WORD_TAGS.has(child.tag)
    const word = child.attrs.alias || child.attrs.value
    if (!isWord || !word) return wordsUnder(child, only, path)
    const here = [...path, word]
    return [{ word, shown: child.attrs.value || word, path: here, node: child }, ...wordsUnder(child, only, here)]
  })
}

/** Returns the word that `text` (stored word or shown text) names. */
export const findWord = (control: Control, text: string): Word | undefined =>
  control.words.find((word) => word.word === text) ?? control.words.find((word) => word.shown === text)

/** Returns the tag with its ancestors, nearest first. */
export function* upward(node: TagNode): Iterable<TagNode> {
  for (let at: TagNode | null = node; at; at = at.parent) yield at
}
