import { useEffect } from 'react'
import type { Command } from '../../core/commands'
import type { Editor } from '../../core/editor'
import { isEditable, reshape } from '../../core/regionActions'
import { useEditorScope } from '../EditorContext'
import { type PageBox, pageBoxCodec } from './codec'
import { drawBox, mayDraw } from './drawBox'
import { boxBetween, movedBy } from './pagePlaces'

const STEP = 0.005
const KEYS = [
  ['left', -1, 0],
  ['right', 1, 0],
  ['up', 0, -1],
  ['down', 0, 1],
] as const

/** Offers what the mouse does on a document by keys: a box in the middle of the shown page, moved and sized by arrows. */
export function useBoxKeys(object: string, shownPage: number): void {
  const { editor, addCommands } = useEditorScope()
  useEffect(() => addCommands(boxCommands(editor, object, () => shownPage)), [addCommands, editor, object, shownPage])
}

/** Returns the commands of the boxes on a document. */
export function boxCommands(editor: Editor, object: string, shownPage: () => number): Command[] {
  const selected = () => {
    const id = editor.selection.only()
    const region = id === null ? undefined : editor.store.region(id)
    const isBox = region?.to === object && region.family === pageBoxCodec.family
    return isBox && isEditable(editor, region) ? region : null
  }
  const change = (name: string, next: (box: PageBox) => PageBox) => {
    const region = selected()
    if (!region) return
    editor.mark(name)
    reshape(editor, region.id, next(region.shape as PageBox))
  }
  const shared = { group: 'tool' as const, scope: object }
  const isEnabled = () => selected() !== null
  return [
    {
      ...shared,
      id: 'pdf:draw',
      title: 'pdf.draw',
      hotkey: 'shift+enter',
      isEnabled: () => mayDraw(editor, object),
      run: () => {
        const settings = editor.settings.get()
        const ids = new Set(editor.store.regions().map(({ id }) => id))
        drawBox(editor, object, boxBetween({ x: 0.3, y: 0.3 }, { x: 0.7, y: 0.36 }, shownPage()), '')
        const made = editor.store.regions().find(({ id }) => !ids.has(id))
        if (made && !settings.selectAfterCreate) editor.selection.select([made.id])
      },
    },
    ...KEYS.flatMap(([key, x, y]): Command[] => [
      {
        ...shared,
        id: `pdf:${key}`,
        title: 'pdf.move',
        hotkey: key,
        isHidden: true,
        isEnabled,
        run: () => change('move box', (box) => movedBy(box, x * STEP, y * STEP)),
      },
      {
        ...shared,
        id: `pdf:size-${key}`,
        title: 'pdf.size',
        hotkey: `ctrl+shift+${key}`,
        mac: `command+shift+${key}`,
        isHidden: true,
        isEnabled,
        run: () => change('size box', (box) => sized(box, x * STEP, y * STEP)),
      },
    ]),
  ]
}

function sized(box: PageBox, dx: number, dy: number): PageBox {
  const end = { x: Math.max(box.x + STEP, box.x + box.width + dx), y: Math.max(box.y + STEP, box.y + box.height + dy) }
  return { ...box, ...boxBetween(box, end, box.pageIndex), rotation: box.rotation }
}
