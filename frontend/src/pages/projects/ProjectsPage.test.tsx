// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '@/api/types'
import { App } from '@/app/App'
import { startTexts } from '@/app/i18n'
import { FakeServer } from '@/testing/fakeServer'
import { installDom } from '@/testing/installDom'
import '@/testing/patience'

let server: FakeServer
let leave: () => void
beforeAll(() => {
  installDom()
  startTexts()
})
beforeEach(() => {
  installDom()
  server = new FakeServer()
  leave = server.install()
  server.addProject({ title: 'Reviews', task_number: 30, finished_task_number: 12, total_annotations_number: 14 })
  server.addProject({ title: 'Streets', task_number: 0 })
  server.addProject({ title: 'Old maps', state: 'archived' })
})
afterEach(() => {
  cleanup()
  document.body.replaceChildren()
  leave()
})
const open = async (search = '') => {
  window.history.pushState(null, '', `/projects/${search}`)
  render(<App />)
  await screen.findAllByRole('article')
  return userEvent.setup()
}
const titles = () => screen.getAllByRole('article').map((card) => within(card).getAllByRole('link')[0]?.textContent)
const choose = async (title: string, item: string) => {
  const user = await open()
  await user.click(screen.getByRole('button', { name: `What to do with ${title}` }))
  await user.click(await screen.findByRole('menuitem', { name: item }))
  return user
}

describe('the list', () => {
  it('shows how far projects have come; one without tasks says so', async () => {
    await open()
    expect(titles()).toEqual(['Reviews', 'Streets'])
    expect(screen.getByText('12 of 30 tasks done')).toBeTruthy()
    expect(screen.getByText('40%')).toBeTruthy()
    expect(screen.getByText('No tasks yet')).toBeTruthy()
  })

  it('finds by name', async () => {
    const user = await open()
    await user.type(screen.getByRole('textbox', { name: 'Find a project' }), 'street')
    await waitFor(() => expect(titles()).toEqual(['Streets']))
    await user.type(screen.getByRole('textbox', { name: 'Find a project' }), '!')
    expect(await screen.findByText('No project matches “street!”')).toBeTruthy()
  })

  it('keeps archived projects apart', async () => {
    const user = await open()
    await user.click(screen.getByRole('link', { name: 'Archived' }))
    await waitFor(() => expect(titles()).toEqual(['Old maps']))
    expect(window.location.search).toBe('?archived=1')
    expect(screen.queryByRole('button', { name: 'Pin to the top' })).toBeNull()
    await user.click(screen.getByRole('link', { name: 'Active' }))
    await waitFor(() => expect(titles()).toEqual(['Reviews', 'Streets']))
  })

  it('says that nothing is archived', async () => {
    server.projects = server.projects.filter(({ state }) => state !== 'archived')
    const user = await open()
    await user.click(screen.getByRole('link', { name: 'Archived' }))
    expect(await screen.findByText('No archived projects')).toBeTruthy()
  })

  it('has no menus for annotators', async () => {
    server.whoami = { ...(server.whoami as NonNullable<FakeServer['whoami']>), role: 'annotator' }
    await open()
    expect(screen.queryByRole('button', { name: /^What to do with/ })).toBeNull()
    expect(screen.queryByRole('link', { name: 'Archived' })).toBeNull()
  })
})

describe('a project', () => {
  const stateOf = (title: string) => server.projects.find((project) => project.title === title)?.state

  it('is pinned and unpinned', async () => {
    const user = await open()
    const card = screen.getAllByRole('article')[1] as HTMLElement
    await user.click(within(card).getByRole('button', { name: 'Pin to the top' }))
    await waitFor(() => expect(server.projects[1]?.pinned_at).toMatch(/^2/))
    await user.click(await within(card).findByRole('button', { name: 'Unpin' }))
    await waitFor(() => expect(server.projects[1]?.pinned_at).toBeNull())
  })

  it('is archived, and taken back from the message', async () => {
    const user = await choose('Reviews', 'Archive')
    await waitFor(() => expect(titles()).toEqual(['Streets']))
    expect(stateOf('Reviews')).toBe('archived')
    expect(screen.getByText('“Reviews” is archived')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(stateOf('Reviews')).toBeNull())
    await waitFor(() => expect(titles()).toContain('Reviews'))
  })

  it('that is archived says so on its pages, and is taken back there', async () => {
    const old = server.projects.find(({ title }) => title === 'Old maps')?.id ?? 0
    window.history.pushState(null, '', `/projects/${old}/settings/danger/`)
    render(<App />)
    expect(await screen.findByText(/^This project is archived/)).toBeTruthy()
    const user = userEvent.setup()
    await user.click((await screen.findAllByRole('button', { name: 'Take back from the archive' }))[0] as HTMLElement)
    await waitFor(() => expect(stateOf('Old maps')).toBeNull())
    await waitFor(() => expect(screen.queryByText(/^This project is archived/)).toBeNull())
  })

  it('goes to the trash and comes back', async () => {
    const user = await choose('Streets', 'Delete project')
    const dialog = await screen.findByRole('dialog', { name: 'Delete “Streets”?' })
    expect(server.projects).toHaveLength(3)
    await user.click(within(dialog).getByRole('button', { name: 'Delete project' }))
    await waitFor(() => expect(titles()).toEqual(['Reviews']))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(titles()).toEqual(['Reviews', 'Streets']))
  })

  it('is not deleted when the server refuses, which is told', async () => {
    const user = await choose('Streets', 'Delete project')
    server.troubles.push(403)
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete project' }))
    expect(await screen.findByText('Trouble')).toBeTruthy()
    expect(titles()).toEqual(['Reviews', 'Streets'])
  })
})

describe('a copy', () => {
  it('takes over the settings, and is opened from the dialog', async () => {
    const user = await choose('Reviews', 'Duplicate…')
    const name = await screen.findByRole('textbox', { name: 'Name' })
    expect((name as HTMLInputElement).value).toBe('Reviews (copy)')
    expect(screen.getByRole('radio', { name: 'Also its 30 tasks and 14 annotations' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Duplicate' }))
    const link = await screen.findByRole('link', { name: 'Open the copy' })
    const copy = server.projects.at(-1)
    expect(copy?.title).toBe('Reviews (copy)')
    expect(link.getAttribute('href')).toBe(`/projects/${copy?.id}/data/`)
    expect(server.seen.findLast(({ method }) => method === 'POST')?.body).toEqual({
      title: 'Reviews (copy)',
      mode: 'settings',
    })
  })

  it('shows how far it has come, and why it failed', async () => {
    const job: Job = {
      id: 'copy-1',
      kind: 'duplicate',
      title: '',
      project: 1,
      state: 'running',
      progress: { done: 12, total: 30, unit: 'tasks' },
      error: '',
      error_count: 0,
      result: {},
      created_by: 1,
      created_at: '2026-11-20T10:00:00Z',
      started_at: '2026-11-20T10:00:00Z',
      finished_at: null,
    }
    server.jobs.set('copy-1', job)
    const user = await choose('Reviews', 'Duplicate…')
    await user.click(await screen.findByRole('radio', { name: 'Also its 30 tasks' }))
    await user.click(screen.getByRole('button', { name: 'Duplicate' }))
    expect(await screen.findByText('12 of 30 tasks')).toBeTruthy()
    expect(screen.queryByRole('link', { name: 'Open the copy' })).toBeNull()
    server.jobs.set('copy-1', { ...job, state: 'failed', error: 'The disk is full.' })
    expect(await screen.findByText('The disk is full.')).toBeTruthy()
  })
})
