import { ApiError, errorFrom, UnreachableError } from './errors'
import { jsonBody } from './jsonBody'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[]
export type Query = Readonly<Record<string, QueryValue>>

export interface RequestOptions {
  query?: Query
  body?: unknown
  /** Sent with a POST so that a repeated one is done once; a fresh one is made when absent. */
  idempotencyKey?: string
  ifMatch?: string | null
  /** The page is going away: the browser sends it all the same. */
  keepalive?: boolean
  signal?: AbortSignal
}

export interface Answer<T> {
  data: T
  etag: string | null
}

export interface Transport {
  fetch: (input: string, init: RequestInit) => Promise<Response>
  cookie: () => string
  wait: (ms: number) => Promise<void>
}

const RETRY_DELAYS_MS = [250, 1000]
const RETRY_STATUSES = [502, 503, 504]

const browser: Transport = {
  fetch: (input, init) => fetch(input, init),
  cookie: () => document.cookie,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
let transport: Transport = browser

/** Replaces how requests leave the page; returns a function that puts the browser's way back. */
export const setTransport = (next: Partial<Transport>): (() => void) => {
  transport = { ...browser, ...next }
  return () => {
    transport = browser
  }
}

/** Returns the path with its query; empty values are left out, lists are repeated. */
export const address = (path: string, query: Query = {}): string => {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** Returns the token that writes by session must repeat in a header. */
export const csrfToken = (): string => {
  const found = /(?:^|;\s*)csrftoken=([^;]*)/.exec(transport.cookie())
  return found?.[1] ? decodeURIComponent(found[1]) : ''
}

export const newKey = (): string => crypto.randomUUID()

/** Returns the headers of a write: CSRF token and, for a POST, the key that makes repeating it safe. */
export const writeHeaders = (method: Method, idempotencyKey?: string): Record<string, string> => {
  if (method === 'GET') return {}
  const headers: Record<string, string> = { 'X-CSRFToken': csrfToken() }
  if (method === 'POST') headers['Idempotency-Key'] = idempotencyKey ?? newKey()
  return headers
}

/** Fetches the page that sets the CSRF cookie where it is missing: cleared, or never set. */
export const ensureCsrf = async (): Promise<void> => {
  if (csrfToken() !== '') return
  await transport.fetch('/user/login/', { method: 'GET', credentials: 'same-origin' }).catch(() => undefined)
}

const parseBody = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  if (text === '') return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

const isFinal = (method: Method, status: number, attempt: number): boolean =>
  method === 'PATCH' || attempt >= RETRY_DELAYS_MS.length || !RETRY_STATUSES.includes(status)

/** Sends one request; PATCH is never repeated, the others are while the server does not answer. */
export async function send<T>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const { query, body, idempotencyKey, ifMatch, keepalive, signal } = options
  if (method !== 'GET') await ensureCsrf()
  const headers = new Headers({ Accept: 'application/json', ...writeHeaders(method, idempotencyKey) })
  if (ifMatch) headers.set('If-Match', ifMatch)
  const init: RequestInit = { method, headers, credentials: 'same-origin', keepalive, signal }
  if (body instanceof FormData) init.body = body
  else if (body !== undefined) {
    headers.set('Content-Type', 'application/json')
    // A page that goes away has no time for slices.
    init.body = keepalive ? JSON.stringify(body) : await jsonBody(body)
  }
  for (let attempt = 0; ; attempt += 1) {
    const last = method === 'PATCH' || attempt >= RETRY_DELAYS_MS.length
    let response: Response
    try {
      response = await transport.fetch(address(path, query), init)
    } catch (cause) {
      if (signal?.aborted) throw cause
      if (last) throw new UnreachableError(cause)
      await transport.wait(RETRY_DELAYS_MS[attempt] ?? 0)
      continue
    }
    if (response.ok) return { data: (await parseBody(response)) as T, etag: response.headers.get('ETag') }
    if (isFinal(method, response.status, attempt)) {
      throw errorFrom(response.status, await parseBody(response), response.headers.get('Retry-After'))
    }
    await transport.wait(RETRY_DELAYS_MS[attempt] ?? 0)
  }
}

const dataOf = async <T>(answer: Promise<Answer<T>>): Promise<T> => (await answer).data

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  dataOf(send<T>('GET', path, { query, signal }))
export const post = <T>(path: string, body?: unknown, query?: Query): Promise<T> =>
  dataOf(send<T>('POST', path, { body: body ?? {}, query }))
export const patch = <T>(path: string, body: unknown): Promise<T> => dataOf(send<T>('PATCH', path, { body }))
export const remove = <T = null>(path: string, body?: unknown): Promise<T> => dataOf(send<T>('DELETE', path, { body }))

/** Tells whether a failed read is worth another try by the query cache. */
export const isTransient = (error: unknown): boolean =>
  !(error instanceof ApiError) && !(error instanceof UnreachableError)
