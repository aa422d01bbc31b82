import { ConfigError, configError } from './problems'
import { findReferences, wholeReference } from './references'
import { findSpec, isControlSpec, isObjectSpec, spellingsOf, type TagSpec, type TagSpecs } from './spec'
import { parseXml, type XmlElement } from './xml'

export { ConfigError }

/**
 * One tag of a config. `tag` and the keys of `attrs` are canonical names, `written` is the tag as written.
 *
 * `attrs.value` is the text inside the tag where that stands for the attribute.
 */
export interface ConfigNode {
  readonly tag: string
  readonly written: string
  readonly attrs: Readonly<Record<string, string>>
  readonly line: number
  readonly column: number
  readonly spec: TagSpec | null
  readonly children: readonly ConfigNode[]
  readonly text: string
  readonly markup: string
}

/** A tag that makes results. `isInferred`: its `toName` was not written. */
export interface ConfigControl {
  readonly name: string
  readonly node: ConfigNode
  readonly toName: readonly string[]
  readonly isInferred: boolean
}

export interface LabelConfig {
  readonly source: string
  readonly specs: TagSpecs
  readonly root: ConfigNode
  readonly comments: readonly string[]
  readonly nodes: readonly ConfigNode[]
  readonly controls: ReadonlyMap<string, ConfigControl>
  readonly objects: ReadonlyMap<string, ConfigNode>
}

const MAX_BYTES = 1_000_000
const VERBATIM_TEXT = new Set(['Style', 'Markdown'])
// These mean the same on every tag, also on tags that nobody knows.
const SHARED = new Map(['name', 'toName', 'value', 'valueList', 'alias', 'perRegion'].map((n) => [n.toLowerCase(), n]))

/** Returns the config in `source`; throws `ConfigError` if it is no well-formed, safe XML. */
export function parseConfig(source: string, specs: TagSpecs): LabelConfig {
  if (source.trim() === '') throw configError('empty', 'Label config is not set or is empty')
  if (new TextEncoder().encode(source).length > MAX_BYTES) {
    throw configError('too_large', `The label config is larger than ${MAX_BYTES.toLocaleString('en')} bytes.`)
  }
  const document = parseXml(source)
  const root = toNode(document.root, specs)
  const nodes = [...walk(root)]
  const objects = new Map(nodes.filter(isObjectNode).map((node) => [node.attrs.name as string, node]))
  return { source, specs, root, comments: document.comments, nodes, controls: findControls(nodes, objects), objects }
}

/** Yields a tag and all below it, in document order. */
export function* walk(node: ConfigNode): Iterable<ConfigNode> {
  yield node
  for (const child of node.children) yield* walk(child)
}

/** Returns the names in a comma list. */
export const splitNames = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Returns a boolean attribute; anything but `true` and `false` counts as the default. */
export function flag(node: Pick<ConfigNode, 'attrs' | 'spec'>, name: string): boolean {
  const text = node.attrs[name]
  if (text === 'true' || text === 'false') return text === 'true'
  return node.spec?.attrs[name]?.default === true
}

/** Tells whether words of the control also come from task data or from a URL. */
export const isDynamic = (node: ConfigNode): boolean =>
  (node.spec === null || node.spec.labelKey !== null) &&
  (findReferences(node.attrs.value ?? '').length > 0 || Boolean(node.attrs.apiUrl))

/** Returns the referenced path if the whole value of an object tag is one reference. */
export const objectPath = (node: ConfigNode): string | null =>
  wholeReference(node.attrs.valueList ?? node.attrs.value ?? '')

function toNode(element: XmlElement, specs: TagSpecs): ConfigNode {
  const spec = findSpec(specs, element.name)
  const tag = spec?.name ?? element.name
  const attrs = canonical(element.attrs, spec, specs)
  const isMarkup = element.name.toLowerCase() === 'hypertext'
  if (isMarkup) {
    if (element.markup.trim() !== '') attrs.value = element.markup
  } else if (element.children.length === 0 && element.text.trim() !== '' && attrs.value === undefined) {
    attrs.value = VERBATIM_TEXT.has(tag) ? element.text : element.text.trim()
  }
  return {
    tag,
    written: element.name,
    attrs,
    line: element.line,
    column: element.column,
    spec,
    children: isMarkup ? [] : element.children.map((child) => toNode(child, specs)),
    text: isMarkup ? '' : element.text,
    markup: isMarkup ? element.markup : '',
  }
}

function canonical(raw: ReadonlyMap<string, string>, spec: TagSpec | null, specs: TagSpecs): Record<string, string> {
  const known = spec ? spellingsOf(specs, spec) : SHARED
  const attrs: Record<string, string> = {}
  for (const [written, text] of raw) {
    const lower = written.toLowerCase()
    const name = known.get(lower) ?? SHARED.get(lower) ?? written
    if ((name === written || !raw.has(name)) && !Object.hasOwn(attrs, name)) attrs[name] = text
  }
  return attrs
}

function isObjectNode(node: ConfigNode): boolean {
  if (!node.attrs.name || !(node.attrs.value || node.attrs.valueList)) return false
  return node.spec === null ? !node.attrs.toName : isObjectSpec(node.spec) || node.tag === 'Dialog'
}

function findControls(
  nodes: readonly ConfigNode[],
  objects: ReadonlyMap<string, ConfigNode>,
): ReadonlyMap<string, ConfigControl> {
  const onlyObject = objects.size === 1 ? [...objects.keys()] : []
  const controls = new Map<string, ConfigControl>()
  for (const node of nodes) {
    const name = node.attrs.name
    if (!name || node.tag === 'Filter') continue
    const written = splitNames(node.attrs.toName)
    const mayInfer = onlyObject.length > 0 && isControlSpec(node.spec) && !isObjectSpec(node.spec)
    if (written.length === 0 && !mayInfer) continue
    const toName = written.length > 0 ? written : onlyObject
    controls.set(name, { name, node, toName, isInferred: written.length === 0 })
  }
  return controls
}
