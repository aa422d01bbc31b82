/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

/** A JSON object; keys that are absent and keys that are `undefined` mean the same. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** Tells whether `value` is a JSON object, not a list and not `null`. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Tells whether `value` is a list of JSON values. */
export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value)

/** Returns `value` as a list of strings; anything else in the list is left out. */
export const stringsOf = (value: unknown): string[] =>
  isList(value) ? value.filter((part): part is string => typeof part === 'string') : []

/** Tells whether two JSON values say the same; the order of keys does not matter. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Object.is(a, b)) return true
  if (isList(a)) return isList(b) && a.length === b.length && a.every((part, index) => sameJson(part, b[index]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  for (const key of keys) if (!sameJson(a[key], b[key])) return false
  return true
}

/** Returns a finite number from a number or from text that holds one, else `null`. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}
