// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ModelServer } from '@/api/queries/models'
import { startTexts } from '@/app/i18n'
import { installDom } from '@/testing/installDom'
import { makeProject } from '@/testing/records'
import { type Answers, Refusal, showPart } from '@/testing/showPart'
import { extrasText, readExtras } from './extras'
import { ModelForm } from './ModelForm'
import { ModelSettings } from './ModelSettings'
import { ModelTest } from './ModelTest'

beforeAll(() => {
  installDom()
  startTexts()
})
let leave = () => {}
afterEach(() => {
  cleanup()
  leave()
})

const model: ModelServer = {
  id: 5,
  state: 'CO',
  readable_state: 'Connected',
  is_interactive: true,
  url: 'http://models:9090',
  error_message: null,
  checked_at: '2026-01-01T00:00:00Z',
  title: 'mine',
  auth_method: 'BASIC_AUTH',
  basic_auth_user: 'me',
  basic_auth_pass_is_set: true,
  description: '',
  extra_params: { k: 1 },
  model_version: 'm1',
  timeout: 100,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  auto_update: true,
  project: 7,
}
const show = (...given: Parameters<typeof showPart>) => {
  const shown = showPart(...given)
  leave = shown.leave
  return shown.asked
}
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })

describe('parameters of a model server', () => {
  it('are JSON objects', () => {
    expect(readExtras(extrasText({ k: [1] }))).toEqual({ k: [1] })
    expect([extrasText(null), readExtras(' ')]).toEqual(['', {}])
    expect([readExtras('[1]'), readExtras('7'), readExtras('{')]).toEqual([undefined, undefined, undefined])
  })
})

