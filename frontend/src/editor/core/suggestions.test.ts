import { describe, expect, it } from 'vitest'
import { controlOf, openEditor } from '../testing/openEditor'
import { clickRegion } from './regionActions'
import {
  acceptSuggestions,
  addPrompt,
  isAutoAnnotating,
  isSmartNow,
  rejectSuggestions,
  takeSuggestions,
} from './suggestions'
import { boundsOf, provideView } from './views'

const CONFIG = `<RectangleLabels name="box" toName="image" smart="true"><Label value="Car"/></RectangleLabels>
  <Rectangle name="bare" toName="image" smartOnly="true"/><Image name="image" value="$image"/>
  <Choices name="day" toName="image"><Choice value="Day"/><Choice value="Night"/></Choices>`
const box = (id: string, x: number, more = {}) => ({
  id,
  from_name: 'box',
  to_name: 'image',
  type: 'rectanglelabels',
  value: { x, y: 10, width: 20, height: 20, rotation: 0, rectanglelabels: ['Car'] },
  ...more,
})
const day = (choice: string) => ({
  id: 'd1',
  from_name: 'day',
  to_name: 'image',
  type: 'choices',
  value: { choices: [choice] },
})
const open = (result: Parameters<typeof openEditor>[0]['result'] = [], settings = {}) => {
  const editor = openEditor({ config: CONFIG, data: { image: 'i.png' }, result, settings })
  editor.canPredict.set(true)
  editor.suggesting.add('image')
  return editor
}
const ids = (editor: ReturnType<typeof open>) => editor.session.results().map((item) => item.id)

describe('a model’s answer', () => {
  it('waits beside the regions until it is accepted, and keeps its id', () => {
    const editor = open([box('mine', 1)])
    takeSuggestions(editor, [box('a', 30, { score: 0.5 }), box('b', 60)])
    expect(editor.suggestions.get().map((region) => region.id)).toEqual(['a', 'b'])
    expect(ids(editor)).toEqual(['mine'])
    acceptSuggestions(editor, ['b'])
    expect(ids(editor)).toEqual(['mine', 'b'])
    expect(editor.suggestions.get().map((region) => region.id)).toEqual(['a'])
    expect(editor.session.results()[1]).toEqual(box('b', 60, { origin: 'prediction' }))
  })

  it('replaces all earlier suggestions', () => {
    const editor = open()
    takeSuggestions(editor, [box('a', 30)])
    takeSuggestions(editor, [box('c', 40)])
    expect(editor.suggestions.get().map((region) => region.id)).toEqual(['c'])
  })

  it('about the whole object is accepted at once, in place of the answer there was', () => {
    const editor = open([day('Day')])
    takeSuggestions(editor, [day('Night')])
    expect(editor.session.results()).toEqual([{ ...day('Night'), origin: 'prediction' }])
    editor.session.history.undo()
    expect(editor.session.results()).toEqual([day('Day')])
  })

  it('is accepted at once where nothing can show it, or where the person wants it so', () => {
    const blind = open()
    blind.suggesting.clear()
    takeSuggestions(blind, [box('a', 30)])
    expect(ids(blind)).toEqual(['a'])
    const trusting = open([], { acceptSuggestions: true })
    takeSuggestions(trusting, [box('a', 30), box('b', 50)])
    expect(ids(trusting)).toEqual(['a', 'b'])
    trusting.session.history.undo()
    expect(ids(trusting)).toEqual([])
  })

  it('takes the prompts away with the last suggestion, as one step', () => {
    const editor = open([box('prompt', 1)])
    addPrompt(editor, 'prompt')
    takeSuggestions(editor, [box('a', 30), box('b', 60)])
    acceptSuggestions(editor, ['a'])
    expect(ids(editor)).toEqual(['prompt', 'a'])
    acceptSuggestions(editor)
    expect(ids(editor)).toEqual(['a', 'b'])
    expect(editor.prompts.get().size).toBe(0)
    editor.session.history.undo()
    expect(ids(editor)).toEqual(['prompt', 'a'])
  })

  it('may replace the prompt itself', () => {
    const editor = open([box('prompt', 1)])
    addPrompt(editor, 'prompt')
    takeSuggestions(editor, [box('prompt', 44)])
    acceptSuggestions(editor)
    expect(editor.session.results()).toEqual([box('prompt', 44, { origin: 'prediction' })])
  })

  it('rejected leaves nothing behind', () => {
    const editor = open([box('mine', 1), box('prompt', 5)])
    addPrompt(editor, 'prompt')
    takeSuggestions(editor, [box('a', 30), box('b', 60)])
    rejectSuggestions(editor, ['a'])
    expect(editor.suggestions.get().map((region) => region.id)).toEqual(['b'])
    rejectSuggestions(editor)
    expect(editor.suggestions.get()).toEqual([])
    expect(ids(editor)).toEqual(['mine'])
  })

  it('never overwrites a read-only region, and items that nobody knows are left out', () => {
    const editor = open([box('fixed', 1, { readonly: true })])
    takeSuggestions(editor, [box('fixed', 50), box('x', 3, { from_name: 'nobody', type: 'nonsense' }), 7 as never])
    acceptSuggestions(editor)
    expect(editor.session.results()).toEqual([box('fixed', 1, { readonly: true })])
  })
})

describe('smart tools', () => {
  it('work while the model is asked; those only smart whenever there is a model', () => {
    const editor = open()
    const [smart, only] = [controlOf(editor, 'box'), controlOf(editor, 'bare')]
    expect([isAutoAnnotating(editor), isSmartNow(editor, smart), isSmartNow(editor, only)]).toEqual([
      false,
      false,
      true,
    ])
    editor.settings.update((now) => ({ ...now, autoAnnotation: true }))
    expect([isAutoAnnotating(editor), isSmartNow(editor, smart)]).toEqual([true, true])
    editor.canPredict.set(false)
    expect([isAutoAnnotating(editor), isSmartNow(editor, only)]).toEqual([false, false])
  })
})

describe('places of regions', () => {
  it('come from the view of their object; hidden ones have none', () => {
    const editor = open([box('a', 10)])
    const region = editor.store.region('a') as NonNullable<ReturnType<typeof editor.store.region>>
    expect(boundsOf(editor, region)).toEqual([])
    const place = { left: 1, top: 2, width: 3, height: 4 }
    const end = provideView(editor, 'image', { boundsOf: () => [place], frame: () => place, subscribe: () => () => {} })
    expect(boundsOf(editor, region)).toEqual([place])
    editor.session.hidden.set(new Set(['a']))
    expect(boundsOf(editor, region)).toEqual([])
    end()
    expect(editor.views.get().size).toBe(0)
  })

  it('a view that replaced another is not taken back with it', () => {
    const editor = open()
    const view = {
      boundsOf: () => [],
      frame: () => ({ left: 0, top: 0, width: 0, height: 0 }),
      subscribe: () => () => {},
    }
    const first = provideView(editor, 'image', { ...view })
    provideView(editor, 'image', view)
    first()
    expect(editor.views.get().get('image')).toBe(view)
  })
})

it('a click on a region while linking makes it the end of the link', () => {
  const editor = open([box('a', 1), box('b', 40)])
  editor.linkingFrom.set('a')
  clickRegion(editor, 'b')
  expect(editor.store.relations().map(({ fromId, toId }) => [fromId, toId])).toEqual([['a', 'b']])
})
