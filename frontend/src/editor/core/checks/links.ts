import { type ConfigNode, type LabelConfig, splitNames } from '../labelConfig'
import type { Problem } from '../problems'
import { isControlSpec, isObjectSpec } from '../spec'
import { called, problemAt } from './problemAt'

const MAX_NAMES = 100
const FILTERED = new Set(['classification', 'labels'])

type ByName = ReadonlyMap<string, ConfigNode>

/** Yields what is wrong with names, and with the links from controls to objects. */
export function* checkLinks(config: LabelConfig): Iterable<Problem> {
  yield* duplicateNames(config)
  yield* unknownTargets(config)
  const byName = new Map(
    config.nodes.filter((node) => node.attrs.name).map((node) => [node.attrs.name as string, node]),
  )
  for (const node of config.nodes) {
    if (node.spec === null) continue
    yield* wrongTargets(config, node, byName)
    yield* conditions(node, byName)
  }
  if (config.controls.size === 0) {
    yield problemAt(config.root, 'warning', 'no_controls', 'Nothing can be labeled: no tag asks for an answer.')
  }
}

function* duplicateNames(config: LabelConfig): Iterable<Problem> {
  const seen = new Map<string, number>()
  for (const node of config.nodes) {
    const { name } = node.attrs
    if (!name) continue
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    if (times === 2) {
      yield problemAt(node, 'error', 'duplicate_name', 'Label config contains non-unique names', 'name')
    }
  }
}

function* unknownTargets(config: LabelConfig): Iterable<Problem> {
  const known = new Set(config.nodes.flatMap((node) => node.attrs.name || []))
  const names = [...known].sort(byCodePoint)
  const shown = names.length <= MAX_NAMES ? names.map(quoted) : [...names.slice(0, MAX_NAMES).map(quoted), '…']
  for (const node of config.nodes) {
    for (const name of splitNames(node.attrs.toName)) {
      if (known.has(name)) continue
      const message = `toName="${name}" not found in names: [${shown.join(', ')}]`
      yield problemAt(node, 'error', 'unknown_target', message, 'toName')
    }
  }
}

/** Text sorts by code points, as on the server; JavaScript's own order is that of UTF-16 units. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => Array.from(text, (char) => char.codePointAt(0) as number)) as [
    number[],
    number[],
  ]
  const at = left.findIndex((code, index) => code !== right[index])
  return at < 0 ? left.length - right.length : (left[at] as number) - (right[at] ?? -1)
}

const quoted = (name: string): string => {
  const escaped = name.replaceAll('\\', '\\\\')
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`
}

function* wrongTargets(config: LabelConfig, node: ConfigNode, byName: ByName): Iterable<Problem> {
  const control = config.controls.get(node.attrs.name ?? '')
  const names = control?.node === node ? control.toName : splitNames(node.attrs.toName)
  if (isControlSpec(node.spec) || node.tag === 'Filter') {
    for (const name of names) {
      const target = byName.get(name)
      if (target && target !== node) yield* wrongTarget(node, target)
    }
  }
  if (node.tag === 'Pairwise' && new Set(names).size !== 2) {
    const message = `${called(node)} compares two objects: write their two names in toName.`
    yield problemAt(node, 'warning', 'pairwise_targets', message, 'toName')
  }
  if (node.attrs.perRegion === 'true' && node.attrs.perItem === 'true') {
    const message = `${called(node)} cannot be perRegion and perItem at once.`
    yield problemAt(node, 'warning', 'per_item_and_region', message, 'perItem')
  }
}

function* wrongTarget(node: ConfigNode, target: ConfigNode): Iterable<Problem> {
  const { spec } = node
  if (spec === null || target.spec === null) return
  const tell = (code: string, rest: string) => problemAt(node, 'warning', code, `${called(node)} ${rest}`, 'toName')
  if (node.tag === 'Filter') {
    if (FILTERED.has(target.spec.kind)) return
    yield tell('wrong_target', `can only filter labels and choices, not ${called(target)}.`)
  } else if (!isObjectSpec(target.spec)) {
    yield tell('target_not_object', `points to ${called(target)}, which shows no data.`)
  } else if (!spec.targets.includes('*') && !spec.targets.includes(target.tag)) {
    if (spec.targetsEnforced) {
      yield tell('wrong_target', `can only control ${spec.targets.join(' or ')}, not ${called(target)}.`)
    } else {
      yield tell('unusual_target', `is made for ${spec.targets.join(', ')}, not for ${called(target)}.`)
    }
  }
}

function* conditions(node: ConfigNode, byName: ByName): Iterable<Problem> {
  const name = node.attrs.whenTagName
  if (!name || byName.has(name)) return
  const message = `whenTagName="${name}" of ${called(node)} names no tag.`
  yield problemAt(node, 'warning', 'unknown_condition', message, 'whenTagName')
}
