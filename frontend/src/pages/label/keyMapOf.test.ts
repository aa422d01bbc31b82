import { expect, it } from 'vitest'
import { keyMapOf } from './keyMapOf'

it('gives own keys, and none for those switched off', () => {
  expect(
    keyMapOf({ 'annotation:submit': { key: 'ctrl+s', active: true }, 'annotation:skip': { key: 'x', active: false } }),
  ).toEqual({
    'annotation:submit': { key: 'ctrl+s' },
    'annotation:skip': { key: '' },
  })
  expect(keyMapOf(null)).toEqual({})
})
