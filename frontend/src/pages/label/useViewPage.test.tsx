// @vitest-environment jsdom
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
  useSearch,
} from '@tanstack/react-router'
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { useViewPage } from './useViewPage'

afterEach(cleanup)

const number = (value: unknown) => (Number(value) > 0 ? Number(value) : undefined)

let turn = (_: number) => {}

function Page() {
  const { viewPage, onViewPage } = useViewPage(4)
  const { task } = useSearch({ strict: false })
  turn = onViewPage
  return <p>{`task ${task}, begins with ${viewPage}`}</p>
}

async function open(address: string) {
  const root = createRootRoute()
  const data = createRoute({
    getParentRoute: () => root,
    path: '/projects/$projectId/data/',
    validateSearch: (search) => ({ task: number(search.task), view_page: number(search.view_page) }),
    component: Page,
  })
  const history = createMemoryHistory({ initialEntries: [address] })
  const router = createRouter({ routeTree: root.addChildren([data]), history, trailingSlash: 'always' })
  // biome-ignore lint/suspicious/noExplicitAny: another tree than that of the app
  render(<RouterProvider router={router as any} />)
  await screen.findByText(/begins with/)
  return { history, turn: (page: number) => act(async () => turn(page)) }
}

it('begins where the address says, and keeps it there when it is turned', async () => {
  const { history, turn } = await open('/projects/4/data/?task=7&view_page=2')
  expect(screen.getByText('task 7, begins with 2')).toBeTruthy()
  await turn(2)
  expect(history.location.search).toBe('?task=7&view_page=2')
  await turn(3)
  expect(history.location.search).toBe('?task=7&view_page=3')
  // The next task begins with its first page, whatever the address still says.
  expect(screen.getByText('task 7, begins with undefined')).toBeTruthy()
  await turn(1)
  expect(history.location.search).toBe('?task=7')
  expect(history.length).toBe(1)
})

it('leaves an address alone that needs no page', async () => {
  const { history, turn } = await open('/projects/4/data/?task=7')
  await turn(1)
  expect(history.location.search).toBe('?task=7')
})
