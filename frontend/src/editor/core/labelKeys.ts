import type { TagRegistry } from './defineTag'
import { type Combo, parseHotkey } from './hotkeys'
import type { TagNode, TaskConfig } from './taskConfig'

const AUTOMATIC = '1 2 3 4 5 6 7 8 9 0 q w e t a s d f g z x c v b y i o p j k l n m'.split(' ')

/** Returns the hotkey of every tag that has one: its own, else one given automatically in document order. */
export function assignLabelKeys(config: TaskConfig, registry: TagRegistry): ReadonlyMap<string, string> {
  const taken = new Set<Combo>()
  for (const node of config.nodes) {
    for (const combo of parseHotkey(node.attrs.hotkey ?? '')) taken.add(combo)
    for (const key of registry.get(node.tag)?.toolKeys?.(node) ?? [])
      for (const combo of parseHotkey(key)) taken.add(combo)
  }
  const free = AUTOMATIC.filter((key) => !taken.has(key))
  const keys = new Map<string, string>()
  for (const node of config.nodes) {
    const own = node.attrs.hotkey
    if (own) keys.set(node.key, own)
    else if (takesKey(node)) {
      const key = free.shift()
      if (key) keys.set(node.key, key)
    }
  }
  return keys
}

function takesKey(node: TagNode): boolean {
  if (node.tag === 'Choice') return hasAncestor(node, 'Choices')
  return node.tag === 'Label' || node.tag === 'Rating' || node.tag === 'Number'
}

function hasAncestor(node: TagNode, tag: string): boolean {
  for (let at = node.parent; at; at = at.parent) if (at.tag === tag) return true
  return false
}
