// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { FakeServer } from '@/testing/fakeServer'
import { installDom } from '@/testing/installDom'
import { App } from './App'
import { startTexts } from './i18n'

let server: FakeServer
let leave: () => void
beforeAll(() => {
  installDom()
  startTexts()
})
beforeEach(() => {
  server = new FakeServer()
  leave = server.install()
})
afterEach(() => {
  cleanup()
  leave()
})
const open = (path: string) => {
  window.history.pushState(null, '', path)
  render(<App />)
}

it('a stranger logs in and lands where he wanted to go', async () => {
  server.whoami = null
  server.addProject({ title: 'Birds', task_number: 40, finished_task_number: 10 })
  open('/projects/')
  const user = userEvent.setup()
  await user.type(await screen.findByRole('textbox', { name: 'E-mail' }), 'ada@example.org')
  const password = document.querySelector<HTMLInputElement>('input[type=password]') as HTMLInputElement
  await user.type(password, 'wrong')
  await user.click(screen.getByRole('button', { name: 'Log in' }))
  expect((await screen.findByRole('alert')).textContent).toContain('do not match')
  await user.clear(password)
  await user.type(password, server.password)
  await user.click(screen.getByRole('button', { name: 'Log in' }))
  expect((await screen.findByRole('link', { name: 'Birds' })).getAttribute('href')).toContain('/data/')
  expect(screen.getByText('10 of 40 tasks done')).toBeTruthy()
  expect(screen.getByRole('progressbar', { name: 'Progress of Birds' }).getAttribute('aria-valuenow')).toBe('25')
})

it('a new server welcomes its first person', async () => {
  server.whoami = null
  server.needsOwner = true
  open('/projects/')
  expect(await screen.findByRole('heading', { name: 'Welcome to Postil' })).toBeTruthy()
})

it('says so when the server does not answer, and tries again', async () => {
  server.troubles.push('unreachable', 'unreachable', 'unreachable')
  open('/projects/')
  await userEvent.setup().click(await screen.findByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Start your first project')).toBeTruthy()
})

it('annotators are not offered what they may not do', async () => {
  server.whoami = { ...(server.whoami as NonNullable<FakeServer['whoami']>), role: 'annotator' }
  open('/projects/')
  expect(await screen.findByText('Once a manager adds you to a project, it appears here.')).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'New project' })).toBeNull()
  expect(screen.queryByRole('link', { name: 'Organization' })).toBeNull()
})

it('an unknown address says so', async () => {
  open('/nowhere/')
  expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeTruthy()
})
