import { describe, expect, it } from 'vitest'
import { answer, idsOf, relation, span } from '../testing/records'
import { Store } from './store'
import type { Transaction } from './transaction'

describe('Store', () => {
  it('gives records in the order in which they are written: by place, links last', () => {
    const store = new Store([relation('r1', 'r2', 0), span('r2', 5, 3), answer('a', 1, 2), span('r1', 0, 1)])
    expect(idsOf(store.all())).toEqual(['r1', 'answer:a', 'r2', 'relation:r1:r2'])
    expect(idsOf(store.regions())).toEqual(['r1', 'r2'])
    expect(idsOf(store.relations())).toEqual(['relation:r1:r2'])
    expect(store.order()).toEqual(['r1', 'answer:a', 'r2', 'relation:r1:r2'])
    expect(store.nextSeq()).toBe(4)
  })

  it('lists links as they are after each change', () => {
    const store = new Store([span('r1', 0, 1), span('r2', 5, 3)])
    expect(store.relations()).toBe(store.relations())
    const link = relation('r1', 'r2', 0)
    store.dispatch([[link.id, null, link]])
    expect(idsOf(store.relations())).toEqual(['relation:r1:r2'])
    store.dispatch([[link.id, link, { ...link, toId: 'r3' }]])
    expect(store.relations().map(({ toId }) => toId)).toEqual(['r3'])
    store.dispatch([[link.id, store.get(link.id) ?? null, null]])
    expect(store.relations()).toEqual([])
  })

  it('finds regions only by the id of a region', () => {
    const store = new Store([span('r1', 0), answer('a', 1)])
    expect(store.region('r1')).toBe(store.get('r1'))
    expect(store.region('answer:a')).toBeUndefined()
    expect(store.get('none')).toBeUndefined()
  })

  it('applies a transaction and tells it to everyone who still listens', () => {
    const store = new Store()
    const heard: Transaction[] = []
    const end = store.subscribe((transaction) => heard.push(transaction))
    const added: Transaction = [['r1', null, span('r1', 0)]]
    store.dispatch(added)
    end()
    store.dispatch([['r1', store.get('r1') ?? null, null]])
    expect(heard).toEqual([added])
    expect(store.all()).toEqual([])
    expect(store.version).toBe(2)
  })

  it('refuses a change of a record that is not what the change says, and changes nothing', () => {
    const store = new Store([span('r1', 0)])
    const transaction: Transaction = [
      ['r2', null, span('r2', 1)],
      ['r1', span('r1', 0), null],
    ]
    expect(() => store.dispatch(transaction)).toThrow('Record r1 is not what the change expects.')
    expect(idsOf(store.all())).toEqual(['r1'])
    expect(store.version).toBe(0)
  })

  it('says nothing about an empty transaction', () => {
    const store = new Store()
    store.subscribe(() => expect.unreachable())
    store.dispatch([])
    expect(store.version).toBe(0)
  })

  it('keeps the order after a record moved', () => {
    const [first, second] = [span('r1', 0, 1), span('r2', 0, 2)]
    const store = new Store([first, second])
    expect(store.order()).toEqual(['r1', 'r2'])
    store.dispatch([['r1', first, { ...first, seq: 9 }]])
    expect(store.order()).toEqual(['r2', 'r1'])
    expect(store.nextSeq()).toBe(10)
  })
})
