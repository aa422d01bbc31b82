// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import type { Json } from '../core/json'
import type { AnnotationRecord, DraftRecord, SavePayload } from '../host'
import { parsed, tagFixtures } from '../testing/fixtures'
import { EditorShell } from './EditorShell'

// jsdom lays nothing out.
class NoObserver implements ResizeObserver, Pick<IntersectionObserver, 'observe' | 'unobserve' | 'disconnect'> {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = NoObserver
globalThis.IntersectionObserver = NoObserver as unknown as typeof IntersectionObserver
Range.prototype.getClientRects = () => [] as unknown as DOMRectList
Element.prototype.scrollIntoView = () => {}
HTMLMediaElement.prototype.load = () => {}
window.HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
window.HTMLDialogElement.prototype.close = function close() {
  this.open = false
}

afterEach(cleanup)

/** Families of tags whose objects need no canvas, no sound and no moving picture. */
const FAMILIES =
  /^(chat|choices|datetime|hypertext|layout|number|pairwise|paragraphs|ranker|rating|table|taxonomy|textarea|labels\/text)/
const examples = tagFixtures().filter(([name, { result }]) => FAMILIES.test(name) && Array.isArray(result))

/** Opens a task with its results as somebody's draft, and returns what is submitted. */
async function openAndSubmit(config: string, data: Record<string, Json | undefined>, result: readonly Json[]) {
  const submitted: SavePayload[] = []
  const draft: DraftRecord = { id: 5, result, annotation: null }
  render(
    <EditorShell
      config={config}
      task={{ id: 7, data }}
      annotations={[]}
      predictions={[]}
      drafts={[draft]}
      user={{ id: 1, displayName: 'Ann' }}
      host={{
        saveDraft: async () => ({ id: 5 }),
        submit: async (payload) => {
          submitted.push(payload)
          return { id: 9, result: payload.result } as unknown as AnnotationRecord
        },
        update: async (id) => ({ id, result: [] }) as AnnotationRecord,
      }}
      journal={new MemoryJournal()}
    />,
  )
  // The code of a tag is loaded when its config is opened.
  await screen.findByTestId('postil-editor', {}, { timeout: 10_000 })
  await waitFor(() => expect(screen.queryAllByText('Loading…')).toEqual([]), { timeout: 10_000 })
  const notices = document.querySelectorAll('.pe-notice, .pe-problem').length
  fireEvent.click(screen.getByRole('button', { name: 'Submit' }))
  await waitFor(() => expect(submitted.length).toBe(1))
  return { notices, sent: submitted[0]?.result }
}

describe('every worked example', () => {
  it('there are enough of them', () => expect(examples.length).toBeGreaterThan(14))

  it.each(examples)('%s: opens without a notice and is saved as it came', async (_, { config, data, result }) => {
    const { notices, sent } = await openAndSubmit(config, data, parsed(result as unknown as Json) as Json[])
    expect(sent).toEqual(result)
    expect(notices).toBe(0)
  })

  it('of tags that nobody knows shows a notice and keeps the results', async () => {
    const result = [
      {
        id: 'x',
        from_name: 'new',
        to_name: 't',
        type: 'futurelabels',
        value: { any: [1], futurelabels: ['A'] },
        origin: 'manual',
      },
    ]
    const config =
      '<View><Text name="t" value="$t"/><FutureLabels name="new" toName="t"><Label value="A"/></FutureLabels><Choices name="c" toName="t"><Choice value="a"/></Choices></View>'
    const { notices, sent } = await openAndSubmit(config, { t: 'a' }, result)
    expect([notices, sent]).toEqual([1, result])
  })
})
