// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '@/api/queries/sessions'
import { App } from '@/app/App'
import { startTexts } from '@/app/i18n'
import { FakeServer } from '@/testing/fakeServer'
import { installDom } from '@/testing/installDom'
import '@/testing/patience'
import { browserOf } from './browserOf'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

describe('browserOf', () => {
  it.each([
    [FIREFOX, 'Firefox', 'Linux'],
    [CHROME, 'Chrome', 'Windows'],
    [`${CHROME} Edg/141.0.0.0`, 'Edge', 'Windows'],
    [`${CHROME} OPR/120.0.0.0`, 'Opera', 'Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 'Safari', 'macOS'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/141.0 Safari/604.1', 'Chrome', 'iOS'],
    ['Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36', 'Chrome', 'Android'],
    ['python-requests/2.32', 'python-requests/2.32', null],
  ])('%s', (agent, browser, system) => {
    expect(browserOf(agent)).toEqual({ browser, system })
  })

  it('knows nothing of who says nothing, and shortens who says much', () => {
    expect(browserOf('  ')).toBeNull()
    expect(browserOf('x'.repeat(300))?.browser).toHaveLength(60)
  })
})

describe('sessions', () => {
  let server: FakeServer
  let leave: () => void
  const session = (id: string, agent: string, is_current = false): Session => ({
    id,
    agent,
    is_current,
    ip: '10.0.0.7',
    created_at: '2026-11-20T10:00:00Z',
    last_seen_at: '2026-11-20T11:00:00Z',
  })
  beforeEach(() => {
    installDom()
    startTexts()
    server = new FakeServer()
    leave = server.install()
    server.sessions = [session('aa', CHROME, true), session('bb', FIREFOX), session('cc', '')]
  })
  afterEach(() => {
    cleanup()
    document.body.replaceChildren()
    leave()
  })
  const open = async () => {
    window.history.pushState(null, '', '/account/sessions/')
    render(<App />)
    const list = await screen.findByRole('list', { name: 'Sessions' })
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(server.sessions.length))
    return { user: userEvent.setup(), entries: () => within(list).getAllByRole('listitem') }
  }

  it('are listed by browser; the present one cannot be ended here', async () => {
    const { entries } = await open()
    expect(entries().map((entry) => entry.textContent?.split('10.0.0.7')[0])).toEqual([
      'Chrome on Windows',
      'Firefox on Linux',
      'Unknown browser',
    ])
    expect(within(entries()[0] as HTMLElement).queryByRole('button')).toBeNull()
    expect(entries()[0]?.textContent).toContain('This browser')
  })

  it('are ended one by one', async () => {
    const { user, entries } = await open()
    await user.click(screen.getByRole('button', { name: 'End the session in Firefox on Linux' }))
    expect(await screen.findByText('The session is ended')).toBeTruthy()
    await waitFor(() => expect(entries()).toHaveLength(2))
    expect(server.sessions.map(({ id }) => id)).toEqual(['aa', 'cc'])
  })

  it('are ended all at once but this one', async () => {
    const { user, entries } = await open()
    await user.click(screen.getByRole('button', { name: 'End all 2 other sessions' }))
    await waitFor(() => expect(entries()).toHaveLength(1))
    expect(server.sessions.map(({ id }) => id)).toEqual(['aa'])
    expect(screen.queryByRole('button', { name: /^End/ })).toBeNull()
  })

  it('that ended elsewhere say so', async () => {
    const { user, entries } = await open()
    server.sessions = server.sessions.filter(({ id }) => id !== 'bb')
    await user.click(screen.getByRole('button', { name: 'End the session in Firefox on Linux' }))
    expect(await screen.findByText('No such session.')).toBeTruthy()
    await waitFor(() => expect(entries()).toHaveLength(2))
  })
})
