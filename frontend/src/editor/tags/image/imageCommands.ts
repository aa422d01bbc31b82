import type { Command } from '../../core/commands'
import type { Editor } from '../../core/editor'
import { flag } from '../../core/labelConfig'
import type { TagNode } from '../../core/taskConfig'
import { type CanvasTool, MOVE_TOOL, offeredTools, PAN_TOOL } from '../../engines/canvas/canvasTool'
import type { Scene } from '../../engines/canvas/scene'

/** Returns what can be done with one picture: tools, zoom, turning. */
export function imageCommands(editor: Editor, scene: Scene, node: TagNode, tools: readonly CanvasTool[]): Command[] {
  const name = node.attrs.name ?? ''
  const step = Number(node.attrs.zoomBy ?? 1.1) || 1.1
  const { viewport } = scene
  const command = (id: string, title: string, hotkey: string, run: () => void, mac?: string): Command => ({
    id,
    title,
    group: id.startsWith('tool:zoom') || id.includes('rotate') ? 'view' : 'tool',
    hotkey,
    mac,
    scope: name,
    isEnabled: () => true,
    run,
  })
  const zoom = flag(node, 'zoomControl') || flag(node, 'zoom')
  return [
    ...(flag(node, 'selectionControl')
      ? [command(MOVE_TOOL, 'tools.move', 'V', () => chooseTool(editor, name, MOVE_TOOL))]
      : []),
    ...offeredTools(editor, name, tools).map(({ tool }) => ({
      ...command(tool.id, tool.title, tool.hotkey, () => chooseTool(editor, name, tool.id)),
      isEnabled: () => !editor.isReadonly,
    })),
    command(PAN_TOOL, 'tools.pan', 'H', () => chooseTool(editor, name, PAN_TOOL)),
    ...(zoom
      ? [
          command('tool:zoom-in', 'tools.zoomIn', 'ctrl+plus', () => viewport.zoom(step), 'command+plus'),
          command('tool:zoom-out', 'tools.zoomOut', 'ctrl+minus', () => viewport.zoom(1 / step), 'command+minus'),
          command('tool:zoom-to-fit', 'tools.fit', 'shift+1', () => viewport.fit()),
          command('tool:zoom-to-actual', 'tools.actual', 'shift+2', () => viewport.actualSize()),
        ]
      : []),
    ...(flag(node, 'rotateControl')
      ? [
          command('tool:rotate-left', 'tools.rotateLeft', 'alt+left', () => viewport.turn(-90)),
          command('tool:rotate-right', 'tools.rotateRight', 'alt+right', () => viewport.turn(90)),
        ]
      : []),
    {
      ...command('tool:cancel', 'tools.cancel', 'escape', () => scene.cancelDrawing()),
      isHidden: true,
      isEnabled: () => scene.isDrawing,
    },
    {
      ...command('region:under-pointer', 'tools.underPointer', 'alt+,', () => scene.cycleUnderPointer()),
      group: 'region',
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
