import { answerId, type RegionRecord, type ResultItem } from './document'
import type { Editor } from './editor'
import { isList, isObject, type Json } from './json'
import { splitNames } from './labelConfig'
import { type Control, findWord, type TagNode, upward } from './taskConfig'

const CHOICE_TAGS = new Set(['Choices', 'Taxonomy'])

/** Tells whether a tag is shown now: its own condition and those of all tags around it hold. */
export const isShown = (editor: Editor, node: TagNode): boolean => isVisibleFor(editor, node, selectedRegion(editor))

/** Tells whether a tag is shown while `region` is the selected one. */
export function isVisibleFor(editor: Editor, node: TagNode, region: RegionRecord | null): boolean {
  for (const tag of upward(node)) if (!ownConditionHolds(editor, tag, region)) return false
  return true
}

/** Tells whether a result of this control is left out because the answers hide the control. */
export function isLeftOut(editor: Editor, control: Control): boolean {
  for (const tag of upward(control.node)) if (!choiceConditionHolds(editor, tag)) return true
  return false
}

/** Tells whether a per-region control asks about this region at all. */
export function appliesToRegion(editor: Editor, control: Control, region: RegionRecord): boolean {
  if (!control.toName.includes(region.to)) return false
  return hasLabel(editor, region.items, splitNames(control.node.attrs.whenLabelValue))
}

function selectedRegion(editor: Editor): RegionRecord | null {
  const id = editor.selection.only()
  return id === null ? null : (editor.store.region(id) ?? null)
}

function ownConditionHolds(editor: Editor, node: TagNode, region: RegionRecord | null): boolean {
  const control = editor.config.controls.get(node.attrs.name ?? '') ?? null
  if (control?.node === node && control.isPerRegion && !(region && appliesToRegion(editor, control, region)))
    return false
  if (node.attrs.visibleWhen === 'no-region-selected') return region === null
  if (node.attrs.visibleWhen === 'region-selected') return region !== null && regionFits(editor, node, region)
  return choiceConditionHolds(editor, node)
}

function regionFits(editor: Editor, node: TagNode, region: RegionRecord): boolean {
  const tagName = node.attrs.whenTagName
  if (tagName) {
    const labeler = editor.config.controls.get(tagName)
    const isLabeler = labeler !== undefined && region.items.some((item) => item.from_name === tagName)
    // LS documents the name of the object here; the name of the labels control is what works.
    if (!isLabeler && region.to !== tagName) return false
  }
  const labeled = tagName ? region.items.filter((item) => item.from_name === tagName) : region.items
  const items = labeled.length > 0 ? labeled : region.items
  return hasLabel(editor, items, splitNames(node.attrs.whenLabelValue)) && hasRole(region, node.attrs.whenRole)
}

/** Tells whether a message is in one of the roles of a comma list. */
function hasRole(region: RegionRecord, roles: string | undefined): boolean {
  if (!roles) return true
  return region.items.some(({ value }) => {
    const role = isObject(value?.chatmessage) ? value.chatmessage.role : undefined
    return typeof role === 'string' && splitNames(roles).includes(role)
  })
}

/** Labels are named by what results store, or by what is shown. */
function hasLabel(editor: Editor, items: readonly ResultItem[], wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true
  return items.some((item) => {
    const control = editor.config.controls.get(item.from_name ?? '')
    if (control && !control.isRegion) return false
    return labelsOfItem(item).some(
      (label) => wanted.includes(label) || wanted.includes((control && findWord(control, label)?.shown) ?? label),
    )
  })
}

const labelsOfItem = (item: ResultItem): string[] => {
  const key = item.type ?? ''
  const labels = item.value?.[key] ?? item.value?.labels
  return isList(labels) ? labels.flat().filter((label): label is string => typeof label === 'string') : []
}

function choiceConditionHolds(editor: Editor, node: TagNode): boolean {
  const { visibleWhen, whenChoiceValue, whenTagName } = node.attrs
  if (visibleWhen === 'choice-selected') return isChosen(editor, whenTagName, splitNames(whenChoiceValue))
  if (visibleWhen === 'choice-unselected') return !isChosen(editor, whenTagName, splitNames(whenChoiceValue))
  const isCondition = !visibleWhen && whenChoiceValue && node.attrs.perRegion !== 'true'
  return isCondition ? isChosen(editor, undefined, splitNames(whenChoiceValue)) : true
}

/** Tells whether a choice is made: in the named control (which must be shown itself), or in any Choices. */
function isChosen(editor: Editor, tagName: string | undefined, wanted: readonly string[]): boolean {
  const controls = tagName
    ? [editor.config.controls.get(tagName)]
    : [...editor.config.controls.values()].filter((control) => control.tag === 'Choices')
  return controls.some((control) => {
    if (!control || !CHOICE_TAGS.has(control.tag) || isLeftOut(editor, control)) return false
    const chosen = chosenWords(editor, control)
    if (wanted.length === 0) return chosen.length > 0
    return chosen.some((word) => wanted.includes(word) || wanted.includes(findWord(control, word)?.shown ?? word))
  })
}

function chosenWords(editor: Editor, control: Control): string[] {
  const answers: (Json | undefined)[] = control.isPerRegion
    ? editor.store.regions().map((region) => answerInRegion(editor, control, region))
    : [editor.store.get(answerId(control.name))?.items[0]?.value?.[control.valueKey]]
  return answers.flatMap((answer) => (isList(answer) ? answer.flatMap(lastWord) : []))
}

/** A per-region choice counts only while its region is the selected one. */
function answerInRegion(editor: Editor, control: Control, region: RegionRecord): Json | undefined {
  if (editor.selection.only() !== region.id) return undefined
  return region.items.find((item) => item.from_name === control.name)?.value?.[control.valueKey]
}

const lastWord = (entry: Json): string[] => {
  if (typeof entry === 'string') return [entry]
  const last = isList(entry) ? entry[entry.length - 1] : undefined
  return typeof last === 'string' ? [last] : []
}
