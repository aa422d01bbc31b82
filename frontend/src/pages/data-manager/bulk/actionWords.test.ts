import i18next, { type TFunction } from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import de from '@/app/i18n/languages/de.json'
import { actionText, actionTitle, translatedField } from './actionWords'

let t: TFunction
beforeAll(async () => {
  const german = i18next.createInstance()
  t = await german.init({ lng: 'de', resources: { de: { translation: de.pages } } })
})

it('translates what it knows by its id', () => {
  const known = {
    id: 'relabel',
    title: 'Rename, Merge or Drop Labels',
    dialog: { title: '', text: 'x', type: 'confirm' },
  }
  expect(actionTitle(known, t)).toBe('Labels ändern oder entfernen')
  expect(actionText(known, t)).toMatch(/^Die Labels werden/)
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
  const other = { id: 'paint', title: 'Paint Tasks Red', dialog: { title: '', text: 'Paints them.', type: 'confirm' } }
  expect(actionTitle(other, t)).toBe('Paint tasks red')
  expect(actionText(other, t)).toBe('Paints them.')
  const field = { type: 'select', name: 'hue', label: 'Hue', options: [{ value: 'a.b', label: 'A' }] }
  expect(translatedField('paint', field, t)).toEqual(field)
  expect(translatedField('relabel', { ...field, name: 'old', label: 'Old' }, t).options).toEqual(field.options)
})
