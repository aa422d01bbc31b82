import type { RegionRecord } from '../../core/document'
import { isEditable, reshape, selectedRegions } from '../../core/regionActions'
import { isIncomplete } from '../../core/validation'
import { shiftInside } from './affine'
import { mapPoints, pickedOf, placesOf } from './pickedPoints'
import { boundsOf } from './plane'
import type { Stage } from './stage'

/** Returns the selected regions that lie on this picture and can be changed. */
export const changeable = ({ editor, content }: Stage): RegionRecord[] =>
  selectedRegions(editor).filter((region) => content.region(region.id) !== null && isEditable(editor, region))

/** Moves the selected regions by pixels of the picture, as one step. */
export function nudge(stage: Stage, x: number, y: number): void {
  const { editor, content } = stage
  const regions = changeable(stage)
  const [only] = regions
  if (!only) return
  const picked = regions.length === 1 ? pickedOf(stage, only) : null
  if (picked && picked.size > 0) {
    editor.mark('nudge')
    mapPoints(stage, only, picked, shiftInside(placesOf(stage, only), { x, y }, content.media))
    return
  }
  const points = regions.flatMap((region) => content.outline(region))
  const [, , , , byX, byY] = shiftInside(points, { x, y }, content.media)
  editor.mark('nudge')
  for (const region of regions)
    reshape(editor, region.id, content.shapeOf(region).moveBy(region.shape, { x: byX, y: byY }, content.media))
}

/** Makes the selected regions wider and higher by pixels of the picture: the corner below to the right moves. */
export function stretch(stage: Stage, x: number, y: number): void {
  const { editor, content } = stage
  const { media } = content
  const mark = editor.mark('stretch')
  let isDone = false
  for (const region of changeable(stage)) {
    const { minX, minY, maxX, maxY } = boundsOf(content.outline(region))
    const share = (from: number, to: number, by: number, limit: number) =>
      to <= from ? 1 : Math.max(Math.min(to + by, Math.max(limit, to)) - from, 1) / (to - from)
    const [sx, sy] = [share(minX, maxX, x, media.width), share(minY, maxY, y, media.height)]
    const by = [sx, 0, 0, sy, minX * (1 - sx), minY * (1 - sy)] as const
    const shape = content.shapeOf(region).transform(region.shape, by, media)
    if (shape === null) continue
    reshape(editor, region.id, shape)
    isDone = true
  }
  if (!isDone) editor.rollback(mark)
}

/** Selects what was left unfinished, so that its tool goes on with it. */
export function resumeUnfinished({ editor, content }: Stage): void {
  if (editor.isReadonly || editor.selection.get().size > 0) return
  const open = editor.store.regions().find((region) => isIncomplete(editor, region) && content.region(region.id))
  if (open) editor.selection.select([open.id])
}
