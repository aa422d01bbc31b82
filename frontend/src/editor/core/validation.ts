import { answerId, type RecordId, type RegionRecord } from './document'
import type { Editor } from './editor'
import { isList, type Json } from './json'
import { flag } from './labelConfig'
import type { AnswerProblem } from './problems'
import { answerOf } from './region'
import type { Control } from './taskConfig'
import { appliesToRegion, isShown, isVisibleFor } from './visibility'

/** Why an annotation cannot be submitted: which control, and which region or page has no good answer. */
export interface SubmitProblem extends AnswerProblem {
  readonly control: Control
  readonly region: RecordId | null
  readonly page: number | null
}

/** Tells whether an answer says nothing. */
export const isEmptyAnswer = (answer: Json | undefined): boolean =>
  answer === undefined || answer === null || answer === '' || (isList(answer) && answer.length === 0)

/** Returns the first reason, in document order, why the open annotation cannot be submitted; `null` if there is none. */
export function findSubmitProblem(editor: Editor): SubmitProblem | null {
  for (const control of editor.config.controls.values()) {
    const problem = control.isRegion
      ? unfinishedProblem(editor, control)
      : editor.definition(control.tag)
        ? problemOf(editor, control)
        : null
    if (problem) return problem
  }
  return null
}

/** Tells whether a region is not drawn to its end. */
export const isIncomplete = (editor: Editor, region: RegionRecord): boolean =>
  editor.codec(region.family)?.isIncomplete?.(region.shape) === true

function unfinishedProblem(editor: Editor, control: Control): SubmitProblem | null {
  const all = editor.definition(control.tag)?.checkRegions?.(
    control,
    editor.store.regions().filter((region) => region.items.some((item) => item.from_name === control.name)),
  )
  if (all) return { ...all, control, region: null, page: null }
  if (!editor.definition(control.tag)?.codec?.isIncomplete) return null
  const region = editor.store
    .regions()
    .find((other) => isIncomplete(editor, other) && other.items[0]?.from_name === control.name)
  if (!region) return null
  return { key: 'validation.incomplete', values: { name: control.name }, control, region: region.id, page: null }
}

function problemOf(editor: Editor, control: Control): SubmitProblem | null {
  if (control.isPerRegion) return regionProblem(editor, control)
  if (!isShown(editor, control.node)) return null
  const pages = control.isPerItem ? Array.from({ length: pageCount(editor, control) }, (_, page) => page) : [null]
  for (const page of pages) {
    const answer = editor.store.get(answerId(control.name, page))?.items[0]?.value?.[control.valueKey]
    const problem = checkAnswer(editor, control, answer)
    if (problem) return { ...problem, control, region: null, page }
  }
  return null
}

function regionProblem(editor: Editor, control: Control): SubmitProblem | null {
  for (const region of editor.store.regions()) {
    if (!appliesToRegion(editor, control, region) || !isVisibleFor(editor, control.node, region)) continue
    const problem = checkAnswer(editor, control, answerOf(region, control))
    if (problem) return { ...problem, control, region: region.id, page: null }
  }
  return null
}

function checkAnswer(editor: Editor, control: Control, answer: Json | undefined): AnswerProblem | null {
  if (isEmptyAnswer(answer)) {
    if (!flag(control.node, 'required')) return null
    return { key: 'validation.required', message: control.node.attrs.requiredMessage, values: { name: control.name } }
  }
  return editor.definition(control.tag)?.check?.(control, answer as Json) ?? null
}

function pageCount(editor: Editor, control: Control): number {
  const data = editor.config.objects.get(control.toName[0] ?? '')?.node.data
  return isList(data) ? data.length : 1
}
