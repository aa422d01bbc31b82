import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Json } from '../../core/json'
import { flag } from '../../core/labelConfig'
import type { OwnItem } from '../../core/ownItems'
import type { TagNode } from '../../core/taskConfig'
import { sameList, useEditor, useEditorScope } from '../EditorContext'
import { type Item, itemsOf, readItems, withChildren, withOwnItems } from './tree'

export interface Tree {
  readonly items: readonly Item[]
  readonly state: 'ready' | 'loading' | 'failed'
  /** Loads what is below an item, once. */
  load(path: readonly string[]): void
}

/** Returns the tree of a Taxonomy: its own, with what its address gives, or with what people added to it. */
export function useTree(node: TagNode): Tree {
  const own = useMemo(() => itemsOf(node), [node])
  const added = useAdded(node)
  const url = flag(node, 'legacy') ? '' : (node.attrs.apiUrl ?? '')
  const [loaded, setLoaded] = useState<readonly Item[]>([])
  const [state, setState] = useState<Tree['state']>(url === '' ? 'ready' : 'loading')
  const stop = useRef<AbortController | null>(null)
  const fetchItems = useCallback(
    (path: readonly string[], take: (items: Item[]) => void) => {
      const signal = stop.current?.signal
      if (!signal) return
      setState('loading')
      getItems(url, path, signal).then(
        (items) => {
          if (signal.aborted) return
          take(items)
          setState('ready')
        },
        () => signal.aborted || setState('failed'),
      )
    },
    [url],
  )
  useEffect(() => {
    if (url === '') return
    stop.current = new AbortController()
    fetchItems([], setLoaded)
    return () => stop.current?.abort()
  }, [url, fetchItems])
  const load = useCallback(
    (path: readonly string[]) => {
      fetchItems(path, (children) => setLoaded((items) => withChildren(items, path, children)))
    },
    [fetchItems],
  )
  const items = useMemo(() => withOwnItems([...own, ...loaded], added), [own, loaded, added])
  return { items, state, load }
}

const NONE: readonly OwnItem[] = []

function useAdded(node: TagNode): readonly OwnItem[] {
  const isOpenToAll = flag(node, 'legacy')
  const name = node.attrs.name ?? ''
  return useEditor(
    (editor) => (isOpenToAll ? editor.ownItems.list.get().filter((item) => item.control === name) : NONE),
    sameList,
  )
}

/** Returns how to change a tree that the config opens to everybody; `null` for others. */
export function useTreeChanges(node: TagNode, isListOpen: boolean) {
  const { editor } = useEditorScope()
  const { ownItems } = editor
  const control = node.attrs.name ?? ''
  const isOpenToAll = flag(node, 'legacy')
  const changes = useMemo(() => {
    const tell = (error: unknown) =>
      editor.tell('taxonomy.notStored', 'error', { message: error instanceof Error ? error.message : String(error) })
    return {
      load: () => void ownItems.load().catch(tell),
      add: (path: readonly string[]) => void ownItems.add(control, path).catch(tell),
      remove: (item: OwnItem) => void ownItems.remove(item).catch(tell),
    }
  }, [editor, ownItems, control])
  useEffect(() => {
    if (isOpenToAll && isListOpen) changes.load()
  }, [isOpenToAll, isListOpen, changes])
  return isOpenToAll ? changes : null
}

async function getItems(url: string, path: readonly string[], signal: AbortSignal): Promise<Item[]> {
  const { address, headers } = requestFor(url, path, location.href)
  const response = await fetch(address, { headers, signal })
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  return readItems((await response.json()) as Json, path)
}

/** Returns how to ask for the items below a path; a name and password in the address go into a header. */
export function requestFor(
  url: string,
  path: readonly string[],
  base: string,
): { address: string; headers: Record<string, string> } {
  const address = new URL(url, base)
  const { username, password } = address
  address.username = ''
  address.password = ''
  for (const part of path) address.searchParams.append('path', part)
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return {
    address: address.href,
    headers: username === '' ? {} : { Authorization: `Basic ${btoa(credentials)}` },
  }
}
