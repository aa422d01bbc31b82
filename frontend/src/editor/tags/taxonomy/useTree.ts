import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Json } from '../../core/json'
import type { TagNode } from '../../core/taskConfig'
import { type Item, itemsOf, readItems, withChildren } from './tree'

export interface Tree {
  readonly items: readonly Item[]
  readonly state: 'ready' | 'loading' | 'failed'
  /** Loads what is below an item, once. */
  load(path: readonly string[]): void
}

/** Returns the tree of a Taxonomy: its own, with what its address gives. */
export function useTree(node: TagNode): Tree {
  const own = useMemo(() => itemsOf(node), [node])
  const url = node.attrs.apiUrl ?? ''
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
  const items = useMemo(() => [...own, ...loaded], [own, loaded])
  return { items, state, load }
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
