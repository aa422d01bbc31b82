import { describe, expect, it } from 'vitest'
import { type OwnItem, type OwnItemHost, OwnItems } from './ownItems'

const FERN: OwnItem = { id: 1, control: 'kind', path: ['Plant', 'Fern'], mayRemove: false }
const paths = (items: OwnItems) => items.list.get().map((item) => item.path.join('/'))

function connected(host: OwnItemHost): OwnItems {
  const items = new OwnItems()
  items.connect(host)
  return items
}

describe('items that people added', () => {
  it('are read once, and kept where the page keeps them', async () => {
    const asked: string[] = []
    const items = connected({
      listOwnItems: async () => {
        asked.push('list')
        return [FERN]
      },
      addOwnItem: async (control, path) => ({ id: 2, control, path, mayRemove: true }),
      removeOwnItem: async (item) => void asked.push(`remove ${item.id}`),
    })
    await items.load()
    await items.load()
    await items.add('kind', ['Oak'])
    await items.add('kind', ['Oak'])
    expect(items.list.get()).toEqual([FERN, { id: 2, control: 'kind', path: ['Oak'], mayRemove: true }])
    await items.remove(items.list.get()[1] as OwnItem)
    expect([paths(items), asked]).toEqual([['Plant/Fern'], ['list', 'remove 2']])
  })

  it('last as long as the task is open if nobody keeps them', async () => {
    const items = new OwnItems()
    await items.load()
    await items.add('kind', ['Oak'])
    await items.add('other', ['Oak'])
    expect(items.list.get().map((item) => [item.control, item.id])).toEqual([
      ['kind', undefined],
      ['other', undefined],
    ])
    await items.remove(items.list.get()[0] as OwnItem)
    expect(items.list.get().map((item) => item.control)).toEqual(['other'])
  })

  it('are as they were when they cannot be stored', async () => {
    const refuse = () => Promise.reject(new Error('refused'))
    const items = connected({ listOwnItems: async () => [FERN], addOwnItem: refuse, removeOwnItem: refuse })
    await items.load()
    const adding = items.add('kind', ['Oak'])
    expect(paths(items)).toEqual(['Plant/Fern', 'Oak'])
    await expect(adding).rejects.toThrow('refused')
    await expect(items.remove(FERN)).rejects.toThrow('refused')
    expect(paths(items)).toEqual(['Plant/Fern'])
  })

  it('are asked for again after a failure', async () => {
    let isDown = true
    const items = connected({ listOwnItems: async () => (isDown ? Promise.reject(new Error('down')) : [FERN]) })
    await expect(items.load()).rejects.toThrow('down')
    isDown = false
    await items.load()
    expect(paths(items)).toEqual(['Plant/Fern'])
  })
})
