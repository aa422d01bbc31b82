import { expect, it } from 'vitest'
import { invitationLink } from './invitationLink'

const base = { id: 1, role: 'annotator' as const, email: '', expires_at: '', created_at: '' }

it('is a full address, from the address or the token', () => {
  const here = 'https://labels.example'
  expect(invitationLink({ ...base, url: '/user/signup/?token=a' }, here)).toBe(
    'https://labels.example/user/signup/?token=a',
  )
  expect(invitationLink({ ...base, url: 'https://x.example/user/signup/?token=a' }, here)).toBe(
    'https://x.example/user/signup/?token=a',
  )
  expect(invitationLink({ ...base, token: 'a+b' }, here)).toBe('https://labels.example/user/signup/?token=a%2Bb')
})
