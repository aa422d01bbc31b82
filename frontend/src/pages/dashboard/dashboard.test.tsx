// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import type { Dashboard } from '@/api/queries/dashboard'
import { App } from '@/app/App'
import { startTexts } from '@/app/i18n'
import { FakeServer } from '@/testing/fakeServer'
import { installDom } from '@/testing/installDom'
import { namedEvery, scaleTop } from './DayChart'
import { drill } from './drill'

let leave: () => void
beforeAll(() => {
  installDom()
  startTexts()
})
afterEach(() => {
  cleanup()
  leave()
})

const data: Dashboard = {
  tasks: { total: 200, labeled: 50, remaining: 150, annotated: 60, skipped: 3, ground_truth: 1, predicted: 8 },
  annotations: { total: 61, skipped: 4, ground_truth: 2, predictions: 9 },
  people: [
    {
      user: 3,
      name: 'Ada',
      annotations: 61,
      skipped: 4,
      imported: 0,
      seconds_mean: 12.34,
      per_hour: null,
      last_at: null,
    },
  ],
  days: [
    { day: '2026-11-19', annotations: 0, skipped: 0, people: 0 },
    { day: '2026-11-20', annotations: 37, skipped: 4, people: 1 },
  ],
  labels: [
    {
      control: 'mood',
      labels: [
        { label: 'Good', count: 40 },
        { label: 'Bad', count: 21 },
      ],
    },
  ],
  forecast: { per_day: 12.5, likely: '2026-12-03', early: '2026-11-30', late: '2026-12-09' },
}

const open = async (fields: Partial<Dashboard> = {}) => {
  const server = new FakeServer()
  const { id } = server.addProject({ title: 'Moods' })
  server.dashboard = { ...data, ...fields }
  leave = server.install()
  window.history.pushState(null, '', `/projects/${id}/dashboard/`)
  render(<App />)
  await screen.findByRole('heading', { name: 'Activity by day' }, { timeout: 5000 })
  return { server, id }
}

it('shows numbers that lead to their tasks', async () => {
  const { id } = await open()
  const tile = screen.getByRole('link', { name: /150.*Remaining/ })
  const url = new URL(tile.getAttribute('href') ?? '', 'http://local')
  expect(url.pathname).toBe(`/projects/${id}/data/`)
  expect(JSON.parse(url.searchParams.get('q') ?? '')).toEqual(drill.remaining().q)
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(
    expect.arrayContaining(['3Skipped', '1With ground truth', '8With predictions']),
  )
  expect(screen.getByText('25.0 % done')).toBeTruthy()
  expect(screen.getByText(/^Likely done on .*12\.5 annotations a day$/)).toBeTruthy()
})

it('shows days as bars, and as a table', async () => {
  await open()
  expect(screen.getByRole('link', { name: /37 annotations, 4 skipped$/ })).toBeTruthy()
  fireEvent.click(screen.getByRole('radio', { name: 'Table' }))
  const [, ...rows] = within(screen.getAllByRole('table')[0] as HTMLElement).getAllByRole('row')
  expect(
    rows.map((row) =>
      within(row)
        .getAllByRole('cell')
        .slice(1)
        .map((cell) => cell.textContent),
    ),
  ).toEqual([['37', '4', '1']])
})

it('shows labels and people', async () => {
  await open()
  const labels = screen.getByRole('table', { name: 'mood' })
  expect(
    within(labels)
      .getAllByRole('row')
      .map((row) => row.textContent),
  ).toEqual(['Good40', 'Bad21'])
  expect(screen.getByRole('link', { name: 'Ada' }).closest('tr')?.textContent).toBe('Ada61412.3––')
})

it('tells imported work apart, and names those who left', async () => {
  const left = { ...data.people[0], user: null, name: '', annotations: 2, imported: 1500 } as Dashboard['people'][0]
  await open({ people: [...data.people, left] })
  expect(screen.getByRole('columnheader', { name: 'Imported' })).toBeTruthy()
  expect(screen.getByRole('cell', { name: 'People who left' }).closest('tr')?.textContent).toBe(
    'People who left241,50012.3––',
  )
})

it('asks for another span, and says when nothing can be foretold', async () => {
  const { server } = await open({ forecast: null, labels: [], people: [], days: [] })
  expect(screen.getByText('Too little was done lately to say when it ends.')).toBeTruthy()
  fireEvent.click(screen.getByRole('radio', { name: '90 days' }))
  await screen.findAllByText('Nothing was done in these days.')
  const asked = server.seen.filter(({ path }) => path.endsWith('/dashboard/')).map(({ query }) => query.get('days'))
  expect(asked).toEqual(['30', '90'])
})

it.each([
  [[], 1],
  [[3], 3],
  [[37, 12], 40],
  [[101], 200],
  [[0, 0], 1],
])('the scale of %j ends at %i', (values, top) => {
  expect(scaleTop(values)).toBe(top)
})

it.each([
  [7, 720, 1],
  [30, 720, 7],
  [30, 300, 7],
  [90, 720, 14],
  [90, 300, 21],
])('of %i days in %i pixels one in %i is named', (days, width, every) => {
  expect(namedEvery(days, width)).toBe(every)
})

it('a day is asked for from midnight to midnight', () => {
  const [item] = drill.day('2026-11-20').q.f?.items ?? []
  const { min, max } = (item as unknown as { value: { min: string; max: string } }).value
  expect(new Date(max).getTime() - new Date(min).getTime()).toBe(86_400_000 - 1)
  expect(new Date(min).getHours()).toBe(0)
})

it('says that labels are still being counted, and when no end is in sight', async () => {
  const forecast = { per_day: 0.1, likely: '2026-12-03', early: '2026-11-30', late: null }
  await open({ labels: null, forecast })
  expect(screen.getByText('The labels are being counted. Come back in a moment.')).toBeTruthy()
  expect(screen.getByText(/^Likely done on .* at the earliest\), at 0\.1 annotations a day$/)).toBeTruthy()
})
