import type { Editor } from '../../core/editor'
import { activeLabelsOf } from '../../core/labeling'
import type { Control } from '../../core/taskConfig'
import type { ToolState } from '../../core/tools'
import type { Point } from './plane'
import type { Stage } from './selectTool'

/** A drawing tool of a tag family. */
export interface CanvasTool {
  /** Name in key maps. */
  readonly id: string
  readonly title: string
  readonly hotkey: string
  readonly icon: string
  /** Tags that draw with it. */
  readonly tags: readonly string[]
  create(stage: Stage, control: Control): ToolState<Point>
}

export const MOVE_TOOL = 'tool:move'
export const PAN_TOOL = 'tool:pan-image'

/** A tool together with the control it draws for. */
export interface ChosenTool {
  readonly tool: CanvasTool
  readonly control: Control
}

/** Returns the drawing tools that the controls of an object offer. */
export function offeredTools(editor: Editor, object: string, tools: readonly CanvasTool[]): ChosenTool[] {
  const controls = editor.controlsOf(object)
  return tools.flatMap((tool) => {
    const control = controls.find((candidate) => tool.tags.includes(candidate.tag))
    return control ? [{ tool, control }] : []
  })
}

/**
 * Returns the drawing tool that works now: that of an active label, else the chosen one; `null` is the move tool.
 *
 * A control with labels of its own draws nothing while none of them is active.
 */
export function workingTool(editor: Editor, object: string, tools: readonly CanvasTool[]): ChosenTool | null {
  if (editor.isReadonly) return null
  const chosen = editor.tools.get().get(object)
  if (chosen === PAN_TOOL) return null
  const isActive = (control: Control) => activeLabelsOf(editor, control).length > 0
  const all = editor
    .controlsOf(object)
    .flatMap((control) => tools.filter((tool) => tool.tags.includes(control.tag)).map((tool) => ({ tool, control })))
  const labeled = all.filter(({ control }) => control.isLabels && isActive(control))
  if (labeled.length > 0) return labeled.find(({ tool }) => tool.id === chosen) ?? (labeled[0] as ChosenTool)
  const free = all.filter(({ control }) => !control.isLabels)
  const picked = free.find(({ tool }) => tool.id === chosen)
  if (picked) return picked
  const hasLabel = editor.controlsOf(object).some((control) => control.type === 'labels' && isActive(control))
  return hasLabel ? (free[0] ?? null) : null
}
