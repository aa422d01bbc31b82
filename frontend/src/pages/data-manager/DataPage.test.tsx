// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { App } from '@/app/App'
import { startTexts } from '@/app/i18n'
import { FakeServer } from '@/testing/fakeServer'
import { makeJob } from '@/testing/fakeTable'
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
const open = async (search = '') => {
  window.history.pushState(null, '', `/projects/${project}/data/${search}`)
  render(<App />)
  return { grid: await screen.findByRole('grid', { name: 'Tasks' }), user: userEvent.setup() }
}
const texts = () => screen.getAllByText(/^Text \d+$/).map((cell) => cell.textContent)
const seenQuery = () =>
  JSON.parse(server.seen.findLast(({ path }) => path === '/api/tasks/')?.query.get('query') ?? 'null') as unknown
const changes = () => JSON.parse(new URLSearchParams(window.location.search).get('q') ?? 'null') as unknown
const only = (text: string) => ({
  f: {
    conjunction: 'and',
    items: [{ filter: 'filter:tasks:data.text', operator: 'contains', type: 'String', value: text }],
  },
})
const withFilter = (text: string) => `?q=${encodeURIComponent(JSON.stringify(only(text)))}`

describe('the address', () => {
  it('says what the table shows', async () => {
    await open(
      `?q=${encodeURIComponent(JSON.stringify({ ...only('text 2'), o: ['-tasks:id'], c: ['data.text', 'id'] }))}`,
    )
    await waitFor(() => expect(texts()[0]).toBe('Text 29'))
    expect(texts()).toHaveLength(11)
    expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual(['', 'text', 'ID'])
    expect(screen.getByText('11 tasks')).toBeTruthy()
    expect(seenQuery()).toEqual({ filters: only('text 2').f, ordering: ['-tasks:id'] })
  })

  it('of nonsense shows all tasks', async () => {
    await open('?q=[1,{"f":7}]&view=abc')
    expect(await screen.findByText('30 tasks')).toBeTruthy()
  })

  it('of a view that is gone says so, and shows all tasks', async () => {
    await open('?view=77')
    expect((await screen.findByRole('alert')).textContent).toContain('This view is gone')
    expect(screen.getByText('30 tasks')).toBeTruthy()
  })
})

describe('filters', () => {
  it('are asked as soon as they are complete, and explain themselves', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Filter' }))
    await user.click(await screen.findByRole('button', { name: 'Add condition' }))
    expect(screen.getByText('All tasks.')).toBeTruthy()
    const [value] = await screen.findAllByLabelText('Value')
    fireEvent.change(value as HTMLElement, { target: { value: 'text 1' } })
    expect(await screen.findByText('Tasks where text contains “text 1”.')).toBeTruthy()
    expect(await screen.findByText('11 tasks', {}, { timeout: 3000 })).toBeTruthy()
    expect(changes()).toEqual(only('text 1'))
  })

  it('stay when the builder is closed at once', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('button', { name: 'Filter' }))
    await user.click(await screen.findByRole('button', { name: 'Add condition' }))
    const [value] = await screen.findAllByLabelText('Value')
    fireEvent.change(value as HTMLElement, { target: { value: 'text 1' } })
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Filter' })).toBeNull())
    expect(await screen.findByText('11 tasks')).toBeTruthy()
    expect(changes()).toEqual(only('text 1'))
  })

  it('are words to look for, which narrow and come off again', async () => {
    const { user } = await open()
    await user.keyboard('/')
    const box = screen.getByRole('searchbox', { name: 'Search in data and annotations' })
    expect(document.activeElement).toBe(box)
    await user.keyboard('text 2')
    expect(await screen.findByText('11 tasks')).toBeTruthy()
    expect(screen.getByText('Tasks where the data or an annotation contains “text 2”.')).toBeTruthy()
    const search = { filter: 'filter:tasks:search', operator: 'contains', type: 'String', value: 'text 2' }
    expect(changes()).toEqual({ f: { conjunction: 'and', items: [search] } })
    await user.keyboard('{Escape}')
    expect(await screen.findByText('30 tasks')).toBeTruthy()
    await user.type(box, 'text 3{Enter}')
    expect(await screen.findByText('2 tasks')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show all tasks' }))
    expect(await screen.findByText('30 tasks')).toBeTruthy()
    expect((box as HTMLInputElement).value).toBe('')
  })

  it('that match nothing can be removed', async () => {
    window.history.pushState(null, '', `/projects/${project}/data/${withFilter('nowhere')}`)
    render(<App />)
    await userEvent.setup().click(await screen.findByRole('button', { name: 'Remove all filters' }, { timeout: 5000 }))
    expect(await screen.findByText('30 tasks')).toBeTruthy()
  })

  it('that nobody can read say so', async () => {
    server.filterProblems = [{ filter: 'data.text', reason: 'This pattern is not understood, so it finds nothing.' }]
    window.history.pushState(null, '', `/projects/${project}/data/${withFilter('(a+')}`)
    render(<App />)
    expect(await screen.findByText('text: This pattern is not understood, so it finds nothing.')).toBeTruthy()
  })

  it('on a column that vanished say so', async () => {
    const item = { filter: 'filter:tasks:data.old', operator: 'contains', type: 'String', value: 'undef' }
    const { user } = await open(
      `?q=${encodeURIComponent(JSON.stringify({ f: { conjunction: 'and', items: [item] } }))}`,
    )
    await user.click(await screen.findByRole('button', { name: /^Filter/ }))
    expect(await screen.findByText('No longer in this project: data.old')).toBeTruthy()
  })
})

