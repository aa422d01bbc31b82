import { closestMatch } from '../closestMatch'
import type { ConfigNode, LabelConfig } from '../labelConfig'
import type { Problem } from '../problems'
import { wholeReference } from '../references'
import type { AttrSpec, TagSpec } from '../spec'
import { problemAt } from './problemAt'
import { SPEEDS } from './speeds'

const INTEGER = /^\s*[+-]?\d+\s*$/
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/
const LOOSE_REFERENCE = /\$[A-Za-z0-9_]+[^A-Za-z0-9_[\].{}\s]/
const SHOWN_LENGTH = 80

/** Yields attributes that nobody knows, and values of the wrong type. */
export function* checkAttributes(config: LabelConfig): Iterable<Problem> {
  for (const node of config.nodes) if (node.spec) yield* check(node, node.spec)
}

function* check(node: ConfigNode, spec: TagSpec): Iterable<Problem> {
  for (const [name, text] of Object.entries(node.attrs)) {
    const attr = Object.hasOwn(spec.attrs, name) ? spec.attrs[name] : undefined
    if (!attr) {
      if (!isFree(node, name)) yield problemAt(node, 'warning', 'unknown_attribute', unknown(spec, name), name)
    } else if (text !== '' && !SPEEDS.has(name)) {
      const fault = faultOf(attr, text)
      const shown = [...text].slice(0, SHOWN_LENGTH).join('')
      if (fault) yield problemAt(node, 'warning', 'bad_value', `${name}="${shown}" of ${node.tag}: ${fault}`, name)
    }
  }
}

/** Tells whether an attribute that the tag lacks is fine: the tag's own text, a name, or a word to a model. */
function isFree(node: ConfigNode, name: string): boolean {
  // ML backends read model_… and predicted_values from the config they are given.
  const isForModels = name.startsWith('model_') || name === 'predicted_values'
  return name === 'name' || isForModels || (name === 'value' && node.text.trim() !== '') || name.includes(':')
}

function unknown(spec: TagSpec, name: string): string {
  const close = closestMatch(name, Object.keys(spec.attrs))
  return `${spec.name} has no attribute ${name}; it is ignored.${close === null ? '' : ` Did you mean ${close}?`}`
}

/** Returns what is wrong with a value, or nothing. */
function faultOf(attr: AttrSpec, text: string): string {
  if (attr.orField && wholeReference(text) !== null) return ''
  return CHECKS.get(attr.type)?.(attr, text) ?? ''
}

function listFault(attr: AttrSpec, text: string): string {
  const words = text.split(',').map((word) => word.trim())
  if (attr.values.length === 0 || words.every((word) => attr.values.includes(word))) return ''
  return `write one or more of ${attr.values.join(', ')}.`
}

function boundsFault({ minimum, maximum }: AttrSpec, text: string): string {
  const number = Number(text)
  if (minimum !== null && number < minimum) return `write ${minimum} or more.`
  if (maximum !== null && number > maximum) return `write ${maximum} or less.`
  return ''
}

function fieldFault(_: AttrSpec, text: string): string {
  if (wholeReference(text) !== null) return ''
  if (LOOSE_REFERENCE.test(text)) return 'a field name may hold letters, digits and _ only.'
  return 'write $ and the name of a task field.'
}

const CHECKS: ReadonlyMap<string, (attr: AttrSpec, text: string) => string> = new Map([
  ['boolean', (_, text) => (text === 'true' || text === 'false' ? '' : 'write true or false.')],
  ['enum', (attr, text) => (attr.values.includes(text) ? '' : `allowed are ${attr.values.join(', ')}.`)],
  ['field', fieldFault],
  ['integer', (attr, text) => (INTEGER.test(text) ? boundsFault(attr, text) : 'write a whole number.')],
  ['list', listFault],
  ['number', (attr, text) => (NUMBER.test(text) ? boundsFault(attr, text) : 'write a number.')],
])
