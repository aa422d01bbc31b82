import type { Json } from '@/api/types'

const MAX_LENGTH = 240

/** Returns the beginning of a value on one line. */
export const excerpt = (value: Json | undefined): string => {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value.slice(0, MAX_LENGTH * 4) : JSON.stringify(value)
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line
}
