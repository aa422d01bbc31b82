// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { setTransport } from '@/api/client'
import type { Storage, StorageKind } from '@/api/queries/storages'
import { createQueryClient } from '@/api/queryClient'
import { startTexts } from '@/app/i18n'
import { installDom } from '@/testing/installDom'
import { StorageForm, sentValues, startValues } from './storages/StorageForm'
import { headersText, readHeaders } from './webhooks/headers'

beforeAll(() => {
  installDom()
  startTexts()
})
afterEach(cleanup)

describe('headers of a webhook', () => {
  it('are lines', () => {
    const headers = { Authorization: 'Bearer a:b', 'X-Team': 'birds' }
    expect(headersText(headers)).toBe('Authorization: Bearer a:b\nX-Team: birds')
    expect(readHeaders(headersText(headers))).toEqual(headers)
  })

  it('are read as people write them', () => {
    expect(readHeaders('\n  X-A :  1 \nX-B\n\n')).toEqual({ 'X-A': '1', 'X-B': '' })
    expect(readHeaders('')).toEqual({})
  })
})

const field = (name: string, type: StorageKind['fields'][number]['type'], initial: string | null = null) => ({
  name,
  title: name,
  type,
  required: name === 'bucket',
  default: initial,
  help: '',
  placeholder: '',
  section: 'place' as const,
  options: [],
  is_secret: type === 'secret',
})
const kind: StorageKind = {
  name: 's3',
  title: 'S3',
  is_available: true,
  install: null,
  note: '',
  fields: [
    field('bucket', 'text'),
    field('region', 'text', 'eu'),
    field('key', 'secret'),
    field('recursive', 'boolean'),
  ],
}
const stored: Storage = {
  id: 4,
  type: 's3',
  title: '',
  status: 'completed',
  traceback: null,
  last_sync: null,
  last_sync_count: null,
  last_sync_job: null,
  synchronizable: true,
  project: 1,
  created_at: '2026-11-20T10:00:00Z',
  meta: {},
  sync_every: 0,
  next_sync_at: null,
  description: null,
  regex_filter: null,
  use_blob_urls: false,
  bucket: 'birds',
  region: '',
  secrets_set: ['key'],
}

describe('the form of a storage', () => {
  it('begins with defaults, or with what is stored; never with secrets', () => {
    expect(startValues(kind)).toEqual({ bucket: null, region: 'eu', key: '', recursive: false })
    expect(startValues(kind, stored)).toEqual({ bucket: 'birds', region: '', key: '', recursive: false })
  })

  it('sends what was entered; an empty secret stays as it was, an emptied field is emptied', () => {
    const values = { bucket: 'birds', region: '', key: '', recursive: true }
    expect(sentValues(kind, values, true)).toEqual({ bucket: 'birds', recursive: true })
    expect(sentValues(kind, values, false)).toEqual({ bucket: 'birds', region: '', recursive: true })
    expect(sentValues(kind, { ...values, key: 'new' }, false).key).toBe('new')
  })

  it('shows what the check found at its field, and what the server refuses', async () => {
    const seen: unknown[] = []
    const step = {
      name: 'list',
      title: 'List objects',
      state: 'failed',
      detail: 'No such bucket.',
      fix: 'Create it',
      field: 'bucket',
    }
    const leave = setTransport({
      cookie: () => 'csrftoken=a',
      fetch: async (path, init) => {
        seen.push([path, JSON.parse(String(init.body))])
        if (path.includes('check')) return new Response(JSON.stringify({ ok: false, steps: [step] }))
        const refusal = { detail: 'Validation error', validation_errors: { region: ['Unknown region.'] } }
        return new Response(JSON.stringify(refusal), { status: 400 })
      },
    })
    const onClose = vi.fn()
    render(
      <QueryClientProvider client={createQueryClient()}>
        <MantineProvider env="test">
          <StorageForm project={7} storageRole="source" kinds={[kind]} onClose={onClose} />
        </MantineProvider>
      </QueryClientProvider>,
    )
    fireEvent.change(await screen.findByRole('textbox', { name: /bucket/ }), { target: { value: 'birds' } })
    fireEvent.click(screen.getByRole('button', { name: 'Check connection' }))
    expect(await screen.findByText('Create it')).toBeTruthy()
    expect(screen.getByRole('textbox', { name: /bucket/ }).getAttribute('aria-invalid')).toBe('true')
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Unknown region.')).toBeTruthy()
    const body = { bucket: 'birds', region: 'eu', recursive: false, project: 7 }
    await waitFor(() =>
      expect(seen).toEqual([
        ['/api/storages/s3/check/', body],
        ['/api/storages/s3/', body],
      ]),
    )
    expect(onClose).not.toHaveBeenCalled()
    leave()
  })
})
