import i18next, { type TFunction } from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import de from '@/app/i18n/languages/de.json'
import { actionTitle, translatedAction, translatedField } from './actionWords'

const rest = {
  order: 1,
  permission: 'tasks.change',
  counts: 'tasks' as const,
  is_destructive: true,
  is_undoable: true,
  dialog: { title: '', text: 'Paints them.', type: 'confirm' },
}
let t: TFunction
beforeAll(async () => {
  const german = i18next.createInstance()
  t = await german.init({ lng: 'de', resources: { de: { translation: de.pages } } })
})

it('translates what it knows by its id', () => {
  const known = { ...rest, id: 'relabel', title: 'Rename, Merge or Drop Labels' }
  expect(actionTitle(known, t)).toBe('Labels ändern oder entfernen')
  expect(translatedAction(known, t).dialog.text).toMatch(/^Die Labels werden/)
  expect(
    translatedField('relabel', { type: 'input', name: 'new', label: 'New', placeholder: 'Empty' }, t),
  ).toMatchObject({
    label: 'Neues Label',
    placeholder: 'Leer: entfernen',
  })
  const kinds = {
    type: 'select',
    name: 'kinds',
    label: 'x',
    options: [{ value: 'duplicates', label: 'Drop' }, 'plain'],
  }
  expect(translatedField('fix_lint', kinds, t).options).toEqual([
    { value: 'duplicates', label: 'Doppelte Regionen entfernen' },
    'plain',
  ])
})

it('keeps the words of the API for what it does not know', () => {
  const other = { ...rest, id: 'paint', title: 'Paint Tasks Red' }
  expect(actionTitle(other, t)).toBe('Paint tasks red')
  expect(translatedAction(other, t).dialog.text).toBe('Paints them.')
  const field = { type: 'select', name: 'hue', label: 'Hue', options: [{ value: 'a.b', label: 'A' }] }
  expect(translatedField('paint', field, t)).toEqual(field)
  expect(translatedField('relabel', { ...field, name: 'old', label: 'Old' }, t).options).toEqual(field.options)
})
