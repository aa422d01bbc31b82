import { expect, it } from 'vitest'
import { safeNext } from './safeNext'

it.each([
  ['/projects/3/data/?task=5', '/projects/3/data/?task=5'],
  [undefined, '/projects/'],
  ['', '/projects/'],
  ['https://evil.example/', '/projects/'],
  ['//evil.example/', '/projects/'],
  ['/\\evil.example', '/projects/'],
  ['javascript:alert(1)', '/projects/'],
  ['/\t/evil.example', '/projects/'],
])('%j leads to %s', (next, target) => {
  expect(safeNext(next)).toBe(target)
})
