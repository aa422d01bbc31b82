import type { RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import { flag } from '../../core/labelConfig'
import { activeLabelsOf } from '../../core/labeling'
import { isEditable } from '../../core/regionActions'
import type { Control } from '../../core/taskConfig'
import type { ToolState } from '../../core/tools'
import type { Point } from './plane'
import type { Stage } from './stage'

/** A drawing tool of a tag family. */
export interface CanvasTool {
  /** Name in key maps. */
  readonly id: string
  readonly title: string
  readonly hotkey: string
  /** Tags that draw with it. */
  readonly tags: readonly string[]
  /** Works only on a region that is there, as the eraser. */
  readonly needsRegion?: boolean
  /** Which of the two diameters the tool has. */
  readonly size?: 'brush' | 'eraser'
  /** Shift belongs to the tool and does not drag the picture. */
  readonly usesShift?: boolean
  /** Whether what it draws may be a prompt for a model. */
  readonly isSmart?: boolean
  /** Tells whether the tool goes on with the selected region. */
  goesOn?(editor: Editor, region: RegionRecord, isChosen: boolean): boolean
  create(stage: Stage, control: Control): ToolState<Point>
}

export const MOVE_TOOL = 'tool:move'
export const PAN_TOOL = 'tool:pan-image'
/** Beginning of the names of tools that draw prompts for a model. */
export const SMART = 'smart:'

/** A tool together with the control it draws for. */
export interface ChosenTool {
  readonly tool: CanvasTool
  readonly control: Control
  /** Draws prompts for a model. */
  readonly isSmart?: boolean
}

/** Order of the buttons. */
const ORDER = ['rect', 'rect-3point', 'ellipse', 'polygon', 'vector', 'key-point', 'brush', 'eraser', 'magic-wand']

/** Returns tools as they stand in the tool bar. */
export const inOrder = (tools: readonly CanvasTool[]): CanvasTool[] => {
  const place = ({ id }: CanvasTool) =>
    (ORDER.indexOf(id.slice('tool:'.length)) + ORDER.length + 1) % (ORDER.length + 1)
  return [...tools].sort((a, b) => place(a) - place(b))
}

/** Returns the drawing tools that the controls of an object offer. */
export function offeredTools(editor: Editor, object: string, tools: readonly CanvasTool[]): ChosenTool[] {
  const controls = editor.controlsOf(object)
  return tools.flatMap((tool) => {
    const control = controls.find((candidate) => tool.tags.includes(candidate.tag) && !isSmartOnly(candidate, tools))
    return control ? [{ tool, control }] : []
  })
}

/** Returns the tools that draw prompts: those of smart controls, while a model is asked. */
export function smartTools(editor: Editor, object: string, tools: readonly CanvasTool[]): ChosenTool[] {
  const isOn = editor.suggestions.isOn.get()
  return pairs(editor, object, tools)
    .sort((a, b) => tools.indexOf(a.tool) - tools.indexOf(b.tool))
    .filter(
      ({ tool, control }) => tool.isSmart && (isSmartOnly(control, tools) || (isOn && flag(control.node, 'smart'))),
    )
    .filter(({ tool }, at, all) => all.findIndex((other) => other.tool.id === tool.id) === at)
    .map((pair) => ({ ...pair, isSmart: true }))
}

/** Without a smart variant the plain tool stays: else nothing could be drawn at all. */
const isSmartOnly = (control: Control, tools: readonly CanvasTool[]): boolean =>
  flag(control.node, 'smartOnly') && tools.some((tool) => tool.isSmart && tool.tags.includes(control.tag))

const pairs = (editor: Editor, object: string, tools: readonly CanvasTool[]): ChosenTool[] =>
  editor
    .controlsOf(object)
    .flatMap((control) => tools.filter((tool) => tool.tags.includes(control.tag)).map((tool) => ({ tool, control })))

/**
 * Returns the drawing tool that works now: one that goes on with the selected region, else that of an active label, else
 * the chosen one; `null` is the move tool.
 *
 * A control with labels of its own draws nothing new while none of them is active.
 */
export function workingTool(editor: Editor, object: string, tools: readonly CanvasTool[]): ChosenTool | null {
  if (editor.isReadonly) return null
  const chosen = editor.tools.get().get(object)
  if (chosen === PAN_TOOL) return null
  if (chosen?.startsWith(SMART)) return workingSmartTool(editor, object, tools, chosen.slice(SMART.length))
  const all = pairs(editor, object, tools).filter(({ control }) => !isSmartOnly(control, tools))
  const isActive = (control: Control) => activeLabelsOf(editor, control).length > 0
  const goingOn = chosen === MOVE_TOOL ? null : toolGoingOn(editor, object, all, chosen)
  if (goingOn) return goingOn
  const beginning = all.filter(({ tool }) => !tool.needsRegion)
  const labeled = beginning.filter(({ control }) => control.isLabels && isActive(control))
  if (labeled.length > 0) return labeled.find(({ tool }) => tool.id === chosen) ?? (labeled[0] as ChosenTool)
  const free = beginning.filter(({ control }) => !control.isLabels)
  const picked = free.find(({ tool }) => tool.id === chosen)
  if (picked) return picked
  const hasLabel = editor.controlsOf(object).some((control) => control.type === 'labels' && isActive(control))
  return hasLabel ? (free[0] ?? null) : null
}

function toolGoingOn(
  editor: Editor,
  object: string,
  all: readonly ChosenTool[],
  chosen: string | undefined,
): ChosenTool | null {
  const id = editor.selection.only()
  const region = id === null ? undefined : editor.store.region(id)
  if (!region || region.to !== object || !isEditable(editor, region)) return null
  const able = all.filter(
    ({ tool, control }) =>
      region.items.some((item) => item.from_name === control.name) &&
      tool.goesOn?.(editor, region, tool.id === chosen) === true,
  )
  return able.find(({ tool }) => tool.id === chosen) ?? able[0] ?? null
}

function workingSmartTool(editor: Editor, object: string, tools: readonly CanvasTool[], id: string): ChosenTool | null {
  const isActive = (control: Control) => activeLabelsOf(editor, control).length > 0
  const same = pairs(editor, object, tools).filter(
    ({ tool, control }) =>
      tool.id === id && (isSmartOnly(control, tools) || (editor.suggestions.isOn.get() && flag(control.node, 'smart'))),
  )
  const found = same.find(({ control }) => !control.isLabels || isActive(control))
  return found ? { ...found, isSmart: true } : null
}
