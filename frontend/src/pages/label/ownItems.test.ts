import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setTransport } from '@/api/client'
import { ownItemHost } from './ownItems'

const label = (id: number, path: string[], by: number) => ({
  id: 100 + id,
  from_name: 'kind',
  project: 7,
  annotations_count: 0,
  label: { id, title: path.at(-1), value: path, created_by: by },
})

let links: unknown[][]
let seen: string[]
let leave: () => void
beforeEach(() => {
  links = [[label(1, ['Plant', 'Oak'], 3)], [label(2, ['Plant', 'Fern'], 4)]]
  seen = []
  leave = setTransport({ cookie: () => 'csrftoken=abc123', fetch: async (input, init) => answer(input, init) })
})
afterEach(() => leave())

function answer(input: string, init: RequestInit): Response {
  const url = new URL(input, 'http://local')
  seen.push(`${init.method} ${url.pathname} ${init.body ?? ''}`.trim())
  if (init.method === 'DELETE') return new Response(null, { status: 204 })
  if (init.method === 'POST') {
    links = [[label(9, ['Animal'], 3)]]
    return Response.json([{ id: 9 }], { status: 201 })
  }
  const page = Number(url.searchParams.get('page'))
  return Response.json({ results: links[page - 1], next: page < links.length ? 'more' : null })
}

describe('items of trees in the label library', () => {
  const host = ownItemHost(7, { id: 3, permissions: [] })

  it('are read from all pages; one may take away what one added', async () =>
    expect(await host.listOwnItems()).toEqual([
      { id: 101, control: 'kind', path: ['Plant', 'Oak'], mayRemove: true },
      { id: 102, control: 'kind', path: ['Plant', 'Fern'], mayRemove: false },
    ]))

  it('of others may be taken away by those who change labels', async () => {
    const items = await ownItemHost(7, { id: 3, permissions: ['labels.change'] }).listOwnItems()
    expect(items.map((item) => item.mayRemove)).toEqual([true, true])
  })

  it('are added with their whole path, and taken away by their link', async () => {
    const made = await host.addOwnItem('kind', ['Animal'])
    expect(made).toEqual({ id: 109, control: 'kind', path: ['Animal'], mayRemove: true })
    await host.removeOwnItem(made)
    await host.removeOwnItem({ control: 'kind', path: ['Never kept'], mayRemove: true })
    expect(seen).toEqual([
      'POST /api/labels/ [{"project":7,"from_name":"kind","title":"Animal","value":["Animal"]}]',
      'GET /api/label_links/',
      'DELETE /api/label_links/109/',
    ])
  })

  it('that the server does not name make an error', async () => {
    links = []
    await expect(host.addOwnItem('other', ['Animal'])).rejects.toThrow('no link')
  })
})
