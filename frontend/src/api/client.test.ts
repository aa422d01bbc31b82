import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '@/testing/fakeServer'
import { address, get, patch, post, remove, send } from './client'
import { ApiError, UnreachableError } from './errors'

let server: FakeServer
let leave: () => void

beforeEach(() => {
  server = new FakeServer()
  leave = server.install()
})
afterEach(() => leave())

describe('address', () => {
  it('leaves empty values out and repeats lists', () => {
    expect(address('/api/x/', { a: 1, b: '', c: null, d: undefined, e: [1, 2], f: false, g: 'a b&c' })).toBe(
      '/api/x/?a=1&e=1&e=2&f=false&g=a+b%26c',
    )
    expect(address('/api/x/')).toBe('/api/x/')
  })
})

describe('send', () => {
  it('sends reads without and writes with proof', async () => {
    server.addProject({ title: 'Birds' })
    await get('/api/projects/')
    await post('/api/session/', { email: 'a@b.c', password: server.password })
    const [read, write] = server.seen
    expect(read?.headers.get('X-CSRFToken')).toBeNull()
    expect(read?.headers.get('Idempotency-Key')).toBeNull()
    expect(write?.headers.get('X-CSRFToken')).toBe('abc123')
    expect(write?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/)
    expect(write?.headers.get('Content-Type')).toBe('application/json')
  })

  it('fetches the CSRF cookie when it is missing', async () => {
    server.cookie = ''
    await expect(remove('/api/annotations/1/')).rejects.toThrow('CSRF failed')
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /user/login/',
      'DELETE /api/annotations/1/',
    ])
  })

  it('repeats a POST under one key, so that it is done once', async () => {
    const task = server.addTasks(1, 1)[0]
    server.troubles.push('unreachable', 503)
    await post(`/api/tasks/${task?.id}/annotations/`, { result: [] })
    expect(new Set(server.seen.map(({ headers }) => headers.get('Idempotency-Key'))).size).toBe(1)
    expect(server.seen).toHaveLength(3)
    expect(server.waits).toEqual([250, 1000])
    expect(server.annotations.size).toBe(1)
  })

  it('never repeats a PATCH', async () => {
    server.troubles.push(503)
    await expect(patch('/api/annotations/1/', {})).rejects.toMatchObject({ status: 503 })
    server.troubles.push('unreachable')
    await expect(patch('/api/annotations/1/', {})).rejects.toBeInstanceOf(UnreachableError)
    expect(server.seen).toHaveLength(2)
  })

  it('gives up after two more tries', async () => {
    server.troubles.push('unreachable', 'unreachable', 'unreachable')
    await expect(get('/api/projects/')).rejects.toBeInstanceOf(UnreachableError)
    expect(server.seen).toHaveLength(3)
    server.troubles.push(502, 503, 504)
    await expect(get('/api/projects/')).rejects.toMatchObject({ status: 504 })
  })

  it('does not repeat what the server refuses', async () => {
    const refused = get('/api/nowhere/')
    await expect(refused).rejects.toBeInstanceOf(ApiError)
    await expect(refused).rejects.toMatchObject({ status: 404, message: 'Not found.' })
    expect(server.seen).toHaveLength(1)
  })

  it('lets a canceled read be canceled', async () => {
    const stop = new AbortController()
    stop.abort()
    server.troubles.push('unreachable')
    await expect(get('/api/projects/', {}, stop.signal)).rejects.toThrow('Failed to fetch')
    expect(server.seen).toHaveLength(1)
  })

  it('reads the version tag and sends it back', async () => {
    const annotation = server.addAnnotation(server.addTasks(1, 1)[0] ?? ({} as never))
    const path = `/api/annotations/${annotation.id}/`
    expect((await send('GET', path)).etag).toBe('"1"')
    const changed = await send('PATCH', path, { body: { lead_time: 3 }, ifMatch: '"1"' })
    expect(changed.etag).toBe('"2"')
    await expect(send('PATCH', path, { body: {}, ifMatch: '"1"' })).rejects.toMatchObject({ status: 412 })
  })

  it('answers null for an empty body', async () => {
    server.trash = [{ id: 5, tasks: [] }]
    expect(await post('/api/trash/5/restore/')).toBeNull()
  })
})
