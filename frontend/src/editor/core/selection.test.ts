import { expect, it } from 'vitest'
import { Observable } from './observable'
import { Selection } from './selection'

const idsOf = (selection: Selection) => [...selection.get()]

it('click selects one region; a second click unselects it', () => {
  const selection = new Selection()
  selection.select(['a', 'b'])
  selection.click('a')
  expect([idsOf(selection), selection.only()]).toEqual([['a'], 'a'])
  selection.click('a')
  expect([idsOf(selection), selection.only()]).toEqual([[], null])
})

it('toggle adds and takes out', () => {
  const selection = new Selection()
  selection.toggle('a')
  selection.toggle('b')
  expect(selection.only()).toBeNull()
  selection.toggle('a')
  expect([idsOf(selection), selection.has('b'), selection.has('a')]).toEqual([['b'], true, false])
})

it('extend takes the range from the region selected last, in both directions', () => {
  const order = ['a', 'b', 'c', 'd']
  const selection = new Selection()
  selection.extend(order, 'b')
  expect(idsOf(selection)).toEqual(['b'])
  selection.extend(order, 'd')
  expect(idsOf(selection)).toEqual(['b', 'c', 'd'])
  selection.extend(order, 'a')
  expect(new Set(idsOf(selection))).toEqual(new Set(['a', 'b', 'c', 'd']))
  selection.extend(order, 'unknown')
  expect(idsOf(selection)).toEqual(['unknown'])
})

it('keeps only what exists', () => {
  const selection = new Selection()
  selection.select(['a', 'b', 'c'])
  selection.keep((id) => id !== 'b')
  expect(idsOf(selection)).toEqual(['a', 'c'])
  selection.clear()
  expect(idsOf(selection)).toEqual([])
})

it('tells only of changes', () => {
  const selection = new Selection()
  let calls = 0
  const end = selection.subscribe(() => {
    calls += 1
  })
  selection.select(['a'])
  selection.select(['a'])
  selection.clear()
  selection.clear()
  expect(calls).toBe(2)
  end()
  selection.select(['b'])
  expect(calls).toBe(2)
})

it('observables compare by identity and may be changed from what they are', () => {
  const count = new Observable(1)
  const heard: number[] = []
  count.subscribe(() => heard.push(count.get()))
  count.set(1)
  count.update((value) => value + 1)
  expect(heard).toEqual([2])
})
