import { type AnswerRecord, answerId, type RegionRecord } from './document'
import type { Editor } from './editor'
import { newRegionId } from './ids'
import type { Json, JsonObject } from './json'
import { answerOf, isReadonly, withAnswer } from './region'
import type { Control } from './taskConfig'

/** Returns the region whose answer a per-region control shows, or `null`. */
export function answeredRegion(editor: Editor, control: Control): RegionRecord | null {
  const id = editor.selection.only()
  const region = id === null ? undefined : editor.store.region(id)
  return region && control.toName.includes(region.to) ? region : null
}

const pageFor = (editor: Editor, control: Control): number | null =>
  control.isPerItem ? editor.pageOf(control.toName[0] ?? '') : null

/** Returns what is answered now: for the object, the shown page, or the selected region. */
export function currentAnswer(editor: Editor, control: Control): Json | undefined {
  if (control.isPerRegion) {
    const region = answeredRegion(editor, control)
    return region ? answerOf(region, control) : undefined
  }
  return editor.store.get(answerId(control.name, pageFor(editor, control)))?.items[0]?.value?.[control.valueKey]
}

/** Tells whether an answer may be given now. */
export function canAnswer(editor: Editor, control: Control): boolean {
  if (editor.isReadonly) return false
  if (!control.isPerRegion) {
    return editor.store.get(answerId(control.name, pageFor(editor, control)))?.items[0]?.readonly !== true
  }
  const region = answeredRegion(editor, control)
  return region !== null && !isReadonly(region) && !editor.session.locked.get().has(region.id)
}

/** Gives an answer, as a step that can be undone; `undefined` takes it away. `meta` is added to what is kept beside it. */
export function setAnswer(editor: Editor, control: Control, answer: Json | undefined, meta?: JsonObject): void {
  if (!canAnswer(editor, control)) return
  const region = control.isPerRegion ? answeredRegion(editor, control) : null
  if (region) setRegionAnswer(editor, control, region, answer, meta)
  else if (!control.isPerRegion) setObjectAnswer(editor, control, answer, meta)
}

/** Gives the answer of a per-region control about `region`. */
export function setRegionAnswer(
  editor: Editor,
  control: Control,
  region: RegionRecord,
  answer: Json | undefined,
  meta?: JsonObject,
): void {
  if (editor.isReadonly || isReadonly(region)) return
  const value = answer === undefined ? undefined : { [control.valueKey]: answer }
  const answered = withAnswer(region, control, value, editor.geometryOf(region), editor.surroundingsOf(region.to))
  const next = meta && answer !== undefined ? withMeta(answered, control, meta) : answered
  editor.change('answer', [[region.id, region, next]])
}

function withMeta(region: RegionRecord, control: Control, meta: JsonObject): RegionRecord {
  const items = region.items.map((item) =>
    item.from_name === control.name ? { ...item, meta: { ...item.meta, ...meta } } : item,
  )
  return { ...region, items }
}

function setObjectAnswer(editor: Editor, control: Control, answer: Json | undefined, meta?: JsonObject): void {
  const itemIndex = pageFor(editor, control)
  const id = answerId(control.name, itemIndex)
  const before = editor.store.get(id) ?? null
  if (answer === undefined) {
    if (before) editor.change('answer', [[id, before, null]])
    return
  }
  const item = before?.items[0] ?? {
    id: newRegionId(),
    from_name: control.name,
    to_name: control.answersTo,
    type: control.type,
    ...(itemIndex === null ? {} : { item_index: itemIndex }),
  }
  const origin = item.origin === 'prediction' ? 'prediction-changed' : (item.origin ?? 'manual')
  const record: AnswerRecord = {
    kind: 'answer',
    id,
    seq: before?.seq ?? editor.store.nextSeq(),
    from: control.name,
    itemIndex,
    items: [
      {
        ...item,
        value: { ...item.value, [control.valueKey]: answer },
        origin,
        ...(meta ? { meta: { ...item.meta, ...meta } } : {}),
      },
    ],
  }
  editor.change('answer', [[id, before, record]])
}
