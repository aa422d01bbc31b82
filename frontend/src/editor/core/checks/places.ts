import { closestMatch } from '../closestMatch'
import { type ConfigNode, type LabelConfig, walk } from '../labelConfig'
import type { Problem } from '../problems'
import { findSpec, type TagSpec, type TagSpecs } from '../spec'
import { problemAt } from './problemAt'

const TRANSPARENT = new Set(['View', 'Panel', 'Repeater', 'Filter'])
const WORDS = new Set(['Label', 'Choice'])

/** Yields tags that nobody knows, tags in the wrong place, and words given twice. */
export function* checkPlaces(config: LabelConfig): Iterable<Problem> {
  const { root } = config
  if (root.tag !== 'View') {
    const message = `The outermost tag should be View, not ${root.written}.`
    yield problemAt(root, 'warning', 'root_not_view', message)
  }
  yield* check(config.specs, root, null)
  for (const { node } of config.controls.values()) yield* duplicateWords(node)
}

/** Checks `node`, which stands in `parent`, the nearest tag above that is no mere container. */
function* check(specs: TagSpecs, node: ConfigNode, parent: ConfigNode | null): Iterable<Problem> {
  if (node.spec === null) {
    const message = `There is no tag ${node.written}.${suggestion(specs, node.written)}`
    yield problemAt(node, 'warning', 'unknown_tag', message)
  } else if (node.spec.parents.length > 0 && !(parent && fits(node.spec, parent))) {
    const places = node.spec.parents.join(', ').replaceAll('*Labels', 'RectangleLabels and the like')
    const where = parent ? `not in ${parent.tag}` : 'not on its own'
    yield problemAt(node, 'warning', 'wrong_parent', `${node.tag} stands inside ${places}, ${where}.`)
  }
  const inner = TRANSPARENT.has(node.tag) ? parent : node
  for (const child of node.children) yield* check(specs, child, inner)
}

function fits(spec: TagSpec, parent: ConfigNode): boolean {
  // An unknown tag is told already; its content cannot be judged.
  if (parent.spec === null) return true
  return spec.parents.some(
    (place) => parent.tag === place || (place.startsWith('*') && parent.tag.endsWith(place.slice(1))),
  )
}

function suggestion(specs: TagSpecs, written: string): string {
  const close = closestMatch(
    written.toLowerCase(),
    Object.values(specs).map((spec) => spec.name.toLowerCase()),
  )
  const name = close === null ? undefined : findSpec(specs, close)?.name
  return name === undefined ? '' : ` Did you mean ${name}?`
}

function* duplicateWords(node: ConfigNode): Iterable<Problem> {
  // The same word may stand in several branches.
  if (node.tag === 'Taxonomy') return
  const seen = new Set<string>()
  for (const child of walk(node)) {
    if (!WORDS.has(child.tag) || hasChoiceInside(child)) continue
    const word = child.attrs.alias || child.attrs.value
    if (!word) continue
    if (seen.has(word)) {
      const message = `"${word}" is given twice in ${node.tag} "${node.attrs.name ?? ''}".`
      yield problemAt(child, 'warning', 'duplicate_label', message)
    }
    seen.add(word)
  }
}

function hasChoiceInside(node: ConfigNode): boolean {
  for (const inner of walk(node)) if (inner !== node && inner.tag === 'Choice') return true
  return false
}