describe('views', () => {
  it('are saved from what is shown, and opened by their tab', async () => {
    const { user } = await open(withFilter('text 2'))
    await user.click(await screen.findByRole('button', { name: 'Save as new view' }))
    await user.type(await screen.findByRole('textbox', { name: 'Name of the view' }), 'Twos')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByRole('link', { name: 'Twos', current: 'page' })).toBeTruthy()
    expect(server.views[0]).toMatchObject({ project, data: { title: 'Twos', filters: only('text 2').f, type: 'list' } })
    expect(window.location.search).toBe(`?view=${server.views[0]?.id}`)
    await user.click(screen.getByRole('link', { name: 'All tasks' }))
    expect(await screen.findByText('30 tasks')).toBeTruthy()
    await user.click(screen.getByRole('link', { name: 'Twos' }))
    expect(await screen.findByText('11 tasks')).toBeTruthy()
  })

  describe('have a menu that', () => {
    const choose = async (item: string) => {
      const view = (id: number, title: string) => ({ id, data: { title }, order: 0, user: 1, project })
      server.views = [view(1, 'One'), view(2, 'Two')]
      const { user } = await open('?view=2')
      await user.click(screen.getByRole('button', { name: 'What to do with Two' }))
      await user.click(await screen.findByRole('menuitem', { name: item }))
      return user
    }
    const titles = () => server.views.map(({ data }) => data.title)

    it('moves them', async () => {
      await choose('Move left')
      await waitFor(() => expect(titles()).toEqual(['Two', 'One']))
    })

    it('renames them', async () => {
      const user = await choose('Rename')
      const name = await screen.findByRole('textbox', { name: 'Name of the view' })
      await user.clear(name)
      await user.type(name, 'Deux')
      await user.click(screen.getByRole('button', { name: 'Save' }))
      await waitFor(() => expect(titles()).toEqual(['One', 'Deux']))
    })

    it('keeps them to their maker, and shares them again', async () => {
      const user = await choose('Keep to myself')
      expect(await screen.findByRole('img', { name: 'Private' })).toBeTruthy()
      expect(server.views.map(({ is_private }) => is_private)).toEqual([undefined, true])
      await user.click(screen.getByRole('button', { name: 'What to do with Two' }))
      await user.click(await screen.findByRole('menuitem', { name: 'Share with everybody' }))
      await waitFor(() => expect(server.views[1]?.is_private).toBe(false))
      await waitFor(() => expect(screen.queryByRole('img', { name: 'Private' })).toBeNull())
    })

    it('deletes them; they come back from the message', async () => {
      const user = await choose('Delete view')
      await waitFor(() => expect(titles()).toEqual(['One']))
      expect(await screen.findByRole('link', { name: 'All tasks', current: 'page' })).toBeTruthy()
      await user.click(await screen.findByRole('button', { name: 'Undo' }))
      await waitFor(() => expect(titles()).toEqual(['One', 'Two']))
      expect(await screen.findByRole('link', { name: 'Two' })).toBeTruthy()
    })

    it('duplicates them and opens the copy', async () => {
      await choose('Duplicate')
      expect(await screen.findByRole('link', { name: 'Two (copy)', current: 'page' })).toBeTruthy()
      expect(titles()).toEqual(['One', 'Two', 'Two (copy)'])
    })
  })

  it('keep what differs apart until it is saved or discarded', async () => {
    server.views = [{ id: 5, data: { title: 'Mine' }, order: 0, user: 1, project }]
    const { user } = await open('?view=5')
    expect(screen.queryByRole('button', { name: 'Save view' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'ID' }))
    await waitFor(() => expect(changes()).toEqual({ o: ['tasks:id'] }))
    await user.click(screen.getByRole('button', { name: 'Save view' }))
    await waitFor(() => expect(server.views[0]?.data).toMatchObject({ title: 'Mine', ordering: ['tasks:id'] }))
    await waitFor(() => expect(changes()).toBeNull())
    await user.click(screen.getByRole('button', { name: 'ID' }))
    await user.click(await screen.findByRole('button', { name: 'Discard' }))
    await waitFor(() => expect(changes()).toBeNull())
  })

  it('that somebody else changed meanwhile are not overwritten', async () => {
    server.views = [{ id: 5, data: { title: 'Mine' }, order: 0, user: 1, project }]
    const { user } = await open('?view=5')
    await user.click(screen.getByRole('button', { name: 'ID' }))
    server.views = [{ id: 5, data: { title: 'Theirs' }, order: 0, user: 1, project }]
    await user.click(await screen.findByRole('button', { name: 'Save view' }))
    expect(await screen.findByText(/^Somebody changed this view meanwhile/)).toBeTruthy()
    expect(server.views[0]?.data).toEqual({ title: 'Theirs' })
  })
})

