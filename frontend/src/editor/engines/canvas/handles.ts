import type { RegionRecord } from '../../core/document'
import { isEditable, selectedRegions } from '../../core/regionActions'
import { turnAbout } from './affine'
import { pickedOf, placesOf } from './pickedPoints'
import { type Box, boundsOf, distance, type Point } from './plane'
import type { DragInput, Grabbed, Handle } from './shape'
import type { Stage } from './stage'

const HANDLE_REACH = 9
const BORDER_REACH = 6
const ROTATION_GAP = 24
/** The frame around points leaves room for the points themselves. */
const POINTS_GAP = 14
/** More regions than this are moved together, but have no frame of handles. */
const MOST_IN_FRAME = 500

/** Handles of the one selected region, or of a frame around several regions or several points of one. */
export type Shown =
  | { readonly kind: 'one'; readonly region: RegionRecord; readonly handles: readonly Handle[] }
  | {
      readonly kind: 'several'
      readonly regions: readonly RegionRecord[]
      readonly box: Box
      readonly handles: readonly Handle[]
    }
  | {
      readonly kind: 'points'
      readonly region: RegionRecord
      readonly box: Box
      readonly handles: readonly Handle[]
      /** The points of the region itself. */
      readonly own: readonly Handle[]
    }

/** Returns the handles that can be dragged now. */
export function shownHandles(stage: Stage): Shown | null {
  const { editor, content } = stage
  const count = editor.selection.get().size
  if (count === 0 || count > MOST_IN_FRAME) return null
  const regions = selectedRegions(editor).filter(
    (region) => isEditable(editor, region) && content.region(region.id) !== null,
  )
  const [region] = regions
  if (!region || regions.length < count) return null
  if (count > 1) return frameAround(stage, regions)
  const options = content.optionsOf(region)
  const picked = pickedOf(stage, region)
  const own = content
    .shapeOf(region)
    .handles(region.shape, content.media, options, stage.pixel())
    .map((handle) => (picked.has(handle.id) ? { ...handle, isActive: true } : handle))
  if (picked.size < 2) return { kind: 'one', region, handles: own }
  const box = grown(boundsOf(placesOf(stage, region)), POINTS_GAP * stage.pixel())
  return { kind: 'points', region, box, own, handles: [...own, ...frameHandles(stage, box, true)] }
}

/** Tells whether a handle belongs to a frame. */
export const isOnFrame = ({ id }: Handle): boolean => id === 'rotate' || /^[nesw]{1,2}$/.test(id)

const grown = ({ minX, minY, maxX, maxY }: Box, by: number): Box => ({
  minX: minX - by,
  minY: minY - by,
  maxX: maxX + by,
  maxY: maxY + by,
})

function frameAround(stage: Stage, regions: readonly RegionRecord[]): Shown | null {
  const { content } = stage
  const isRigid = (region: RegionRecord) =>
    content.shapeOf(region).transform(region.shape, turnAbout({ x: 0, y: 0 }, 0), content.media) === null
  if (regions.some(isRigid)) return null
  const box = boundsOf(regions.flatMap((region) => content.outline(region)))
  const canTurn = regions.every((region) => content.optionsOf(region).canRotate)
  return { kind: 'several', regions, box, handles: frameHandles(stage, box, canTurn) }
}

function frameHandles(stage: Stage, box: Box, canTurn: boolean): Handle[] {
  const at = (x: number, y: number): Point => ({
    x: box.minX + (box.maxX - box.minX) * x,
    y: box.minY + (box.maxY - box.minY) * y,
  })
  const corners = [
    ['nw', 0, 0, 'nwse-resize'],
    ['ne', 1, 0, 'nesw-resize'],
    ['se', 1, 1, 'nwse-resize'],
    ['sw', 0, 1, 'nesw-resize'],
    ['n', 0.5, 0, 'ns-resize'],
    ['e', 1, 0.5, 'ew-resize'],
    ['s', 0.5, 1, 'ns-resize'],
    ['w', 0, 0.5, 'ew-resize'],
  ] as const
  const handles = corners.map(([id, x, y, cursor]): Handle => ({ id, at: at(x, y), cursor }))
  const top = at(0.5, 0)
  const turner: Handle = {
    id: 'rotate',
    at: { x: top.x, y: top.y - ROTATION_GAP * stage.pixel() },
    cursor: 'grab',
    look: 'turn',
    tiedTo: top,
  }
  return canTurn ? [turner, ...handles] : handles
}

/** Returns the handle under a point. */
export function handleAt(stage: Stage, at: Point): { shown: Shown; handle: Handle } | null {
  const shown = shownHandles(stage)
  const reach = HANDLE_REACH * stage.pixel()
  let nearest: Handle | null = null
  for (const handle of shown?.handles ?? []) {
    const away = distance(handle.at, at)
    if (away <= reach && (!nearest || away < distance(nearest.at, at))) nearest = handle
  }
  return shown && nearest ? { shown, handle: nearest } : null
}

/** Returns what a press on the border of the selected region would make. */
export function borderAt(
  stage: Stage,
  at: Point,
  input: DragInput,
): { region: RegionRecord; grabbed: Grabbed<unknown> } | null {
  const { editor, content } = stage
  const id = editor.selection.only()
  const region = id === null ? null : content.region(id)
  if (!region || !isEditable(editor, region)) return null
  const reach = BORDER_REACH * stage.pixel()
  const options = content.optionsOf(region)
  const grabbed = content.shapeOf(region).grabBorder?.(region.shape, at, reach, content.media, input, options)
  return grabbed ? { region, grabbed } : null
}
