import type { Command } from '../../core/commands'
import type { Editor } from '../../core/editor'
import { flag } from '../../core/labelConfig'
import type { Observable } from '../../core/observable'
import type { TagNode } from '../../core/taskConfig'
import { type CanvasTool, MOVE_TOOL, offeredTools, PAN_TOOL, SMART, smartTools } from '../../engines/canvas/canvasTool'
import { deletePicked, regionOfPicked } from '../../engines/canvas/pickedPoints'
import type { Scene } from '../../engines/canvas/scene'
import type { BrushSizes } from '../../engines/canvas/stage'
import { changeable, nudge, stretch } from '../../engines/canvas/steps'

export interface ImageParts {
  readonly editor: Editor
  /** The picture on the screen. Tools are listed before it is there, and run after that. */
  readonly scene: () => Scene
  readonly node: TagNode
  readonly tools: readonly CanvasTool[]
  readonly sizes: Observable<BrushSizes>
}

type Make = (id: string, title: string, hotkey: string, run: () => void, mac?: string) => Command

const SIZE_STEP = 5
export const MOST_BRUSH = 50

/** Returns what can be done with one picture: tools, zoom, turning, and what keys do to regions. */
export function imageCommands(parts: ImageParts): Command[] {
  const { editor, scene, node, tools } = parts
  const name = node.attrs.name ?? ''
  const make: Make = (id, title, hotkey, run, mac) => ({
    id,
    title,
    group: id.startsWith('tool:zoom') || id.includes('rotate') ? 'view' : 'tool',
    hotkey,
    mac,
    scope: name,
    isEnabled: () => true,
    run,
  })
  const offered = offeredTools(editor, name, tools)
  const drawing = offered
    .filter(({ tool }, at) => offered.findIndex((other) => other.tool.id === tool.id) === at)
    .map(({ tool }) => ({
      ...make(tool.id, tool.title, tool.hotkey, () => chooseTool(editor, name, tool.id)),
      isEnabled: () => !editor.isReadonly,
    }))
  const move = make(MOVE_TOOL, 'tools.move', 'V', () => chooseTool(editor, name, MOVE_TOOL))
  const hasZoom = flag(node, 'zoomControl') || flag(node, 'zoom')
  // Without buttons the keys stay, for whoever may zoom by the wheel.
  const unbuttoned = (command: Command): Command =>
    flag(node, 'zoomControl') ? command : { ...command, isHidden: true }
  return [
    ...(flag(node, 'selectionControl') ? [move] : []),
    ...drawing,
    ...smartCommands(parts, make),
    ...(hasZoom ? [make(PAN_TOOL, 'tools.pan', 'H', () => chooseTool(editor, name, PAN_TOOL))].map(unbuttoned) : []),
    ...(hasZoom ? zoomCommands(parts, make).map(unbuttoned) : []),
    ...(flag(node, 'rotateControl') ? turnCommands(parts, make) : []),
    ...(offered.some(({ tool }) => tool.size) ? sizeCommands(parts, make) : []),
    ...keyCommands(parts, make),
    cancelCommand(parts, make),
    {
      ...make('points:delete', 'tools.deletePoints', 'backspace,delete', () => deletePicked(scene().stage)),
      group: 'region',
      isEnabled: () => regionOfPicked(scene().stage) !== null,
    },
    {
      ...make('region:under-pointer', 'tools.underPointer', 'alt+,', () => void scene().cycleUnderPointer()),
      group: 'region',
    },
  ]
}

/** Takes back what is being drawn, else the last prompt. */
const cancelCommand = ({ editor: { suggestions }, scene }: ImageParts, make: Make): Command => ({
  ...make('tool:cancel', 'tools.cancel', 'escape', () => {
    if (!scene().cancelDrawing()) void suggestions.withdraw()
  }),
  isHidden: true,
  isEnabled: () => scene().isDrawing || suggestions.prompts.get().length > 0,
})

/** One button a smart tool; M walks through them. */
function smartCommands({ editor, node, tools }: ImageParts, make: Make): Command[] {
  const name = node.attrs.name ?? ''
  const ids = () => smartTools(editor, name, tools).map(({ tool }) => SMART + tool.id)
  const choose = (id: string) => editor.tools.update((all) => new Map(all).set(name, id))
  const titles = new Map(tools.map((tool) => [tool.id, tool.title]))
  const next = () => {
    const all = ids()
    const at = all.indexOf(editor.tools.get().get(name) ?? '')
    choose(all[(at + 1) % all.length] ?? MOVE_TOOL)
  }
  const hasSmart = () => !editor.isReadonly && ids().length > 0
  return [
    { ...make('tool:auto-detect', 'tools.nextSmart', 'M', next), isHidden: true, isEnabled: hasSmart },
    ...[...new Set(tools.filter((tool) => tool.isSmart).map((tool) => tool.id))].map((id) => ({
      ...make(SMART + id, `${titles.get(id) ?? ''}Smart`, '', () => choose(SMART + id)),
      isEnabled: () => !editor.isReadonly && ids().includes(SMART + id),
    })),
  ]
}

