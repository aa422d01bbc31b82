// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { App } from '@/app/App'
import { startTexts } from '@/app/i18n'
import { FakeServer } from '@/testing/fakeServer'
import { installDom } from '@/testing/installDom'
import '@/testing/patience'

let server: FakeServer
let leave: () => void
beforeEach(() => {
  installDom()
  startTexts()
  server = new FakeServer()
  leave = server.install()
})
afterEach(() => {
  cleanup()
  document.body.replaceChildren()
  leave()
})
const open = (path: string) => {
  window.history.pushState(null, '', path)
  render(<App />)
  return userEvent.setup()
}
const asked = (path: string) => server.seen.findLast((seen) => seen.path === path)

describe('the audit log', () => {
  const entry = (id: number, action: string, details = {}) => ({
    id,
    at: '2026-11-20T10:00:00Z',
    actor: { id: 1, email: 'ada@example.org' },
    actor_kind: 'session',
    ip: '10.0.0.7',
    action,
    object_type: 'project',
    object_id: '5',
    project: 5,
    organization: 1,
    details,
  })

  it('says in words who did what', async () => {
    server.auditLog = [entry(2, 'tasks.imported', { tasks: 16, files: null }), entry(1, 'project.created')]
    open('/organization/audit/')
    const [newest, first] = await screen.findAllByRole('listitem')
    expect(newest?.textContent).toContain('tasks imported project 5')
    expect(newest?.textContent).toContain('tasks: 16')
    expect(first?.textContent).toContain('project created project 5')
    expect(newest?.textContent).toContain('10.0.0.7')
  })

  it('is narrowed by what, who and when, also as a file', async () => {
    const user = open('/organization/audit/')
    expect(await screen.findByText('No entries match.')).toBeTruthy()
    await user.click(screen.getAllByLabelText('What')[0] as HTMLElement)
    await user.click(await screen.findByRole('option', { name: 'Sessions and tokens' }))
    await user.click(screen.getAllByLabelText('When')[0] as HTMLElement)
    await user.click(await screen.findByRole('option', { name: 'In the last 7 days' }))
    await waitFor(() =>
      expect(Object.fromEntries(asked('/api/audit-log/')?.query ?? [])).toEqual({
        kind: 'session,token',
        days: '7',
        page: '1',
      }),
    )
    const file = new URL(screen.getByRole('link', { name: 'CSV' }).getAttribute('href') ?? '', 'http://local')
    expect(Object.fromEntries(file.searchParams)).toEqual({ kind: 'session,token', days: '7', format: 'csv' })
  })
})

describe('access', () => {
  it('of scripts is switched by kind of token', async () => {
    const user = open('/organization/access/')
    const classic = (await screen.findByRole('switch', { name: 'Classic tokens' })) as HTMLInputElement
    expect(classic.checked).toBe(true)
    await user.click(classic)
    await waitFor(() => expect(classic.checked).toBe(false))
    expect(server.tokenSettings).toEqual({ api_tokens_enabled: true, legacy_api_tokens_enabled: false })
  })

  it('of people ends after as many minutes as are said', async () => {
    const user = open('/organization/access/')
    const idle = await screen.findByLabelText(/^Minutes without activity/)
    await user.clear(idle)
    await user.type(idle, '90')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await screen.findByText('Saved')
    expect(server.seen.findLast(({ method }) => method === 'PATCH')?.body).toEqual({
      max_session_age: 11520,
      max_time_between_activity: 90,
    })
  })
})

describe('logging out', () => {
  const logOut = async () => {
    const user = open('/projects/')
    await user.click(await screen.findByRole('button', { name: /account menu of/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Log out' }))
    return user
  }
  const isOut = () => server.seen.some(({ method, path }) => method === 'DELETE' && path === '/api/session/')

  it('happens at once where nothing else ends', async () => {
    await logOut()
    await waitFor(() => expect(isOut()).toBe(true))
  })

  it('asks first when access tokens would end', async () => {
    server.tokens = ['a', 'b']
    const user = await logOut()
    const dialog = await screen.findByRole('dialog', { name: 'Log out' })
    expect(dialog.textContent).toContain('your 2 access tokens; scripts that use them stop')
    await user.click(within(dialog).getByRole('button', { name: 'Stay' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(isOut()).toBe(false)
  })

  it('happens after asking', async () => {
    server.tokens = ['a']
    const user = await logOut()
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain('your access token; scripts')
    await user.click(within(dialog).getByRole('button', { name: 'Log out' }))
    await waitFor(() => expect(isOut()).toBe(true))
  })
})
