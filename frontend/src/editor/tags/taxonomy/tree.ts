import { isList, isObject, type Json } from '../../core/json'
import type { OwnItem } from '../../core/ownItems'
import { asText } from '../../core/references'
import type { TagNode } from '../../core/taskConfig'

/** An item of a tree. `path` is what results store. */
export interface Item {
  readonly path: readonly string[]
  readonly shown: string
  readonly hint: string
  readonly color: string
  /** Whether there is nothing below it. */
  readonly isLeaf: boolean
  /** What is below it; `null` if that is not loaded yet. */
  readonly children: readonly Item[] | null
  /** Set if somebody added it to the tree. */
  readonly own?: OwnItem
}

/** Returns the items written in a config or in task data; of siblings with one name the first counts. */
export function itemsOf(node: TagNode, path: readonly string[] = []): Item[] {
  const items = new Map<string, Item>()
  for (const child of node.children) {
    const name = child.attrs.alias || child.attrs.value
    if (child.tag !== 'Choice' || !name || items.has(name)) continue
    const here = [...path, name]
    const children = itemsOf(child, here)
    items.set(name, {
      path: here,
      shown: child.attrs.value || name,
      hint: child.attrs.hint ?? '',
      color: child.attrs.color ?? '',
      isLeaf: children.length === 0,
      children,
    })
  }
  return [...items.values()]
}

/** Reads the items in an answer of `apiUrl`: a list, or an object with `items`. */
export function readItems(answer: Json, path: readonly string[] = []): Item[] {
  const list = isObject(answer) ? answer.items : answer
  if (!isList(list)) return []
  const items = new Map<string, Item>()
  for (const entry of list.filter(isObject)) {
    const name = asText(entry.alias) || asText(entry.value)
    if (name === '' || items.has(name)) continue
    const here = [...path, name]
    const children = isList(entry.children) ? readItems(entry.children, here) : null
    const isLeaf = entry.isLeaf === true || (children !== null && children.length === 0 && entry.isLeaf !== false)
    const known = {
      path: here,
      shown: asText(entry.value) || name,
      hint: asText(entry.hint),
      color: asText(entry.color),
    }
    items.set(name, {
      ...known,
      isLeaf: isLeaf || (children === null && entry.isLeaf === undefined),
      children: children ?? (entry.isLeaf === false ? null : []),
    })
  }
  return [...items.values()]
}

/** Returns the tree with the children of one item put in. */
export const withChildren = (items: readonly Item[], path: readonly string[], children: readonly Item[]): Item[] =>
  items.map((item) => {
    if (item.path.length > path.length || !isBelow(path, item.path)) return item
    if (item.path.length === path.length) return { ...item, children, isLeaf: children.length === 0 }
    return { ...item, children: withChildren(item.children ?? [], path, children) }
  })

/** Returns the tree with the items that people added; those whose place is gone are left out. */
export const withOwnItems = (items: readonly Item[], added: readonly OwnItem[]): readonly Item[] =>
  [...added].sort((a, b) => a.path.length - b.path.length).reduce(withOwnItem, items)

function withOwnItem(items: readonly Item[], own: OwnItem): readonly Item[] {
  const { path } = own
  const add = (list: readonly Item[], depth: number): readonly Item[] => {
    const name = path[depth]
    if (name === undefined || depth < path.length - 1) {
      return list.map((item) => {
        if (item.path[depth] !== name) return item
        const children = add(item.children ?? [], depth + 1)
        return { ...item, children, isLeaf: children.length === 0 }
      })
    }
    if (list.some((item) => item.path[depth] === name)) return list
    return [...list, { path, shown: name, hint: '', color: '', isLeaf: true, children: [], own }]
  }
  return add(items, 0)
}

const isBelow = (path: readonly string[], above: readonly string[]): boolean =>
  above.every((part, at) => path[at] === part)

/** Name of a path among keys. */
export const keyOf = (path: readonly string[]): string => path.join('\u001f')

/** A row of an open tree. */
export interface Row {
  readonly item: Item
  readonly depth: number
  readonly isOpen: boolean
}

/** Returns the rows to show: under open items, or those that match a search with all above them. */
export function rowsOf(items: readonly Item[], open: ReadonlySet<string>, query: string): Row[] {
  const wanted = query.trim().toLowerCase()
  const rows: Row[] = []
  const add = (list: readonly Item[], depth: number) => {
    for (const item of list) {
      const isOpen = open.has(keyOf(item.path))
      rows.push({ item, depth, isOpen })
      if (isOpen && item.children) add(item.children, depth + 1)
    }
  }
  const addFound = (list: readonly Item[], depth: number): boolean => {
    let isAny = false
    for (const item of list) {
      const at = rows.length
      rows.push({ item, depth, isOpen: true })
      const isBelowFound = addFound(item.children ?? [], depth + 1)
      const isFound = item.shown.toLowerCase().includes(wanted)
      if (!isFound && !isBelowFound) rows.length = at
      else {
        rows[at] = { item, depth, isOpen: isBelowFound }
        isAny = true
      }
    }
    return isAny
  }
  if (wanted === '') add(items, 0)
  else addFound(items, 0)
  return rows
}

/** Returns the shown names along a path; parts that the tree does not know are shown as they are stored. */
export function shownPath(items: readonly Item[], path: readonly string[]): string[] {
  let list: readonly Item[] = items
  return path.map((part, at) => {
    const item = list.find((candidate) => candidate.path[at] === part)
    list = item?.children ?? []
    return item?.shown ?? part
  })
}

/** Returns the color of the item at a path, or of the nearest one above that has one. */
export function colorAt(items: readonly Item[], path: readonly string[]): string {
  let list: readonly Item[] = items
  let color = ''
  path.forEach((part, at) => {
    const item = list.find((candidate) => candidate.path[at] === part)
    list = item?.children ?? []
    color = item?.color || color
  })
  return color
}
