import type { Json } from '@/api/types'

/** Returns the parameters of a model server as text; nothing for none. */
export const extrasText = (extras: Json): string => (extras === null ? '' : JSON.stringify(extras, null, 2))

/** Returns the parameters in a text; undefined for what is no JSON object. */
export const readExtras = (text: string): Record<string, Json> | undefined => {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, Json>) : undefined
  } catch {
    return undefined
  }
}
