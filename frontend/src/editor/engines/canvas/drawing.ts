import type { RecordId, RegionRecord } from '../../core/document'
import type { JsonObject } from '../../core/json'
import { finishRegion, makeRegion } from '../../core/labeling'
import type { RegionCodec } from '../../core/region'
import type { Control } from '../../core/taskConfig'
import type { Stage } from './stage'

/** A region that is being drawn: puts it into the document, changes it, takes it back. */
export interface Drawing<S> {
  readonly id: RecordId
  /** Returns the region as it is now; `null` once it is taken back, as by undo. */
  region(): RegionRecord | null
  /** Shows the region as it is now; tells whether there is a region: without a label nothing may be drawn. */
  show(shape: S): boolean
  /** Keeps it; `facts` are written beside the value of a prompt. */
  finish(facts?: JsonObject): void
  /** Takes it back without a trace. */
  drop(): void
}

/** Begins to draw a region with the active labels, as a step of its own. */
export function beginDrawing<S>(stage: Stage, control: Control, codec: RegionCodec<S>): Drawing<S> {
  const { editor, content } = stage
  const id = editor.newId()
  const shapeControl = control.isLabels ? null : control
  if (stage.prompts) return beginPrompt(stage, control, codec, stage.prompts)
  const mark = editor.mark('draw')
  let drawn: RegionRecord | null = null
  return {
    id,
    region: () => editor.store.region(id) ?? null,
    show(shape) {
      const first = drawn ?? makeRegion(editor, { id, object: content.object, codec, shape, shapeControl })
      if (!first) return false
      const next = withGeometry(first, shape, codec)
      editor.dispatch([[id, drawn, next]])
      drawn = next
      return true
    },
    drop: () => editor.rollback(mark),
    finish() {
      if (drawn) finishRegion(editor, drawn)
    },
  }
}

function withGeometry<S>(region: RegionRecord, shape: S, codec: RegionCodec<S>): RegionRecord {
  const value = codec.encode(shape)
  return { ...region, shape, items: region.items.map((item) => ({ ...item, value: { ...item.value, ...value } })) }
}

/** A region that only tells a model where to look: it is shown but not put into the document. */
function beginPrompt<S>(
  stage: Stage,
  control: Control,
  codec: RegionCodec<S>,
  prompts: NonNullable<Stage['prompts']>,
): Drawing<S> {
  const { editor, content } = stage
  const id = editor.newId()
  const shapeControl = control.isLabels ? null : control
  let drawn: RegionRecord | null = null
  return {
    id,
    region: () => drawn,
    show(shape) {
      drawn = makeRegion(editor, { id, object: content.object, codec, shape, shapeControl })
      if (drawn) stage.setPreview({ standsFor: null, region: drawn })
      return drawn !== null
    },
    drop() {
      drawn = null
      stage.setPreview(null)
    },
    finish(facts = {}) {
      stage.setPreview(null)
      if (drawn) prompts.add({ ...drawn, items: drawn.items.map((item) => ({ ...item, ...facts })) })
    },
  }
}