describe('selection and actions', () => {
  it('says how much an action touches, does it, and takes it back', async () => {
    const { user } = await open(withFilter('text 2'))
    await waitFor(() => expect(texts()).toHaveLength(11))
    await user.click(screen.getByRole('checkbox', { name: 'Select all tasks' }))
    await user.click(screen.getByRole('checkbox', { name: 'Select row 1' }))
    expect(screen.getByText('10 tasks selected')).toBeTruthy()
    const actions = screen.getByRole('button', { name: 'Actions' }) as HTMLButtonElement
    await waitFor(() => expect(actions.disabled).toBe(false))
    await user.click(actions)
    await user.click(await screen.findByRole('menuitem', { name: 'Delete tasks' }))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByText('10 tasks')).toBeTruthy()
    expect(server.tasks).toHaveLength(30)
    await user.click(within(dialog).getByRole('button', { name: 'Delete tasks' }))
    expect(await screen.findByText('Deleted 10 tasks')).toBeTruthy()
    expect(server.tasks).toHaveLength(20)
    await waitFor(() => expect(texts()).toEqual(['Text 2']))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(server.tasks).toHaveLength(30))
    await waitFor(() => expect(texts()).toHaveLength(11))
  })

  it('that goes on is shown again after the page was loaded anew, and is stopped there', async () => {
    const running = { ...makeJob('job-7', project, {}), title: 'Rename Labels', state: 'running' as const }
    server.jobs.set('job-7', { ...running, progress: { done: 300, total: 900, unit: 'tasks' } })
    server.jobs.set('job-6', { ...makeJob('job-6', project, {}), title: 'Over long ago' })
    server.jobs.set('job-5', { ...running, id: 'job-5', kind: 'prepare_search', title: 'No action' })
    const { user } = await open()
    expect(await screen.findByRole('progressbar', { name: 'Rename labels' })).toBeTruthy()
    expect(screen.getByText('300 of 900 tasks')).toBeTruthy()
    expect(screen.getAllByRole('progressbar')).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(await screen.findByText('Rename labels: canceled')).toBeTruthy()
    expect(screen.queryByRole('progressbar')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(server.seen.some(({ path }) => path === '/api/dm/undo/')).toBe(true))
  })

  it('that ended while the page was away can still be taken back', async () => {
    window.sessionStorage.setItem(
      `postil.runs.${project}`,
      JSON.stringify([
        { id: 'job-8', title: 'Delete tasks' },
        { id: 'job-gone', title: 'Unknown' },
      ]),
    )
    server.jobs.set('job-8', makeJob('job-8', project, { detail: 'Deleted 4 tasks', undo: { trash: [1] } }))
    const { user } = await open()
    expect(await screen.findByText('Deleted 4 tasks')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(server.seen.some(({ path }) => path === '/api/dm/undo/')).toBe(true))
    await waitFor(() => expect(window.sessionStorage.getItem(`postil.runs.${project}`)).toBe('[]'))
  })

  it('draws a sample, which is opened as a view', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('checkbox', { name: 'Select all tasks' }))
    await user.click(await screen.findByRole('button', { name: 'Actions' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Draw a random sample' }))
    const dialog = await screen.findByRole('dialog')
    const start = within(dialog).getByRole('button', { name: 'Draw a random sample' }) as HTMLButtonElement
    const count = await within(dialog).findByLabelText('How many tasks')
    expect(start.disabled).toBe(true)
    await user.type(count, '3')
    await waitFor(() => expect(start.disabled).toBe(false))
    await user.click(start)
    expect(await screen.findByRole('link', { name: 'Sample', current: 'page' })).toBeTruthy()
    expect(await screen.findByText('3 tasks')).toBeTruthy()
    expect(screen.getByText('Drew 3 tasks')).toBeTruthy()
  })

  it('is dropped when the filter changes, as it would mean other tasks', async () => {
    const { user } = await open(withFilter('text 2'))
    await user.click(await screen.findByRole('checkbox', { name: 'Select all tasks' }))
    expect(screen.getByText('11 tasks selected')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Discard' }))
    expect(await screen.findByText('30 tasks')).toBeTruthy()
  })

  it('one task is deleted from its menu, whatever is selected', async () => {
    const { user } = await open()
    await user.click(screen.getByRole('checkbox', { name: 'Select row 5' }))
    fireEvent.contextMenu(screen.getByText('Text 3'))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete task' }))
    const dialog = await screen.findByRole('dialog')
    await user.click(await within(dialog).findByRole('button', { name: 'Delete task' }))
    await waitFor(() => expect(server.tasks.map(({ inner_id }) => inner_id)).not.toContain(3))
    expect(server.tasks).toHaveLength(29)
  })
})

