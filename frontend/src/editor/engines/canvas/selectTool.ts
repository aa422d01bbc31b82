import type { RecordId, RegionRecord } from '../../core/document'
import type { Mark } from '../../core/history'
import { clickRegion, isEditable, reshape, selectedRegions } from '../../core/regionActions'
import type { PointerInput, ToolState } from '../../core/tools'
import { shiftInside, wholePixels } from './affine'
import { transforming } from './groupTransform'
import { borderAt, handleAt, isOnFrame } from './handles'
import { canPick, movingPoints, pickAll, pickedOf, togglePoint } from './pickedPoints'
import { boundsOf, boxBetween, distance, intersects, type Point } from './plane'
import type { Handle } from './shape'
import type { Stage } from './stage'

type Input = PointerInput<Point>
type State = ToolState<Point>

const REACH = 5
const SLACK = 3

/**
 * Click selects, with Alt the next region below; drag moves, handles reshape, a press on a border that takes points adds
 * one; drag over empty space selects what the frame touches.
 */
export function selectTool(stage: Stage): State {
  const { editor, content } = stage
  const idle: State = {
    name: 'idle',
    pointerDown(input) {
      const grabbed = handleAt(stage, input.at)
      if (grabbed && grabbed.shown.kind !== 'one' && isOnFrame(grabbed.handle))
        return transforming(stage, idle, grabbed.shown, grabbed.handle)
      if (grabbed && grabbed.shown.kind !== 'several')
        return grabbing(stage, idle, grabbed.shown.region, grabbed.handle, input)
      const border = borderAt(stage, input.at, input)
      if (border && !input.ctrl) {
        const mark = editor.mark('add point')
        const { shape, handle, at } = border.grabbed
        reshape(editor, border.region.id, shape)
        return reshaping(stage, idle, border.region.id, { id: handle, at, cursor: 'move' }, mark)
      }
      const region = content.hit(input.at, REACH * stage.pixel())
      if (!region || !input.ctrl) stage.picked.set(null)
      return region ? pressed(stage, idle, region.id, input) : framing(stage, idle, input)
    },
  }
  return idle
}

/** A press on a handle: with Ctrl it picks a point, picked points move together, else the shape says what it means. */
function grabbing(stage: Stage, idle: State, region: RegionRecord, handle: Handle, input: Input): State {
  const { editor, content } = stage
  if (input.ctrl && handle.look === 'point' && canPick(stage, region)) {
    togglePoint(stage, region, handle.id)
    return idle
  }
  const isPicked = pickedOf(stage, region).has(handle.id) && !input.alt && !input.shift
  if (isPicked) return movingPoints(stage, idle, region, input.at)
  stage.picked.set(null)
  const options = content.optionsOf(region)
  const clicked = content.shapeOf(region).clickHandle?.(region.shape, handle.id, input, options)
  if (!clicked) return reshaping(stage, idle, region.id, handle, editor.mark('reshape'))
  editor.mark('reshape')
  reshape(editor, region.id, clicked)
  return idle
}

function reshaping(stage: Stage, idle: State, id: RecordId, handle: Handle, mark: Mark): State {
  const { editor, content } = stage
  const first = editor.store.region(id) as RegionRecord
  const options = content.optionsOf(first)
  const self: State = {
    name: 'reshaping',
    cursor: handle.cursor,
    pointerMove(input) {
      const shape = content.shapeOf(first).dragHandle(first.shape, handle.id, input.at, content.media, input, options)
      reshape(editor, id, shape)
      return self
    },
    pointerUp: () => idle,
    cancel: () => taken(stage, mark, idle),
  }
  return self
}

function pressed(stage: Stage, idle: State, id: RecordId, start: Input): State {
  const { editor, content } = stage
  const self: State = {
    name: 'pressed',
    pointerMove(input) {
      if (distance(start.at, input.at) < SLACK * stage.pixel()) return self
      if (!editor.selection.has(id)) editor.selection.select([id])
      const movable = selectedRegions(editor).filter(
        (region) => isEditable(editor, region) && content.region(region.id) !== null,
      )
      return movable.length === 0 ? idle : moving(stage, idle, movable, start.at)
    },
    pointerUp(input) {
      const region = editor.store.region(id)
      const picksAll = input.ctrl && editor.selection.only() === id && region && content.shapeOf(region).picksPoints
      if (input.alt && editor.linkingFrom.get() === null) selectBelow(stage, input.at)
      else if (picksAll && isEditable(editor, region)) pickAll(stage, region)
      else clickRegion(editor, id, input.ctrl ? 'toggle' : 'only')
      return idle
    },
    cancel: () => idle,
  }
  return self
}

/** Selects the next region at a point: below the selected one, from the lowest on the topmost again. */
export function selectBelow({ editor, content, pixel }: Stage, at: Point): boolean {
  const hits = content.hits(at, REACH * pixel())
  const now = hits.findIndex((region) => editor.selection.has(region.id))
  const next = hits[(now + 1) % hits.length]
  if (next) editor.selection.select([next.id])
  return next !== undefined
}

function moving(stage: Stage, idle: State, regions: readonly RegionRecord[], from: Point): State {
  const { editor, content } = stage
  const mark = editor.mark('move')
  const corners = regions.flatMap((region) => content.outline(region))
  const snaps = regions.some((region) => content.optionsOf(region).snapsToPixels)
  const self: State = {
    name: 'moving',
    cursor: 'move',
    pointerMove(input) {
      const wanted = { x: input.at.x - from.x, y: input.at.y - from.y }
      const [, , , , x, y] = shiftInside(corners, snaps ? wholePixels(wanted) : wanted, content.media)
      for (const region of regions)
        reshape(editor, region.id, content.shapeOf(region).moveBy(region.shape, { x, y }, content.media))
      return self
    },
    pointerUp: () => idle,
    cancel: () => taken(stage, mark, idle),
  }
  return self
}

function framing(stage: Stage, idle: State, start: Input): State {
  const { editor, content } = stage
  const before = start.ctrl ? [...editor.selection.get()] : []
  let end = start.at
  const leave = () => {
    stage.setMarquee(null)
    return idle
  }
  const self: State = {
    name: 'framing',
    pointerMove(input) {
      end = input.at
      stage.setMarquee([start.at, end])
      return self
    },
    pointerUp() {
      if (distance(start.at, end) < SLACK * stage.pixel()) editor.selection.select(before)
      else {
        const box = boxBetween(start.at, end)
        const touched = content.within(box).filter((id) => {
          const region = content.region(id)
          return region !== null && intersects(boundsOf(content.outline(region)), box)
        })
        editor.selection.select([...before, ...touched])
      }
      return leave()
    },
    cancel: leave,
  }
  return self
}

function taken({ editor }: Stage, mark: Mark, idle: State): State {
  editor.rollback(mark)
  return idle
}
