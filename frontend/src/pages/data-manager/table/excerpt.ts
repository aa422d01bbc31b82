import type { Json } from '@/api/types'

const MAX_LENGTH = 240
const LABELS = /(?:labels|choices|taxonomy):\[([^[\]{}]*)/g

/** Returns the beginning of a value on one line. */
export const excerpt = (value: Json | undefined, length = MAX_LENGTH): string => {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value.slice(0, length * 4) : JSON.stringify(value)
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length)}…` : line
}

/** Returns the labels in the excerpt of results that the task list gives, each once with its number. */
export const labelsIn = (results: string): [label: string, count: number][] => {
  const counts = new Map<string, number>()
  for (const [, inside = ''] of results.matchAll(LABELS)) {
    for (const label of inside.split(',').map((part) => part.trim())) {
      if (label) counts.set(label, (counts.get(label) ?? 0) + 1)
    }
  }
  return [...counts]
}
