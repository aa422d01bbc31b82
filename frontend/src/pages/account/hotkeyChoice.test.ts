import { expect, it } from 'vitest'
import { comboOf, conflictsIn, keyOf } from './hotkeyChoice'

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...modifiers,
})

it('names the pressed combination', () => {
  expect(comboOf(press('Enter', { ctrlKey: true }))).toBe('ctrl+enter')
  expect(comboOf(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('ctrl+shift+z')
  expect(comboOf(press('ArrowUp', { altKey: true }))).toBe('alt+up')
  expect(comboOf(press(' '))).toBe('space')
  expect(comboOf(press('+', { metaKey: true }))).toBe('meta+plus')
  expect(comboOf(press('Shift', { shiftKey: true }))).toBeNull()
})

const actions = [
  { id: 'a:submit', key: 'ctrl+enter' },
  { id: 'a:skip', key: 'ctrl+space' },
]

it('an own key counts before the usual one', () => {
  expect(keyOf({ id: 'a:skip', key: 'ctrl+space' }, { 'a:skip': { key: 'x' } })).toBe('x')
})

it('finds two acts on one key, however it is written', () => {
  expect(conflictsIn(actions, {})).toEqual({})
  expect(conflictsIn(actions, { 'a:skip': { key: 'Enter+Ctrl' } })).toEqual({
    'a:submit': 'a:skip',
    'a:skip': 'a:submit',
  })
})
