import { isObject } from './json'

/** Shorter lists are not worth it. */
const LEAST = 500

const known = new WeakMap<object, Uint8Array>()

/** Lists of bytes take an eighth of the place and are copied at once: `rle` of masks is one. */
function packList(list: readonly unknown[]): unknown {
  const before = known.get(list)
  if (before) return before
  const bytes = new Uint8Array(list.length)
  for (let at = 0; at < list.length; at += 1) {
    bytes[at] = list[at] as number
    if (bytes[at] !== list[at]) return list
  }
  known.set(list, bytes)
  return bytes
}

/** Returns JSON with long lists of bytes as bytes, for stores that can hold them. What has none is returned as it is. */
export function packBytes<T>(value: T): T {
  return changed(value, (list) => (list.length >= LEAST ? packList(list) : list)) as T
}

/** Returns what was packed as plain JSON again. */
export function unpackBytes<T>(value: T): T {
  return changed(value, (list) => list) as T
}

function changed(value: unknown, pack: (list: readonly unknown[]) => unknown): unknown {
  if (value instanceof Uint8Array) return Array.from(value)
  if (Array.isArray(value)) {
    const packed = pack(value)
    if (packed !== value || typeof value[0] === 'number') return packed
    const parts = value.map((part) => changed(part, pack))
    return parts.every((part, at) => part === value[at]) ? value : parts
  }
  if (ArrayBuffer.isView(value) || !isObject(value)) return value
  let copy: Record<string, unknown> | null = null
  for (const [key, part] of Object.entries(value)) {
    const next = changed(part, pack)
    if (next === part) continue
    copy ??= { ...value }
    copy[key] = next
  }
  return copy ?? value
}
