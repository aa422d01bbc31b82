// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CheckStep, Storage } from '@/api/queries/storages'
import { startTexts } from '@/app/i18n'
import { installDom } from '@/testing/installDom'
import { showPart } from '@/testing/showPart'
import { CheckSteps } from './CheckSteps'
import { FilePreview } from './FilePreview'
import { LastSync } from './LastSync'
import { tryFromBrowser } from './tryFromBrowser'

beforeAll(() => {
  installDom()
  startTexts()
})
let leave = () => {}
afterEach(() => {
  cleanup()
  leave()
  vi.unstubAllGlobals()
})
const show = (...given: Parameters<typeof showPart>) => {
  leave = showPart(...given).leave
}

describe('trying an object from the browser', () => {
  it('asks for the first byte without cookies', async () => {
    const fetching = vi.fn(async () => new Response('x', { status: 206 }))
    vi.stubGlobal('fetch', fetching)
    expect(await tryFromBrowser('https://bucket/key')).toBe('ok')
    const options = { headers: { Range: 'bytes=0-0' }, credentials: 'omit', cache: 'no-store' }
    expect(fetching).toHaveBeenCalledWith('https://bucket/key', options)
  })

  it('tells a refusal from a rule of our own page', async () => {
    vi.stubGlobal('fetch', async () => new Response('no', { status: 403 }))
    expect(await tryFromBrowser('https://bucket/key')).toBe('failed')
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    expect(await tryFromBrowser('https://bucket/key')).toBe('failed')
    vi.stubGlobal('fetch', () => {
      setTimeout(() => document.dispatchEvent(new Event('securitypolicyviolation')), 0)
      return Promise.reject(new TypeError('Failed to fetch'))
    })
    expect(await tryFromBrowser('https://bucket/key')).toBe('unknown')
  })
})

const cors: CheckStep = {
  name: 'cors',
  title: 'Let this page open objects (CORS)',
  state: 'ok',
  detail: 'Allowed for *.',
  fix: '',
  field: '',
}

describe('the steps of a check', () => {
  it('count what this browser found for itself', async () => {
    vi.stubGlobal('fetch', async () => new Response('no', { status: 403 }))
    show(<CheckSteps steps={[cors]} browserUrl="https://bucket/key" />, () => null)
    expect(await screen.findByText(/This browser could not read the object/)).toBeTruthy()
    expect(screen.getByRole('status').textContent).toContain('failed')
  })

  it('stand as they are without an address to try', () => {
    show(<CheckSteps steps={[cors]} browserUrl={null} />, () => null)
    expect(screen.getByText('Allowed for *.')).toBeTruthy()
  })
})

describe('a look inside', () => {
  it('names the first objects and says that there are more', () => {
    const file = (key: string | null) => ({ key, size: key && 2048, last_modified: null })
    const files = [...Array.from({ length: 12 }, (_, number) => file(`in/${number}.png`)), file(null)] as never
    show(<FilePreview files={files} />, () => null)
    expect(screen.getAllByRole('listitem').length).toBe(10)
    expect(screen.getByText('in/0.png').parentElement?.textContent).toBe('in/0.png 2 kB')
    expect(screen.getByText('… and more.')).toBeTruthy()
  })

  it('says that there is nothing', () => {
    show(<FilePreview files={[]} />, () => null)
    expect(screen.getByText('A sync would find nothing here.')).toBeTruthy()
  })
})

describe('the last sync', () => {
  it('names what could not be taken', () => {
    const errors = [
      { where: 'a.txt', reason: 'no task file' },
      { where: 'b.txt', reason: 'no task file either' },
    ]
    const storage = { traceback: 'a.txt: no task file (and 1 more)', meta: { errors } } as unknown as Storage
    show(<LastSync storage={storage} />, () => null)
    const more = screen.getByRole('button', { name: 'The first 2 in detail' })
    expect(more.getAttribute('aria-expanded')).toBe('false')
    fireEvent.click(more)
    expect(more.getAttribute('aria-expanded')).toBe('true')
    expect(screen.getByText('b.txt: no task file either')).toBeTruthy()
  })
})
