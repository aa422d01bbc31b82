import type { RecordId, RegionRecord } from '../../../core/document'
import { makeRegion, regionColor, UNLABELED } from '../../../core/labeling'
import type { RegionCodec } from '../../../core/region'
import { isEditable, reshape } from '../../../core/regionActions'
import { likeness } from '../../../core/suggestions'
import type { Control } from '../../../core/taskConfig'
import type { PointerInput, ToolState } from '../../../core/tools'
import type { CanvasTool } from '../canvasTool'
import { beginDrawing } from '../drawing'
import type { Point } from '../plane'
import type { Stage } from '../stage'
import { emptyMask, type Mask, subtract, unite } from './runs'
import { strokeRuns } from './stroke'

type State = ToolState<Point>
type Input = PointerInput<Point>

/** How a family of masks is stored. */
export interface MaskFamily<S> {
  readonly codec: RegionCodec<S>
  /** Returns the shape of a painted mask. */
  readonly shapeOf: (mask: Mask) => S
}

/** A pen that is hardly pressed paints with a third of the diameter. */
const LEAST_PRESSURE = 1 / 3

/** Returns the selected region that painting goes on with. */
export function paintedRegion(stage: Stage, family: string, control: Control): RegionRecord | null {
  const { editor, content } = stage
  const id = editor.selection.only()
  const region = id === null ? null : content.region(id)
  if (region?.family !== family || !isEditable(editor, region)) return null
  return region.items.some((item) => item.from_name === control.name) ? region : null
}

/** Returns the region that would be made now. */
function nextRegion<S>(stage: Stage, control: Control, { codec, shapeOf }: MaskFamily<S>, mask: Mask, id: RecordId) {
  const { editor, content } = stage
  const shapeControl = control.isLabels ? null : control
  return makeRegion(editor, { id, object: content.object, codec, shape: shapeOf(mask), shapeControl })
}

/** Returns the color of the region that would be made now. */
export function nextColor<S>(stage: Stage, control: Control, family: MaskFamily<S>): string {
  const { width, height } = stage.content.media
  const region = nextRegion(stage, control, family, emptyMask(width, height), '')
  return region ? regionColor(stage.editor, region) : UNLABELED
}

/** Returns the prompt that painting goes on with: the last one, unless it says something else. */
function paintedPrompt<S>(stage: Stage, control: Control, family: MaskFamily<S>): RegionRecord | null {
  const last = stage.editor.suggestions.prompts.get().at(-1)
  if (last?.family !== family.codec.family) return null
  const { width, height } = stage.content.media
  const next = nextRegion(stage, control, family, emptyMask(width, height), last.id)
  return next && likeness(next) === likeness(last) ? last : null
}

/**
 * Puts a painted mask into the document as one step: into the region that is worked on, or as a new one, which is then
 * selected so that the next stroke goes on with it.
 */
export function keepMask<S>(
  stage: Stage,
  control: Control,
  family: MaskFamily<S>,
  target: RegionRecord | null,
  mask: Mask,
  tool: string,
): void {
  const { editor, content } = stage
  if (stage.prompts) {
    const region = nextRegion(stage, control, family, mask, target?.id ?? editor.newId())
    if (region) stage.prompts.join(region)
    return
  }
  if (target) {
    editor.mark('paint')
    reshape(editor, target.id, family.shapeOf(mask))
    return
  }
  const drawing = beginDrawing(stage, control, family.codec)
  if (!drawing.show(family.shapeOf(mask))) return
  drawing.finish()
  editor.tools.update((tools) => new Map(tools).set(content.object, tool))
  editor.selection.select([drawing.id])
}

/**
 * Paints or erases. While the pointer is down the mask is only shown; letting go makes one step of the stroke.
 *
 * idle → painting → idle.
 */
export function paintTool<S>(stage: Stage, control: Control, family: MaskFamily<S>, tool: CanvasTool): State {
  const { editor, content } = stage
  const isEraser = tool.size === 'eraser'
  const idle: State = {
    name: 'idle',
    cursor: 'none',
    pointerDown(input) {
      const target = stage.prompts
        ? paintedPrompt(stage, control, family)
        : paintedRegion(stage, family.codec.family, control)
      if (isEraser && !target) return idle
      const { width, height } = content.media
      const mask = target ? content.look(target).mask : emptyMask(width, height)
      if (!mask) {
        editor.tell('brush.reading', 'info')
        return idle
      }
      return painting(target, mask, input)
    },
  }
  const painting = (target: RegionRecord | null, before: Mask, first: Input): State => {
    const color = target ? regionColor(editor, target) : nextColor(stage, control, family)
    let [mask, last] = [before, first.at]
    const stroke = (input: Input) => {
      const diameter = stage.sizes.get()[isEraser ? 'eraser' : 'brush'] * stage.pixel()
      const press = input.kind === 'pen' ? LEAST_PRESSURE + (1 - LEAST_PRESSURE) * (input.pressure ?? 1) : 1
      const runs = strokeRuns(last, input.at, (diameter / 2) * press, content.media)
      mask = isEraser ? subtract(mask, runs) : unite(mask, runs)
      last = input.at
      stage.setPreview({ standsFor: target?.id ?? null, mask: { mask, color } })
    }
    const self: State = {
      name: 'painting',
      cursor: 'none',
      wantsAll: true,
      pointerMove(input) {
        stroke(input)
        return self
      },
      pointerUp() {
        stage.setPreview(null)
        if (mask.runs !== before.runs) keepMask(stage, control, family, target, mask, tool.id)
        return idle
      },
      cancel() {
        stage.setPreview(null)
        return idle
      },
    }
    stroke(first)
    return self
  }
  return idle
}

/** Returns the brush and the eraser of a family of masks; `erased` are tags whose masks can only be erased from. */
export function paintTools<S>(
  family: MaskFamily<S>,
  tags: readonly string[],
  erased: readonly string[] = [],
): CanvasTool[] {
  const isOwn = (region: RegionRecord) => region.family === family.codec.family
  const brush: CanvasTool = {
    id: 'tool:brush',
    title: 'tools.brush',
    hotkey: 'B',
    tags,
    size: 'brush',
    isSmart: true,
    goesOn: (_, region, isChosen) => isChosen && isOwn(region),
    create: (stage, control) => paintTool(stage, control, family, brush),
  }
  const eraser: CanvasTool = {
    id: 'tool:eraser',
    title: 'tools.eraser',
    hotkey: 'E',
    tags: [...tags, ...erased],
    size: 'eraser',
    needsRegion: true,
    goesOn: (_, region, isChosen) => isChosen && isOwn(region),
    create: (stage, control) => paintTool(stage, control, family, eraser),
  }
  return [brush, eraser]
}
