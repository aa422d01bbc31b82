import type { RecordId, RegionRecord } from '../../core/document'
import { isEditable, reshape } from '../../core/regionActions'
import type { ToolState } from '../../core/tools'
import { shiftInside, wholePixels } from './affine'
import type { Matrix } from './camera'
import type { Point } from './plane'
import type { Handle } from './shape'
import type { Stage } from './stage'

/** Points of one region that are changed together. */
export interface PickedPoints {
  readonly region: RecordId
  readonly handles: ReadonlySet<string>
  /** How many points there were: with others, as after undo, the names mean something else. */
  readonly count: number
}

const NONE: ReadonlySet<string> = new Set()

const pointsOf = ({ content, pixel }: Stage, region: RegionRecord): Handle[] =>
  content
    .shapeOf(region)
    .handles(region.shape, content.media, content.optionsOf(region), pixel())
    .filter((handle) => handle.look === 'point')

/** Returns the names of a region's picked points. */
export function pickedOf(stage: Stage, region: RegionRecord): ReadonlySet<string> {
  const picked = stage.picked.get()
  return picked?.region === region.id && picked.count === pointsOf(stage, region).length ? picked.handles : NONE
}

/** Tells whether points of a region can be picked. */
export const canPick = ({ content }: Stage, region: RegionRecord): boolean =>
  content.shapeOf(region).transformPoints !== undefined

/** Picks a point beside the others, or lets it go. */
export function togglePoint(stage: Stage, region: RegionRecord, handle: string): void {
  const handles = new Set(pickedOf(stage, region))
  if (!handles.delete(handle)) handles.add(handle)
  stage.picked.set({ region: region.id, handles, count: pointsOf(stage, region).length })
}

/** Picks all points of a region. */
export function pickAll(stage: Stage, region: RegionRecord): void {
  const points = pointsOf(stage, region)
  stage.picked.set({ region: region.id, handles: new Set(points.map(({ id }) => id)), count: points.length })
}

/** Returns where the picked points of a region stand. */
export function placesOf(stage: Stage, region: RegionRecord): Point[] {
  const picked = pickedOf(stage, region)
  return pointsOf(stage, region).flatMap(({ id, at }) => (picked.has(id) ? [at] : []))
}

/** Maps points of a region as it was at first. */
export function mapPoints({ editor, content }: Stage, first: RegionRecord, handles: ReadonlySet<string>, by: Matrix) {
  const shape = content.shapeOf(first).transformPoints?.(first.shape, handles, by, content.media)
  if (shape !== undefined) reshape(editor, first.id, shape)
}

/** Returns the selected region whose points are picked, if it can be changed. */
export function regionOfPicked(stage: Stage): RegionRecord | null {
  const { editor, content } = stage
  const id = editor.selection.only()
  const region = id === null ? null : content.region(id)
  return region && isEditable(editor, region) && pickedOf(stage, region).size > 0 ? region : null
}

/** Deletes the picked points as one step; says so if the shape cannot do without them. */
export function deletePicked(stage: Stage): void {
  const { editor, content } = stage
  const region = regionOfPicked(stage)
  if (!region) return
  const type = content.shapeOf(region)
  const picked = pickedOf(stage, region)
  const input = { alt: true, shift: false, clicks: 1 }
  // From the end: names count the points before them.
  const handles = pointsOf(stage, region).filter(({ id }) => picked.has(id))
  const left = handles.reduceRight<unknown>(
    (shape, { id }) => shape && type.clickHandle?.(shape, id, input, content.optionsOf(region)),
    region.shape,
  )
  if (!left) {
    editor.tell('image.fewPoints', 'warning')
    return
  }
  stage.picked.set(null)
  editor.mark('delete points')
  reshape(editor, region.id, left)
}

/** Moves the picked points of a region. */
export function movingPoints(stage: Stage, idle: ToolState<Point>, region: RegionRecord, from: Point) {
  const { editor, content } = stage
  const mark = editor.mark('move')
  const snaps = content.optionsOf(region).snapsToPixels
  const [handles, places] = [pickedOf(stage, region), placesOf(stage, region)]
  const self: ToolState<Point> = {
    name: 'moving points',
    cursor: 'move',
    pointerMove({ at }) {
      const wanted = { x: at.x - from.x, y: at.y - from.y }
      mapPoints(stage, region, handles, shiftInside(places, snaps ? wholePixels(wanted) : wanted, content.media))
      return self
    },
    pointerUp: () => idle,
    cancel() {
      editor.rollback(mark)
      return idle
    },
  }
  return self
}
