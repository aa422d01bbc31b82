// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { App } from '@/app/App'
import { startTexts } from '@/app/i18n'
import { FakeServer } from '@/testing/fakeServer'
import { installDom } from '@/testing/installDom'
import '@/testing/patience'

let server: FakeServer
let leave: () => void
let project: number
beforeAll(() => {
  installDom()
  startTexts()
})
beforeEach(() => {
  server = new FakeServer()
  leave = server.install()
  project = server.addProject({ title: 'Reviews', task_number: 30 }).id
  server.addTasks(project, 30)
})
afterEach(() => {
  cleanup()
  document.body.replaceChildren()
  leave()
  window.localStorage.clear()
  window.sessionStorage.clear()
})
const open = async () => {
  window.history.pushState(null, '', `/projects/${project}/data/`)
  render(<App />)
  await screen.findByRole('grid', { name: 'Tasks' })
  return { user: userEvent.setup() }
}
const changes = () => JSON.parse(new URLSearchParams(window.location.search).get('q') ?? 'null') as unknown

describe('how the table looks', () => {
  it('is chosen by density and wrapping, and kept in this browser', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'How it looks' }))
    const [row] = screen.getAllByRole('row').slice(1)
    expect(row?.style.height).toBe('40px')
    await user.click(await screen.findByText('Tall'))
    await waitFor(() => expect(screen.getAllByRole('row')[1]?.style.height).toBe('72px'))
    await user.click(screen.getByRole('switch', { name: 'Wrap text' }))
    expect(JSON.parse(localStorage.getItem(`postil.table.${project}`) ?? '{}')).toMatchObject({
      density: 'tall',
      wraps: true,
    })
  })

  it('is cards after a click, which the address says', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('img', { name: 'Cards' }))
    expect(await screen.findByRole('listbox', { name: 'Tasks' })).toBeTruthy()
    expect(changes()).toEqual({ g: 1 })
  })

  it('has wider columns by their menu', async () => {
    const { user } = await open()
    const head = screen.getByRole('columnheader', { name: /^Status/ })
    const width = () => Number.parseInt(screen.getByRole('columnheader', { name: /^Status/ }).style.width, 10)
    const before = width()
    await user.click(within(head).getByRole('button', { name: 'Menu of column Status' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Wider' }))
    await waitFor(() => expect(width()).toBe(before + 60))
    await user.click(screen.getByRole('menuitem', { name: 'Narrower' }))
    await waitFor(() => expect(width()).toBe(before))
  })
})

describe('columns', () => {
  it('are hidden', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Columns' }))
    await user.click(await screen.findByRole('checkbox', { name: 'Status' }))
    await waitFor(() => expect(screen.queryByRole('columnheader', { name: 'Status' })).toBeNull())
    expect(changes()).toEqual({ c: ['id', 'data.text', 'total_annotations'] })
  })

  it('are ordered', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Columns' }))
    await user.click(await screen.findByRole('button', { name: 'Move text forward' }))
    await waitFor(() => expect(changes()).toEqual({ c: ['id', 'data.text', 'status', 'total_annotations'] }))
  })
})
