// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Delivery, Webhook } from '@/api/queries/webhooks'
import { startTexts } from '@/app/i18n'
import { installDom } from '@/testing/installDom'
import { showPart } from '@/testing/showPart'
import { DeliveryLog } from './DeliveryLog'
import { WebhookForm } from './WebhookForm'
import { WebhookList } from './WebhookSettings'

beforeAll(() => {
  installDom()
  startTexts()
})
let leave = () => {}
afterEach(() => {
  cleanup()
  leave()
})
const show = (...given: Parameters<typeof showPart>) => {
  const shown = showPart(...given)
  leave = shown.leave
  return shown.asked
}

const webhook: Webhook = {
  id: 3,
  organization: 1,
  project: 7,
  url: 'https://example.org/hook',
  send_payload: true,
  send_for_all_actions: false,
  headers: { 'X-Team': 'birds' },
  is_active: true,
  actions: ['TASKS_CREATED'],
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  secret_is_set: true,
}
const events = {
  TASKS_CREATED: { name: 'Tasks created', description: '', key: 'tasks', 'organization-only': false },
  ANNOTATION_CREATED: { name: 'Annotation created', description: '', key: 'annotation', 'organization-only': false },
}

describe('the form of a webhook', () => {
  it('asks for some events, with headers and a secret', async () => {
    const onClose = vi.fn()
    const asked = show(<WebhookForm project={7} onClose={onClose} />, () => events)
    fireEvent.change(await screen.findByLabelText(/^Address/), { target: { value: webhook.url } })
    fireEvent.click(screen.getByLabelText('All events'))
    fireEvent.click(await screen.findByLabelText('Annotation created'))
    fireEvent.change(screen.getByLabelText(/^Headers/), { target: { value: 'X-Team: birds' } })
    fireEvent.change(screen.getByLabelText(/^Secret/), { target: { value: 'shared words' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    expect(asked.find(({ method }) => method === 'POST')).toEqual({
      method: 'POST',
      path: '/api/webhooks/',
      body: {
        project: 7,
        url: webhook.url,
        is_active: true,
        send_payload: true,
        send_for_all_actions: false,
        actions: ['ANNOTATION_CREATED'],
        headers: { 'X-Team': 'birds' },
        secret: 'shared words',
      },
    })
  })

  it('leaves headers and secret alone that nobody touched', async () => {
    const onClose = vi.fn()
    const asked = show(<WebhookForm project={7} webhook={webhook} onClose={onClose} />, () => events)
    fireEvent.click(await screen.findByLabelText('Active'))
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    const call = asked.find(({ method }) => method === 'PATCH')
    expect(call?.path).toBe('/api/webhooks/3/')
    expect(Object.keys(call?.body as object)).toEqual(expect.not.arrayContaining(['headers', 'secret']))
    expect(call?.body).toMatchObject({ is_active: false, actions: ['TASKS_CREATED'] })
  })
})

const delivery = (fields: Partial<Delivery>): Delivery => ({
  id: 1,
  action: 'TASKS_CREATED',
  state: 'delivered',
  attempts: 1,
  status: 200,
  error: '',
  duration_ms: 12,
  created_at: '2026-01-01T00:00:00Z',
  next_at: null,
  finished_at: '2026-01-01T00:00:00Z',
  ...fields,
})

describe('the log of a webhook', () => {
  it('shows what arrived, what is tried again and what was given up', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
    const results = [
      delivery({ id: 3, state: 'pending', attempts: 2, status: 500, error: 'It answered 500.', next_at: tomorrow }),
      delivery({ id: 2, state: 'failed', attempts: 10, status: null, error: 'No answer.', duration_ms: null }),
      delivery({ id: 1 }),
    ]
    show(<DeliveryLog project={7} webhook={3} />, () => ({ count: 3, next: null, previous: null, results }))
    const rows = within(await screen.findByRole('table')).getAllByRole('row')
    expect(rows[1]?.textContent).toContain('It answered 500. · 12 ms2 tries, next')
    expect(rows[2]?.textContent).toContain('No answer.10 tries, given up')
    expect(rows[3]?.textContent).toContain('200 · 12 ms')
  })

  it('opens the content and sends once more', async () => {
    const asked = show(<DeliveryLog project={7} webhook={3} />, ({ path }) => {
      if (path.endsWith('/deliveries/1/')) return { ...delivery({}), body: '{"action":"TASKS_CREATED"}' }
      if (path.endsWith('/replay/')) return delivery({ id: 2, state: 'pending' })
      return { count: 45, next: null, previous: null, results: [delivery({})] }
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Content' }))
    expect((await screen.findByRole('region', { name: 'Content' })).textContent).toContain('"action": "TASKS_CREATED"')
    fireEvent.click(screen.getByRole('button', { name: '2' }))
    await waitFor(() => expect(asked.some(({ path }) => path.includes('page=2'))).toBe(true))
    fireEvent.click(screen.getByRole('button', { name: 'Send again' }))
    await waitFor(() =>
      expect(asked).toContainEqual({ method: 'POST', path: '/api/webhooks/3/deliveries/1/replay/', body: {} }),
    )
  })

  it('says that nothing was sent', async () => {
    show(<DeliveryLog project={7} webhook={3} />, () => ({ count: 0, next: null, previous: null, results: [] }))
    expect(await screen.findByText('Nothing was sent yet.')).toBeTruthy()
  })
})

describe('the webhooks of the organization', () => {
  it('are those without a project, and new ones get none', async () => {
    const asked = show(<WebhookList project={null} />, ({ path }) =>
      path.startsWith('/api/webhooks/info/')
        ? events
        : [webhook, { ...webhook, id: 4, project: null, url: 'https://all' }],
    )
    expect(await screen.findByText('https://all')).toBeTruthy()
    expect(screen.queryByText(webhook.url)).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Add' }))
    fireEvent.change(await screen.findByLabelText(/^Address/), { target: { value: 'https://new' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(asked.some(({ method }) => method === 'POST')).toBe(true))
    expect(asked.find(({ method }) => method === 'POST')?.body).not.toHaveProperty('project')
  })
})
