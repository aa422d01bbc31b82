import { regionColor } from '../../core/labeling'
import type { Control } from '../../core/taskConfig'
import type { PointerInput, ToolState } from '../../core/tools'
import type { CanvasTool } from '../../engines/canvas/canvasTool'
import { keepMask, type MaskFamily, nextColor, paintedRegion } from '../../engines/canvas/masks/paintTool'
import { emptyMask, type Mask, unite } from '../../engines/canvas/masks/runs'
import { Wand } from '../../engines/canvas/masks/wand'
import { distance, type Point } from '../../engines/canvas/plane'
import type { Stage } from '../../engines/canvas/stage'
import type { Brush } from './region'

type State = ToolState<Point>
type Input = PointerInput<Point>

/** Screen pixels of a drag that raise the tolerance by one. */
const PER_STEP = 2
const MOST = 255

const wands = new WeakMap<Stage['pixels'], Promise<Wand | null>>()

/** The picture is handed over once, when the tool is used first. */
function wandOf(stage: Stage): Promise<Wand | null> {
  const known = wands.get(stage.pixels)
  if (known) return known
  const made = stage.pixels().then((pixels) => {
    if (!pixels) return null
    const wand = new Wand(pixels)
    stage.onEnd(() => wand.destroy())
    return wand
  })
  wands.set(stage.pixels, made)
  return made
}

/**
 * A press fills the area of one color, a drag to the right raises the tolerance and to the left lowers it, letting go keeps
 * the area. With a region selected the area is added to it.
 *
 * idle → filling → idle.
 */
function create(stage: Stage, control: Control, family: MaskFamily<Brush>, tool: CanvasTool): State {
  const { editor, content } = stage
  const { attrs } = control.node
  const blur = Number(attrs.blurRadius ?? 5) || 0
  const base = Number(attrs.defaultThreshold ?? 15) || 0
  const idle: State = {
    name: 'idle',
    cursor: 'crosshair',
    pointerDown: (input) => filling(input),
  }
  const filling = (first: Input): State => {
    const target = paintedRegion(stage, 'brush', control)
    const before = target ? content.look(target).mask : null
    const color = target ? regionColor(editor, target) : nextColor(stage, control, family)
    const { width, height } = content.media
    let [threshold, asked, isOver] = [base, -1, false]
    const join = (mask: Mask): Mask => unite(before ?? emptyMask(width, height), mask.runs)
    const look = async (): Promise<void> => {
      const wand = await wandOf(stage)
      if (!wand) {
        editor.tell('wand.unreadable', 'warning')
        return
      }
      // One question at a time: while it is answered, only the newest tolerance is kept.
      while (!isOver && asked !== threshold) {
        asked = threshold
        const mask = await wand.find(first.at.x, first.at.y, threshold, 0)
        if (!isOver) stage.setPreview({ standsFor: target?.id ?? null, mask: { mask: join(mask), color } })
      }
    }
    let looking = look()
    const self: State = {
      name: 'filling',
      cursor: 'ew-resize',
      pointerMove(input) {
        const away = distance(first.at, input.at) / stage.pixel()
        const side = input.at.x >= first.at.x ? 1 : -1
        threshold = Math.min(Math.max(Math.round(base + (side * away) / PER_STEP), 0), MOST)
        if (asked !== threshold) looking = looking.then(look)
        return self
      },
      pointerUp() {
        isOver = true
        void keep()
        return idle
      },
      cancel() {
        isOver = true
        stage.setPreview(null)
        return idle
      },
    }
    const keep = async (): Promise<void> => {
      const wand = await wandOf(stage)
      const mask = await wand?.find(first.at.x, first.at.y, threshold, blur)
      stage.setPreview(null)
      if (!mask || mask.runs.length === 0 || editor.isReadonly) return
      const current = target && editor.store.region(target.id) === target ? target : null
      if (target && !current) return
      keepMask(stage, control, family, current, join(mask), tool.id)
    }
    return self
  }
  return idle
}

/** Returns the magic wand. */
export function wandTool(family: MaskFamily<Brush>): CanvasTool {
  const tool: CanvasTool = {
    id: 'tool:magic-wand',
    title: 'tools.wand',
    hotkey: 'W',
    tags: ['MagicWand'],
    goesOn: (_, region, isChosen) => isChosen && region.family === 'brush',
    create: (stage, control) => create(stage, control, family, tool),
  }
  return tool
}
