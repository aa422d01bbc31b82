// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConfigChange } from '@/api/queries/configChanges'
import { App } from '@/app/App'
import { startTexts } from '@/app/i18n'
import { FakeServer } from '@/testing/fakeServer'
import { installDom } from '@/testing/installDom'
import '@/testing/patience'

const CONFIG = `<View><Text name="text" value="$text"/><Choices name="mood" toName="text">
  <Choice value="Good"/><Choice value="Bad"/></Choices></View>`

let server: FakeServer
let leave: () => void
let project: number
beforeAll(() => {
  startTexts()
})
beforeEach(() => {
  installDom()
  server = new FakeServer()
  leave = server.install()
  project = server.addProject({ title: 'Reviews', task_number: 3, label_config: CONFIG }).id
})
afterEach(() => {
  cleanup()
  document.body.replaceChildren()
  leave()
})
const open = async (section: string) => {
  window.history.pushState(null, '', `/projects/${project}/settings/${section}/`)
  render(<App />)
  return userEvent.setup()
}
const stored = () => server.projects.find(({ id }) => id === project)
const sent = (path: string) => server.seen.findLast((seen) => seen.method !== 'GET' && seen.path.endsWith(path))?.body

describe('settings with a form', () => {
  it('are saved', async () => {
    const user = await open('general')
    const name = await screen.findByRole('textbox', { name: 'Name' })
    await user.clear(name)
    await user.type(name, 'Opinions')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(stored()?.title).toBe('Opinions')
  })

  it('stay as they were entered when the server refuses, which is told', async () => {
    const user = await open('annotation')
    const text = await screen.findByRole('textbox', { name: 'Instructions for annotators' })
    await user.type(text, 'Read twice.')
    server.troubles.push(400)
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Trouble')).toBeTruthy()
    expect((text as HTMLTextAreaElement).value).toBe('Read twice.')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(stored()?.expert_instruction).toBe('Read twice.'))
  })
})

describe('another label config', () => {
  const bad: ConfigChange = {
    kind: 'label_removed',
    control: 'mood',
    label: 'Bad',
    annotations: 12,
    tasks: 10,
    drafts: 1,
    predictions: 0,
    views: 2,
    is_exact: true,
    steps: [
      { action: 'rename_label', to: ['Poor'] },
      { action: 'merge_label', to: ['Good'] },
      { action: 'drop_label', to: [] },
      { action: 'keep', to: [] },
    ],
  }
  const rename = async () => {
    const user = await open('labeling')
    const [, word] = await screen.findAllByRole('textbox', { name: 'Word' })
    await user.clear(word as HTMLElement)
    await user.type(word as HTMLElement, 'Poor')
    return user
  }
  const save = (name: string) => screen.findByRole('button', { name })

  it('that leaves nothing behind is stored as it is', async () => {
    const user = await rename()
    const button = await save('Save')
    await waitFor(() => expect((button as HTMLButtonElement).disabled).toBe(false))
    await user.click(button)
    await waitFor(() => expect(stored()?.label_config).toContain('value="Poor"'))
    expect(sent('/migrate-config/')).toBeUndefined()
    expect(sent('/config-changes/')).toEqual({ label_config: stored()?.label_config })
  })

  it('says what annotations still use, and renames it with the label; undo is offered', async () => {
    server.configChanges = { changes: [bad], added: [], is_safe: false }
    server.jobs.set('m1', {
      id: 'm1',
      kind: 'migration',
      title: '',
      project,
      state: 'completed',
      progress: { done: 12, total: 12, unit: 'annotations' },
      error: '',
      created_by: 1,
      error_count: 0,
      result: { detail: 'Changed 12 annotations', undo: { trash: [] } },
      created_at: '2026-11-20T10:00:00Z',
      started_at: '2026-11-20T10:00:00Z',
      finished_at: '2026-11-20T10:00:00Z',
    })
    const user = await rename()
    expect(await screen.findByText('12 annotations · 1 draft · 2 views filter by it')).toBeTruthy()
    const what = screen.getAllByLabelText('What becomes of Bad')[0] as HTMLInputElement
    expect(what.value).toBe('Rename to “Poor”')
    await user.click(await save('Save and change annotations'))
    expect(await screen.findByText('Changed 12 annotations')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy()
    expect(sent('/migrate-config/')).toEqual({
      label_config: CONFIG.replace('"Bad"', '"Poor"'),
      steps: [{ action: 'rename_label', control: 'mood', label: 'Bad', to: 'Poor' }],
    })
    await waitFor(() => expect(screen.queryByText('What annotations still use')).toBeNull())
  })

  it('names links, and controls whose object is gone', async () => {
    const links = { ...bad, control: '<Relations>', label: 'is' }
    const steps = [{ action: 'retarget_control' as const, to: ['photo'] }]
    const gone = { ...bad, kind: 'target_changed' as const, label: null, steps }
    server.configChanges = { changes: [links, gone], added: [], is_safe: false }
    await rename()
    expect(await screen.findByText('label of links')).toBeTruthy()
    expect(screen.getByText('control, its object is gone')).toBeTruthy()
    expect(screen.getAllByDisplayValue('Move to “photo”').length).toBeGreaterThan(0)
  })

  it('leaves annotations as they are where that is chosen', async () => {
    server.configChanges = { changes: [{ ...bad, is_exact: false, drafts: 0, views: 0 }], added: [], is_safe: false }
    const user = await rename()
    expect(await screen.findByText('≥ 12 annotations')).toBeTruthy()
    await user.click(screen.getAllByLabelText('What becomes of Bad')[0] as HTMLElement)
    await user.click(await screen.findByRole('option', { name: 'Keep as it is, without a place' }))
    await user.click(await save('Save'))
    await waitFor(() => expect(stored()?.label_config).toContain('value="Poor"'))
    expect(sent('/migrate-config/')).toBeUndefined()
  })

  it('is given up', async () => {
    server.configChanges = { changes: [bad], added: [], is_safe: false }
    const user = await rename()
    await screen.findByText('What annotations still use')
    await user.click(screen.getByRole('button', { name: 'Discard changes' }))
    expect(screen.queryByText('What annotations still use')).toBeNull()
    expect(stored()?.label_config).toBe(CONFIG)
  })
})
