import { describe, expect, it } from 'vitest'
import { ApiError, errorFrom, hasStatus, messageOf, UnreachableError } from './errors'

describe('errorFrom', () => {
  it('gives one message per field, nested ones included', () => {
    const error = errorFrom(400, {
      detail: 'Validation error',
      validation_errors: { title: ['Too short.', 'Too plain.'], filter: { items: ['Bad.'] }, empty: [] },
    })
    expect(error.fields).toEqual({ title: 'Too short. Too plain.', filter: 'items: Bad.' })
    expect(error.message).toBe('title: Too short. Too plain.')
  })

  it('prefers the detail, then what is tied to no field', () => {
    expect(errorFrom(404, { detail: 'Not found.' }).message).toBe('Not found.')
    const general = errorFrom(400, { detail: 'Validation error', validation_errors: { non_field_errors: ['No.'] } })
    expect(general.message).toBe('No.')
  })

  it.each([null, '<html>', 42, [], { detail: 5 }])('names the status when the body is %j', (body) => {
    expect(errorFrom(502, body).message).toBe('HTTP 502')
  })

  it('tells how long to wait', () => {
    expect(errorFrom(429, { detail: 'Slow down.' }, '30').retryAfterS).toBe(30)
    expect(errorFrom(429, { detail: 'Slow down.' }, 'later').retryAfterS).toBeNull()
    expect(errorFrom(429, {}).retryAfterS).toBeNull()
  })

  it('holds the current object of a refused overwrite', () => {
    expect(errorFrom(412, { detail: 'Changed.', current: { id: 7 } }).current).toEqual({ id: 7 })
    expect(errorFrom(412, 'text').current).toBeUndefined()
  })
})

describe('hasStatus and messageOf', () => {
  it('tell refusals from other failures', () => {
    expect(hasStatus(new ApiError(404, 'Gone'), 403, 404)).toBe(true)
    expect(hasStatus(new ApiError(500, 'Oops'), 404)).toBe(false)
    expect(hasStatus(new UnreachableError(null), 404)).toBe(false)
    expect(messageOf('plain')).toBe('plain')
    expect(messageOf(new UnreachableError(null))).toBe('The server cannot be reached.')
  })
})
