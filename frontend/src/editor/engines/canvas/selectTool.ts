import type { RecordId, RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import type { Mark } from '../../core/history'
import { clickRegion, isEditable, reshape, selectedRegions } from '../../core/regionActions'
import type { PointerInput, ToolState } from '../../core/tools'
import type { Content } from './content'
import { boundsOf, boxBetween, distance, intersects, type Point } from './plane'
import type { Handle } from './shape'

/** What a tool needs to know of the canvas it works on. */
export interface Stage {
  readonly editor: Editor
  readonly content: Content
  /** Media pixels per screen pixel. */
  readonly pixel: () => number
  readonly setMarquee: (marquee: readonly [Point, Point] | null) => void
}

type Input = PointerInput<Point>
type State = ToolState<Point>

const REACH = 5
const HANDLE_REACH = 9

/** Returns the handles that can be dragged now: those of the one selected region. */
export function shownHandles(stage: Stage): { region: RegionRecord; handles: readonly Handle[] } | null {
  const id = stage.editor.selection.only()
  const region = id === null ? null : stage.content.region(id)
  if (!region || !isEditable(stage.editor, region)) return null
  const { content } = stage
  const handles = content.shapeOf(region).handles(region.shape, content.media, content.optionsOf(region), stage.pixel())
  return { region, handles }
}

/** Returns the handle under a point. */
export function handleAt(stage: Stage, at: Point): { region: RegionRecord; handle: Handle } | null {
  const shown = shownHandles(stage)
  const reach = HANDLE_REACH * stage.pixel()
  const handle = shown?.handles.find((candidate) => distance(candidate.at, at) <= reach)
  return shown && handle ? { region: shown.region, handle } : null
}

/** Click selects, drag moves, handles reshape, drag over empty space selects what the frame touches. */
export function selectTool(stage: Stage): State {
  const idle: State = {
    name: 'idle',
    pointerDown(input) {
      const grabbed = handleAt(stage, input.at)
      if (grabbed) return reshaping(stage, idle, grabbed.region.id, grabbed.handle)
      const region = stage.content.hit(input.at, REACH * stage.pixel())
      return region ? pressed(stage, idle, region.id, input) : framing(stage, idle, input)
    },
  }
  return idle
}

function reshaping(stage: Stage, idle: State, id: RecordId, handle: Handle): State {
  const { editor, content } = stage
  const mark = editor.mark('reshape')
  const first = editor.store.region(id) as RegionRecord
  const self: State = {
    name: 'reshaping',
    cursor: handle.cursor,
    pointerMove(input) {
      const options = content.optionsOf(first)
      const shape = content.shapeOf(first).dragHandle(first.shape, handle.id, input.at, content.media, input, options)
      reshape(editor, id, shape)
      return self
    },
    pointerUp: () => idle,
    cancel: () => taken(editor, mark, idle),
  }
  return self
}

function pressed(stage: Stage, idle: State, id: RecordId, start: Input): State {
  const { editor } = stage
  const self: State = {
    name: 'pressed',
    pointerMove(input) {
      if (distance(start.at, input.at) < 3 * stage.pixel()) return self
      if (!editor.selection.has(id)) editor.selection.select([id])
      const movable = selectedRegions(editor).filter(
        (region) => isEditable(editor, region) && stage.content.region(region.id),
      )
      return movable.length === 0 ? idle : moving(stage, idle, movable, start.at)
    },
    pointerUp(input) {
      clickRegion(editor, id, input.ctrl ? 'toggle' : 'only')
      return idle
    },
    cancel: () => idle,
  }
  return self
}

function moving(stage: Stage, idle: State, regions: readonly RegionRecord[], from: Point): State {
  const { editor, content } = stage
  const mark = editor.mark('move')
  const self: State = {
    name: 'moving',
    cursor: 'move',
    pointerMove(input) {
      const by = { x: input.at.x - from.x, y: input.at.y - from.y }
      for (const region of regions)
        reshape(editor, region.id, content.shapeOf(region).moveBy(region.shape, by, content.media))
      return self
    },
    pointerUp: () => idle,
    cancel: () => taken(editor, mark, idle),
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
      if (distance(start.at, end) < 3 * stage.pixel()) editor.selection.select(before)
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

function taken(editor: Editor, mark: Mark, idle: State): State {
  editor.rollback(mark)
  return idle
}
