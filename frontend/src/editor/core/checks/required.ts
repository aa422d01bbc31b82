import type { ConfigNode, LabelConfig } from '../labelConfig'
import type { Problem } from '../problems'
import { problemAt } from './problemAt'

// LS: these are refused on saving when they stand directly in a View; elsewhere a lack is only told.
const STRICT: ReadonlyMap<string, readonly string[]> = new Map([
  ['Text', ['name', 'value']],
  ['HyperText', ['name', 'value']],
  ['Image', ['name', 'value']],
  ['Choices', ['name', 'toName']],
  ['Labels', ['name', 'toName']],
  ['TextArea', ['name', 'toName']],
  ['Number', ['name', 'toName']],
  ['Choice', ['value']],
  ['Label', ['value']],
])
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['Choices', 'Choice'],
  ['Labels', 'Label'],
])

/** Yields the attributes and children that a tag cannot do without. */
export const checkRequired = (config: LabelConfig): Iterable<Problem> =>
  check(config, config.root, false, config.root.tag)

function* check(config: LabelConfig, node: ConfigNode, isStrict: boolean, path: string): Iterable<Problem> {
  yield* missingAttributes(config, node, isStrict, path)
  const child = GROUPS.get(node.tag)
  if (child && !hasWords(node, child)) {
    const message = `Validation failed on ${path}: '${child}' is a required property`
    yield problemAt(node, isStrict ? 'error' : 'warning', 'missing_children', message)
  }
  const inside = node.tag === 'View' || (isStrict && GROUPS.has(node.tag))
  const places = new Map<string, number>()
  for (const { tag } of node.children) places.set(tag, (places.get(tag) ?? 0) + 1)
  const seen = new Map<string, number>()
  for (const inner of node.children) {
    const { tag } = inner
    const at = seen.get(tag) ?? 0
    seen.set(tag, at + 1)
    const place = (places.get(tag) as number) > 1 ? `${path}/${tag}/${at}` : `${path}/${tag}`
    yield* check(config, inner, inside, place)
  }
}

function* missingAttributes(config: LabelConfig, node: ConfigNode, isStrict: boolean, path: string): Iterable<Problem> {
  if (node.spec === null) return
  const strict = isStrict ? (STRICT.get(node.tag) ?? []) : []
  const required = Object.entries(node.spec.attrs).flatMap(([name, attr]) => (attr.required ? [name] : []))
  for (const name of new Set([...strict, ...required])) {
    if (isGiven(config, node, name, strict.includes(name))) continue
    if (strict.includes(name)) {
      const message = `Validation failed on ${path}: '${name}' is a required property`
      yield problemAt(node, 'error', 'missing_attribute', message, name)
    } else {
      yield problemAt(node, 'warning', 'missing_attribute', `${node.tag} needs the attribute ${name}.`, name)
    }
  }
  if (isStrict && node.tag === 'Image' && node.attrs.value && node.attrs.valueList) {
    const message = `Validation failed on ${path}: give either 'value' or 'valueList', not both`
    yield problemAt(node, 'error', 'both_values', message, 'valueList')
  }
}

function isGiven(config: LabelConfig, node: ConfigNode, name: string, isStrict: boolean): boolean {
  const text = node.attrs[name]
  if (text !== undefined && (text.trim() !== '' || isStrict || (name !== 'name' && name !== 'toName'))) return true
  // Markup to read, nothing to label.
  if (name === 'name' && node.tag === 'HyperText' && node.markup.trim() !== '') return true
  if (name === 'value' && node.attrs.valueList) return true
  const control = config.controls.get(node.attrs.name ?? '')
  return name === 'toName' && !isStrict && control?.isInferred === true
}

const hasWords = (node: ConfigNode, word: string): boolean =>
  Boolean(node.attrs.value) || node.children.some(({ tag }) => tag === word || tag === 'View')
