import { expect, it } from 'vitest'
import { answer } from '../testing/records'
import { invert, squash } from './transaction'

const [a1, a2, a3] = [answer('a', 1), answer('a', 2), answer('a', 3)]
const b1 = answer('b', 1)

it('invert takes changes back in reverse order', () => {
  const transaction = [
    ['a', null, a1],
    ['b', b1, null],
  ] as const
  expect(invert(transaction)).toEqual([
    ['b', null, b1],
    ['a', a1, null],
  ])
  expect(invert(invert(transaction))).toEqual(transaction)
})

it('squash joins changes of one record and leaves out what cancels out', () => {
  expect(
    squash([
      [
        ['a', a1, a2],
        ['b', null, b1],
      ],
      [['a', a2, a3]],
      [['b', b1, null]],
    ]),
  ).toEqual([['a', a1, a3]])
  expect(squash([])).toEqual([])
})
