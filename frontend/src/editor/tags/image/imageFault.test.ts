import { describe, expect, it } from 'vitest'
import { type FaultPorts, findFault, isHuge } from './imageFault'

const ports = (more: Partial<FaultPorts> = {}): FaultPorts => ({
  page: 'https://postil.example.org/projects/1',
  fetch: () => Promise.reject(new Error('not asked')),
  shows: () => Promise.resolve(false),
  ...more,
})
const answering = (status: number, type = 'image/png') =>
  ports({ fetch: async () => ({ status, headers: new Headers({ 'content-type': type }) }) })

describe('why a picture is not shown', () => {
  it.each([
    ['s3://bucket/a.png', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['data:image/png;base64,AA', 'broken'],
    ['http://example.org/a.png', 'insecure'],
    ['https://', 'missing'],
    ['https://example.org/a.png', 'foreign'],
  ])('%s: %s', async (url, fault) => expect(await findFault(url, undefined, ports())).toBe(fault))

  it.each([
    [401, 'image/png', 'refused'],
    [403, 'text/html', 'refused'],
    [404, 'application/json', 'missing'],
    [502, 'text/html', 'server'],
    [200, 'text/html; charset=utf-8', 'notImage'],
    [200, 'image/png', 'broken'],
    [200, 'application/octet-stream', 'broken'],
  ])('an answer %i of type %s from the own server: %s', async (status, type, fault) =>
    expect(await findFault('/data/upload/1/a.png', undefined, answering(status, type))).toBe(fault),
  )

  it('an address of the own server that leads to a closed storage', async () => {
    const closed = ports({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
    expect(await findFault('/tasks/1/resolve/?fileuri=czM6', undefined, closed)).toBe('storage')
  })

  it('a picture that is only not to be read is told from one that is not there', async () => {
    const shown = ports({ shows: () => Promise.resolve(true) })
    expect(await findFault('https://example.org/a.png', 'anonymous', shown)).toBe('cors')
    expect(await findFault('https://example.org/a.png', 'anonymous', ports())).toBe('foreign')
    expect(await findFault('https://example.org/a.png', undefined, shown)).toBe('foreign')
  })

  it('a question to the own server is given up once its head is known', async () => {
    let asked: AbortSignal | null = null
    const kept = ports({
      fetch: async (_, signal) => {
        asked = signal
        return { status: 200, headers: new Headers() }
      },
    })
    expect(await findFault('/a.png', undefined, kept)).toBe('broken')
    expect((asked as AbortSignal | null)?.aborted).toBe(true)
  })

  it('pictures too large for a browser are known by their pixels', () => {
    expect([isHuge({ width: 20_000, height: 20_000 }), isHuge({ width: 30_000, height: 20_000 })]).toEqual([
      false,
      true,
    ])
  })
})
