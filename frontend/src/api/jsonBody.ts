/** Lists of numbers and long texts of this size are worth a slice of their own. */
const LARGE = 20_000
/** So long may one slice hold the page up, in milliseconds. */
const SLICE_MS = 8

const packed = new WeakMap<object, Blob>()

/** Lets the page do what waits, as drawing a frame. */
const breathe = (): Promise<void> =>
  new Promise((resume) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resume()
    }
    port2.postMessage(null)
  })

const isLarge = (part: unknown): boolean => (Array.isArray(part) || typeof part === 'string') && part.length > LARGE

/** Tells whether an entry of a result list holds a mask or something else of that size. */
function isHeavy(entry: unknown): entry is object {
  const value = typeof entry === 'object' && entry !== null && 'value' in entry ? entry.value : null
  return typeof value === 'object' && value !== null && Object.values(value).some(isLarge)
}

/**
 * Returns the JSON of a request. Result lists with masks are written in slices, so that the page is never held up; entries
 * that did not change since the last time are not written again.
 */
export async function jsonBody(body: unknown): Promise<string | Blob> {
  const result = typeof body === 'object' && body !== null && 'result' in body ? body.result : null
  if (!Array.isArray(result) || !result.some(isHeavy)) return JSON.stringify(body)
  const parts: (string | Blob)[] = []
  let since = performance.now()
  for (const entry of result) {
    if (parts.length > 0) parts.push(',')
    parts.push(isHeavy(entry) ? blobOf(entry) : JSON.stringify(entry))
    if (performance.now() - since < SLICE_MS) continue
    await breathe()
    since = performance.now()
  }
  const rest = JSON.stringify({ ...(body as object), result: undefined }).slice(1)
  return new Blob(['{"result":[', ...parts, ']', rest === '}' ? '' : ',', rest], { type: 'application/json' })
}

function blobOf(entry: object): Blob {
  const known = packed.get(entry)
  if (known) return known
  const made = new Blob([JSON.stringify(entry)])
  packed.set(entry, made)
  return made
}