describe('the form of a model server', () => {
  it('connects a new one with a password', async () => {
    const onClose = vi.fn()
    const asked = show(<ModelForm project={7} onClose={onClose} />, () => model)
    expect((await screen.findByRole('button', { name: 'Save' })).hasAttribute('disabled')).toBe(true)
    type(/^Address/, 'http://models:9090')
    fireEvent.click(screen.getByLabelText(/Needs a user/))
    type(/^User/, 'me')
    type(/^Password/, 'secret words')
    type(/^Parameters/, '{"k": 2')
    expect(screen.getByText('This is no JSON object.')).toBeTruthy()
    type(/^Parameters/, '{"k": 2}')
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    const access = { auth_method: 'BASIC_AUTH', basic_auth_user: 'me', basic_auth_pass: 'secret words' }
    const fields = { url: 'http://models:9090', title: '', is_interactive: false, timeout: 100, extra_params: { k: 2 } }
    expect(asked[0]).toEqual({ method: 'POST', path: '/api/ml/', body: { project: 7, ...fields, ...access } })
  })

  it('keeps the password and the parameters that nobody touched, and shows why it is refused', async () => {
    const refusal = new Refusal(400, {
      detail: 'Validation error',
      validation_errors: { non_field_errors: ["Can't connect to ML backend"] },
    })
    const onClose = vi.fn()
    const asked = show(<ModelForm project={7} model={model} onClose={onClose} />, () => refusal)
    type(/^Name/, 'other')
    fireEvent.click(await screen.findByRole('button', { name: 'Save' }))
    expect(await screen.findByText(/Can't connect to ML backend/)).toBeTruthy()
    const body = { url: model.url, title: 'other', is_interactive: true, timeout: 100 }
    expect(asked[0]).toEqual({
      method: 'PATCH',
      path: '/api/ml/5/',
      body: { ...body, auth_method: 'BASIC_AUTH', basic_auth_user: 'me' },
    })
    expect(onClose).not.toHaveBeenCalled()
  })
})

const trial = {
  status: 200,
  error_message: null,
  url: 'http://models:9090/predict',
  task: { id: 3, data: { text: 'one' } },
  request: { tasks: [] },
  response: { results: [] },
  problems: [{ where: 'results[0].result[0].value', message: 'No such label.', options: ['good', 'bad'] }],
  duration_ms: 12,
}

describe('trying a model server', () => {
  it('asks at once, and shows request, response and what does not fit', async () => {
    const asked = show(<ModelTest model={model} onClose={vi.fn()} />, () => trial)
    expect(await screen.findByText('No such label.')).toBeTruthy()
    expect(screen.getByText('Allowed: good, bad')).toBeTruthy()
    expect(screen.getByText('Answered 200')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Response' }).textContent).toContain('"results": []')
    fireEvent.click(screen.getByRole('tab', { name: 'Task' }))
    expect((await screen.findByRole('region', { name: 'Task' })).textContent).toContain('"text": "one"')
    type(/^Task number/, '3')
    fireEvent.click(screen.getByRole('button', { name: 'Ask' }))
    await waitFor(() => expect(asked.length).toBe(2))
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/ml/5/predict/test/?random=true',
      '/api/ml/5/predict/test/?random=true&task=3',
    ])
  })

  it('says when everything fits, and when the server fails', async () => {
    let answer: object = { ...trial, problems: [] }
    show(<ModelTest model={model} onClose={vi.fn()} />, () => answer)
    expect(await screen.findByText(/Everything in this answer fits/)).toBeTruthy()
    answer = { ...trial, status: 503, error_message: 'The ML backend answered 503 at /predict.', response: null }
    fireEvent.click(screen.getByRole('button', { name: 'Ask' }))
    expect(await screen.findByText('The ML backend answered 503 at /predict.')).toBeTruthy()
  })
})

const ended = {
  id: 'j1',
  kind: 'run_bulk_action',
  project: 7,
  state: 'completed',
  progress: { done: 3, total: 3, unit: 'tasks' },
  error: '',
  error_count: 1,
  result: { processed_items: 2 },
  created_at: '2026-01-01T00:00:00Z',
  started_at: null,
  finished_at: null,
  created_by: 1,
}
const answers =
  (rows: readonly ModelServer[]): Answers =>
  ({ method, path }) => {
    if (path.startsWith('/api/ml/?')) return rows
    if (path.includes('/model-versions/')) return { m1: 4 }
    if (path.startsWith('/api/dm/actions/')) return { job: { ...ended, state: 'queued' } }
    if (path === '/api/jobs/j1/') return ended
    if (path.startsWith('/api/jobs/j1/errors/'))
      return { count: 1, results: [{ where: 'task 9', field: '', reason: 'Too long.' }] }
    return method === 'DELETE' ? null : {}
  }

describe('the models of a project', () => {
  const project = makeProject({ id: 7, min_annotations_to_start_training: 0 })

  it('shows how each server is, and asks it to train', async () => {
    const failing = { ...model, id: 6, title: 'ill', state: 'ER' as const, error_message: 'It answered 500.' }
    const asked = show(<ModelSettings project={project} />, answers([model, failing]))
    expect((await screen.findAllByText(/version m1/)).length).toBe(2)
    expect(screen.getByRole('alert').textContent).toBe('It answered 500.')
    fireEvent.click(screen.getAllByRole('button', { name: 'Train' })[1] as HTMLElement)
    await waitFor(() => expect(asked.some(({ path }) => path === '/api/ml/6/train/')).toBe(true))
  })

  it('predicts all tasks by a job and names those that failed', async () => {
    const asked = show(<ModelSettings project={project} />, answers([model]))
    await screen.findByText(/version m1/)
    fireEvent.click(screen.getByRole('button', { name: 'Predict all tasks' }))
    expect(await screen.findByText('2 tasks got predictions.')).toBeTruthy()
    const table = await screen.findByRole('table')
    expect(within(table).getByText('Too long.')).toBeTruthy()
    const call = asked.find(({ path }) => path.startsWith('/api/dm/actions/'))
    expect(call?.path).toBe('/api/dm/actions/?id=retrieve_tasks_predictions&project=7&mode=job')
    expect(call?.body).toEqual({ selectedItems: { all: true, excluded: [] } })
  })

  it('offers nothing to predict with while there is no server', async () => {
    show(<ModelSettings project={project} />, answers([]))
    expect(await screen.findByText('No model server yet.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Predict all tasks' }).hasAttribute('disabled')).toBe(true)
  })

  it('sets after how many annotations the servers train', async () => {
    const asked = show(<ModelSettings project={project} />, answers([model]))
    fireEvent.change(await screen.findByLabelText(/Train after every/), { target: { value: '50' } })
    const form = screen.getByLabelText(/Train after every/).closest('form') as HTMLElement
    fireEvent.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(asked.some(({ method }) => method === 'PATCH')).toBe(true))
    const patch = asked.find(({ method }) => method === 'PATCH')
    expect(patch?.body).toMatchObject({ min_annotations_to_start_training: 50 })
  })
})