describe('a look at a task', () => {
  it('opens with space and walks with arrows', async () => {
    const { grid, user } = await open()
    grid.focus()
    await user.keyboard('{ArrowDown} ')
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByText('Text 2')).toBeTruthy()
    fireEvent.keyDown(dialog, { key: 'ArrowDown' })
    expect(await within(dialog).findByText('Text 3')).toBeTruthy()
  })
})

it('a task that is closed leaves the filter as it was', async () => {
  const { user } = await open(withFilter('text 2'))
  await user.click(await screen.findByText('Text 20'))
  await user.click(await screen.findByRole('button', { name: 'Close task' }))
  await waitFor(() => expect(new URLSearchParams(window.location.search).get('task')).toBeNull())
  expect(changes()).toEqual(only('text 2'))
  expect(screen.getByText('11 tasks')).toBeTruthy()
})

describe('the menu of a task', () => {
  const choose = async (item: string) => {
    const { user } = await open()
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    fireEvent.contextMenu(screen.getByText('Text 3'))
    await user.click(await screen.findByRole('menuitem', { name: item }))
    return writeText
  }
  const third = () => server.tasks[2]?.id

  it('opens it', async () => {
    await choose('Open')
    await waitFor(() => expect(new URLSearchParams(window.location.search).get('task')).toBe(String(third())))
  })

  it('shows it at a glance', async () => {
    await choose('Quick look')
    expect(within(await screen.findByRole('dialog')).getByText('Text 3')).toBeTruthy()
  })

  it('selects it', async () => {
    await choose('Select or drop')
    expect(screen.getByText('1 task selected')).toBeTruthy()
  })

  it('copies a link to it, and its data', async () => {
    const written = await choose('Copy link')
    expect(written).toHaveBeenLastCalledWith(`${location.origin}/projects/${project}/data/?task=${third()}`)
    fireEvent.contextMenu(screen.getByText('Text 3'))
    await userEvent.setup().click(await screen.findByRole('menuitem', { name: 'Copy data as JSON' }))
    await waitFor(() => expect(written).toHaveBeenLastCalledWith(JSON.stringify({ text: 'Text 3' }, null, 2)))
  })
})

it('an annotator sees tasks, but no actions, import or new views', async () => {
  server.whoami = { ...(server.whoami as NonNullable<FakeServer['whoami']>), role: 'annotator' }
  await open()
  expect(screen.queryByRole('button', { name: 'New view' })).toBeNull()
  expect(screen.queryByRole('link', { name: 'Import' })).toBeNull()
})