function zoomCommands({ scene, node }: ImageParts, make: Make): Command[] {
  const step = Number(node.attrs.zoomBy ?? 1.1) || 1.1
  return [
    make('tool:zoom-in', 'tools.zoomIn', 'ctrl+plus', () => scene().viewport.zoom(step), 'command+plus'),
    make('tool:zoom-out', 'tools.zoomOut', 'ctrl+minus', () => scene().viewport.zoom(1 / step), 'command+minus'),
    make('tool:zoom-to-fit', 'tools.fit', 'shift+1', () => scene().viewport.fit()),
    make('tool:zoom-to-actual', 'tools.actual', 'shift+2', () => scene().viewport.actualSize()),
  ]
}

const turnCommands = ({ scene }: ImageParts, make: Make): Command[] => [
  make('tool:rotate-left', 'tools.rotateLeft', 'alt+left', () => scene().viewport.turn(-90)),
  make('tool:rotate-right', 'tools.rotateRight', 'alt+right', () => scene().viewport.turn(90)),
]

function sizeCommands({ scene, sizes }: ImageParts, make: Make): Command[] {
  const change = (by: number) => {
    const part = scene().tool?.size ?? 'brush'
    sizes.update((all) => ({ ...all, [part]: Math.min(Math.max(all[part] + by, 1), MOST_BRUSH) }))
  }
  const isEnabled = () => scene().tool?.size !== undefined
  return [
    {
      ...make('tool:decrease-tool', 'tools.smaller', '[', () => change(-SIZE_STEP)),
      isHidden: true,
      isEnabled,
    },
    { ...make('tool:increase-tool', 'tools.larger', ']', () => change(SIZE_STEP)), isHidden: true, isEnabled },
  ]
}

const STEPS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const

/**
 * Arrow keys move the selected regions by pixels of the picture; while a drawing tool works and the picture has the focus
 * they move a pointer, Space presses it and Enter finishes.
 */
function keyCommands({ editor, scene }: ImageParts, make: Make): Command[] {
  const has = () => changeable(scene().stage).length > 0
  const takes = () => scene().takesKeys
  const steps = (Object.keys(STEPS) as (keyof typeof STEPS)[]).flatMap((direction): Command[] => {
    const [x, y] = STEPS[direction]
    const nudging = (id: string, title: string, hotkey: string, by: number): Command => ({
      ...make(id, title, hotkey, () =>
        takes() ? scene().keyboard.move(x, y, by > 1) : nudge(scene().stage, x * by, y * by),
      ),
      group: 'region',
      isEnabled: () => takes() || has(),
    })
    return [
      nudging(`region:nudge-${direction}`, `commands.nudge.${direction}`, direction, 1),
      nudging(`region:nudge-${direction}-far`, `commands.nudgeFar.${direction}`, `shift+${direction}`, 10),
      {
        ...make(`region:stretch-${direction}`, `tools.stretch.${direction}`, `ctrl+shift+${direction}`, () =>
          stretch(scene().stage, x, y),
        ),
        mac: `command+shift+${direction}`,
        group: 'region',
        isEnabled: () => !editor.isReadonly && has(),
      },
    ]
  })
  return [
    ...steps,
    { ...make('tool:press', 'tools.press', 'space', () => scene().keyboard.press()), isHidden: true, isEnabled: takes },
    {
      ...make('tool:finish', 'tools.finish', 'enter', () => scene().finishDrawing()),
      isHidden: true,
      isEnabled: takes,
    },
  ]
}

/** Picks a tool; a second pick of the same drawing tool goes back to moving. The move tool puts labels away. */
export function chooseTool(editor: Editor, object: string, tool: string): void {
  const now = editor.tools.get().get(object)
  const next = now === tool ? MOVE_TOOL : tool
  if (next === MOVE_TOOL) {
    const active = new Map(editor.activeLabels.get())
    for (const control of editor.controlsOf(object)) active.delete(control.name)
    editor.activeLabels.set(active)
  }
  editor.tools.update((tools) => new Map(tools).set(object, next))
}
