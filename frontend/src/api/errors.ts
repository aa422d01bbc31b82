export type FieldErrors = Readonly<Record<string, string>>

/** The server answered and refused. `fields` holds one message per field, `current` what it has now (412). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly fields: FieldErrors = {},
    readonly body: unknown = null,
    readonly retryAfterS: number | null = null,
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** The object as the server has it now, when it refused a write over a newer version. */
  get current(): unknown {
    return isRecord(this.body) ? this.body.current : undefined
  }
}

/** No answer came: server down, network gone, or request aborted by a proxy. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause })
    this.name = 'UnreachableError'
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const flatten = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(flatten)
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, inner]) => flatten(inner).map((text) => `${key}: ${text}`))
  return []
}

/** Returns the error that an answer with a status of 400 or above stands for. */
export const errorFrom = (status: number, body: unknown, retryAfter: string | null = null): ApiError => {
  const record = isRecord(body) ? body : {}
  const validation = isRecord(record.validation_errors) ? record.validation_errors : {}
  const fields = Object.fromEntries(
    Object.entries(validation)
      .map(([field, messages]): [string, string] => [field, flatten(messages).join(' ')])
      .filter(([, text]) => text !== ''),
  )
  const general = fields.non_field_errors
  const first = Object.entries(fields)[0]
  const detail = typeof record.detail === 'string' ? record.detail : ''
  const generic = detail === '' || detail === 'Validation error'
  const message = generic ? (general ?? (first ? `${first[0]}: ${first[1]}` : `HTTP ${status}`)) : detail
  const seconds = Number(retryAfter)
  return new ApiError(status, message, fields, body, retryAfter && Number.isFinite(seconds) ? seconds : null)
}

/** Returns the text to show for anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const hasStatus = (error: unknown, ...statuses: number[]): error is ApiError =>
  error instanceof ApiError && statuses.includes(error.status)
