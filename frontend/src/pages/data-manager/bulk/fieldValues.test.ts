import { expect, it } from 'vitest'
import type { FormField } from '@/api/queries/actions'
import { initialOf, isFilled, offeredOnly, optionsOf } from './fieldValues'

const words = [
  { value: 'Car', label: 'Car', control: 'box' },
  { value: 'Car', label: 'Car', control: 'kind' },
  { value: 'Bus', label: 'Bus', control: 'kind' },
]
const control: FormField = {
  type: 'select',
  name: 'control',
  label: 'Control',
  placeholder: 'All',
  options: ['box', 'kind'],
}
const old: FormField = { type: 'select', name: 'old', label: 'Old', multiple: true, options: words }
const fresh: FormField = { type: 'input', name: 'new', label: 'New', placeholder: 'Empty: drop', options: words }
const fields = [control, old, fresh]

it.each<[Partial<FormField>, unknown]>([
  [{ type: 'select', value: 'box' }, 'box'],
  [{ type: 'select' }, null],
  [{ type: 'select', multiple: true }, []],
  [{ type: 'tags' }, []],
  [{ type: 'checkbox' }, false],
  [{ type: 'input' }, ''],
  [{ type: 'number' }, null],
])('%o begins with %o', (field, expected) => {
  expect(initialOf({ name: 'a', label: 'A', type: 'input', ...field })).toEqual(expected)
})

it('offers each word once, and those of the chosen control only', () => {
  const offered = (values: Record<string, string | null>) => optionsOf(old, values).map(({ value }) => value)
  expect(offered({ control: null })).toEqual(['Car', 'Bus'])
  expect(offered({ control: 'box' })).toEqual(['Car'])
  expect(optionsOf({ ...old, options: ['a', 'a'] }, {})).toEqual([{ value: 'a', label: 'a' }])
  expect(optionsOf({ type: 'input', name: 'n', label: 'N' }, {})).toEqual([])
})

it('must be filled in where nothing says what empty means', () => {
  expect(isFilled(fields, { control: null, old: [], new: '' })).toBe(false)
  expect(isFilled(fields, { control: null, old: ['Car'], new: '' })).toBe(true)
  expect(isFilled([{ type: 'number', name: 'count', label: 'Count' }], { count: 0 })).toBe(true)
  expect(isFilled([{ type: 'number', name: 'count', label: 'Count' }], { count: null })).toBe(false)
})

it('drops what another control does not offer, and keeps free text', () => {
  const values = { control: 'box', old: ['Car', 'Bus'], new: 'Bus' }
  expect(offeredOnly(fields, values)).toEqual({ control: 'box', old: ['Car'], new: 'Bus' })
  const single: FormField = { type: 'select', name: 'choice', label: 'Choice', options: words }
  expect(offeredOnly([single], { control: 'box', choice: 'Bus' })).toEqual({ control: 'box', choice: null })
})
