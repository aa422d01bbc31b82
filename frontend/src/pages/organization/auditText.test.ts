import { expect, it } from 'vitest'
import { actionText, auditKinds, detailsText } from './auditText'

it.each([
  [{}, ''],
  [{ tasks: 16000, annotations: 0, files: null }, 'tasks: 16,000 · annotations: 0'],
  [{ old_role: 'manager', note: '' }, 'old role: manager'],
  [{ labels: ['Car', 'Bus'], limits: { days: 7 } }, 'labels: Car, Bus · limits: days: 7'],
  [{ labels: [] }, ''],
])('%j is told as %j', (details, text) => {
  expect(detailsText(details)).toBe(text)
})

it('actions are words, and every kind is named once', () => {
  expect(actionText('token.used_from_new_address')).toBe('token used from new address')
  const named = Object.values(auditKinds).flatMap((kinds) => kinds.split(','))
  expect(new Set(named).size).toBe(named.length)
})
