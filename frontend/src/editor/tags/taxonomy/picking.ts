import { canAnswer, currentAnswer, setAnswer } from '../../core/answers'
import type { Editor } from '../../core/editor'
import { isList, type Json, stringsOf } from '../../core/json'
import { activeLabelsOf, labelOfPath, labelPath, relabeled } from '../../core/labeling'
import type { AnswerProblem } from '../../core/problems'
import { answerOf, withAnswer } from '../../core/region'
import { isEditable } from '../../core/regionActions'
import type { Control } from '../../core/taskConfig'
import { keyOf } from './tree'

export type Paths = readonly (readonly string[])[]

/** Reads the paths in an answer; a bare text is a path of one step. */
export const pathsIn = (answer: Json | undefined): string[][] =>
  isList(answer)
    ? answer.map((entry) => (typeof entry === 'string' ? [entry] : stringsOf(entry))).filter((path) => path.length > 0)
    : []

/** Returns what is picked: for the object, for the selected region, or for the next region. */
export function pickedPaths(editor: Editor, control: Control): Paths {
  if (!control.isLabels) return pathsIn(currentAnswer(editor, control))
  const [region] = relabeled(editor, control)
  if (region) return pathsIn(answerOf(region, control))
  return activeLabelsOf(editor, control).map((label) => labelPath(control, label))
}

/** Tells whether items may be picked now. */
export function mayPick(editor: Editor, control: Control): boolean {
  if (!control.isLabels) return canAnswer(editor, control)
  return !editor.isReadonly && relabeled(editor, control).every((region) => isEditable(editor, region))
}

/** Returns how many items may be picked. */
export const mostPicks = (control: Control): number => {
  const most = Number(control.node.attrs.maxUsages ?? Number.NaN)
  return most >= 0 ? most : Number.POSITIVE_INFINITY
}

/** Picks an item, or takes it back; tells of a limit that is reached. */
export function togglePath(editor: Editor, control: Control, path: readonly string[]): void {
  const before = pickedPaths(editor, control)
  const rest = before.filter((other) => keyOf(other) !== keyOf(path))
  if (rest.length === before.length && before.length >= mostPicks(control)) {
    editor.tell('taxonomy.full', 'warning', { count: mostPicks(control) })
    return
  }
  give(editor, control, rest.length === before.length ? [...before, path] : rest)
}

function give(editor: Editor, control: Control, paths: Paths): void {
  if (!mayPick(editor, control)) return
  if (!control.isLabels) {
    setAnswer(editor, control, paths.length === 0 ? undefined : paths)
    return
  }
  const regions = relabeled(editor, control)
  if (regions.length === 0) {
    const active = new Map(editor.activeLabels.get())
    if (paths.length === 0) active.delete(control.name)
    else active.set(control.name, paths.map(labelOfPath))
    editor.activeLabels.set(active)
    return
  }
  // A region keeps the last of its labels.
  if (paths.length === 0) return
  editor.change(
    'relabel',
    regions.map((region) => [
      region.id,
      region,
      withAnswer(region, control, { taxonomy: paths }, editor.geometryOf(region), editor.surroundingsOf(region.to)),
    ]),
  )
}

/** Returns what is wrong with an answer: too many items. */
export function checkPaths(control: Control, answer: Json): AnswerProblem | null {
  const isMany = pathsIn(answer).length > mostPicks(control)
  return isMany ? { key: 'taxonomy.tooMany', values: { name: control.name, count: mostPicks(control) } } : null
}
