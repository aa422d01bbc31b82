export type Body = Record<string, unknown>

export interface Seen {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  body: unknown
}

export interface Reply {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

export type Handler = (seen: Seen, match: RegExpExecArray) => Reply

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({ status: 200, body, headers })
export const made = (body: unknown, headers?: Record<string, string>): Reply => ({ status: 201, body, headers })
export const nothing: Reply = { status: 204 }

/** Returns the body of a refusal, in the contract's envelope. */
export const envelope = (status: number, detail: string, validation_errors?: unknown): Reply => ({
  status,
  body: { id: 'e', status_code: status, version: '1.0.0', detail, exc_info: null, validation_errors },
})
