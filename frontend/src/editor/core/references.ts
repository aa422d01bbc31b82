import { isList, isObject, type Json } from './json'

const STEP = '[A-Za-z0-9_\\[\\]{}]+'
const REFERENCE = new RegExp(`\\$(${STEP}(?:\\.${STEP})*)`, 'g')
const WHOLE = new RegExp(`^\\$(${STEP}(?:\\.${STEP})*)$`)

/** Returns the path if `text` is exactly one reference, else `null`. */
export const wholeReference = (text: string): string | null => WHOLE.exec(text.trim())?.[1] ?? null

/** Returns the paths of all references in `text`. */
export const findReferences = (text: string): string[] =>
  [...text.matchAll(REFERENCE)].map((match) => match[1] as string)

/** Returns a path as keys and indexes. */
export function steps(path: string): (string | number)[] {
  const found: (string | number)[] = []
  for (const part of path.split('.')) {
    for (const match of part.matchAll(/([^[\]]+)|\[(\d+)\]/g))
      found.push(match[2] ? Number(match[2]) : (match[1] as string))
  }
  return found
}

/** Returns what `path` leads to in `data`, or `undefined`. A field whose name is the whole path wins. */
export function resolvePath(data: Json | undefined, path: string): Json | undefined {
  if (isObject(data) && Object.hasOwn(data, path)) return data[path]
  let value = data
  for (const step of steps(path)) {
    if (typeof step === 'number') value = isList(value) ? value[step] : undefined
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
  }
  return value
}

/** Returns `text` with its references replaced; one whole reference keeps its type, a missing path gives `''`. */
export function resolveTemplate(text: string, data: Json | undefined): Json {
  const whole = wholeReference(text)
  if (whole !== null) return resolvePath(data, whole) ?? ''
  return text.replace(REFERENCE, (_, path: string) => asText(resolvePath(data, path)))
}

/** Returns a value as the text that stands for it in a page. */
export function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
