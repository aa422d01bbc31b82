import { describe, expect, it } from 'vitest'
import { setAnswer } from '../core/answers'
import { findConflicts } from '../core/commands'
import { MemoryJournal } from '../core/journal'
import { Observable } from '../core/observable'
import { loadCanvas } from '../tags/registry'
import { controlOf } from '../testing/openEditor'
import { labelCommands } from './labelCommands'
import { buildModel } from './model'
import type { EditorProps } from './props'
import type { Overlay } from './ShellContext'
import { shellCommands } from './shellCommands'

const words = (tag: string, count: number) =>
  Array.from({ length: count }, (_, at) => `<${tag} value="${tag} ${at}"/>`).join('')

/** Returns all commands of an editor with more labels than keys. */
function begin() {
  const props: EditorProps = {
    config:
      `<View><Image name="img" value="$i"/><RectangleLabels name="box" toName="img">${words('Label', 40)}</RectangleLabels>` +
      `<Choices name="kind" toName="img">${words('Choice', 5)}</Choices></View>`,
    task: { id: 7, data: { i: 'a.png' } },
    annotations: [],
    predictions: [],
    user: { id: 1, displayName: 'Ann' },
    host: {
      saveDraft: () => Promise.reject(new Error('unused')),
      submit: () => Promise.reject(new Error('unused')),
      update: () => Promise.reject(new Error('unused')),
    },
    journal: new MemoryJournal(),
  }
  const model = buildModel(props)
  if (!('editor' in model)) throw new Error('The config has errors.')
  const { editor, controller, labelKeys } = model
  const shell = shellCommands({ editor, controller, overlay: new Observable<Overlay>(null), has: () => true })
  return { editor, controller, commands: [...shell, ...labelCommands(editor, labelKeys)] }
}

describe('keys of the editor', () => {
  const { commands } = begin()

  it.each([false, true])('no two commands want the same keys (Mac: %s)', (isMac) => {
    expect(commands.length).toBeGreaterThan(60)
    expect(findConflicts(commands, {}, isMac)).toEqual([])
  })

  it.each([false, true])('tools of a picture share none with labels and the rest (Mac: %s)', async (isMac) => {
    const { tools: rectangleTools } = await loadCanvas(['rectangle'])
    expect(rectangleTools.length).toBe(2)
    const tools = rectangleTools.map(({ id, title, hotkey }) => ({
      id,
      title,
      group: 'tool' as const,
      hotkey,
      isEnabled: () => true,
      run: () => {},
    }))
    expect(findConflicts([...commands, ...tools], {}, isMac)).toEqual([])
  })

  it('every command has a name of its own', () => {
    const ids = commands.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

it('the next region is that of the list, in its order', () => {
  const { editor, controller, commands } = begin()
  const box = (id: string, score: number) => ({
    id,
    from_name: 'box',
    to_name: 'img',
    type: 'rectanglelabels',
    score,
    value: { x: 1, y: 1, width: 5, height: 5, rotation: 0, rectanglelabels: ['Label 1'] },
  })
  editor.open(editor.openResults(editor.session.info.get(), [box('a', 0.1), box('b', 0.9), box('c', 0.5)]))
  editor.settings.update((now) => ({ ...now, orderBy: 'score', isDescending: true }))
  const next = () => {
    commands.find(({ id }) => id === 'region:cycle')?.run()
    return editor.selection.only()
  }
  expect([next(), next(), next(), next()]).toEqual(['b', 'c', 'a', 'b'])
  controller.destroy()
})

it('undo works in the annotation that is shown, not in the one that was open first', () => {
  const { editor, controller, commands } = begin()
  const undo = commands.find(({ id }) => id === 'annotation:undo')
  controller.create()
  expect(undo?.isEnabled()).toBe(false)
  setAnswer(editor, controlOf(editor, 'kind'), ['Choice 1'])
  expect(undo?.isEnabled()).toBe(true)
  undo?.run()
  expect(editor.session.results()).toEqual([])
  controller.destroy()
})
