import { colorFromText } from './color'
import { OPAQUE, type RecordId, type RegionRecord, type ResultItem } from './document'
import type { Editor } from './editor'
import type { Json } from './json'
import { flag } from './labelConfig'
import { isReadonly, labelsFrom, labelsIn, type RegionCodec, withLabels } from './region'
import { type Control, findWord, type Word } from './taskConfig'
import type { Change } from './transaction'

/** The pseudo-label that makes regions without labels. */
export const BLANK = ''

/** Returns the labels of a control that the next region gets. */
export const activeLabelsOf = (editor: Editor, control: Control): readonly string[] =>
  editor.activeLabels.get().get(control.name) ?? []

/** Tells whether labels of this control fit a region. */
export function fitsRegion(control: Control, region: RegionRecord): boolean {
  if (!control.isLabels || !control.toName.includes(region.to)) return false
  if (control.type === 'labels' || control.tag === 'Taxonomy') return region.family !== OPAQUE
  return control.type === `${region.family}labels`
}

/** Returns the regions that a click on a label of this control would relabel. */
export function relabeled(editor: Editor, control: Control): RegionRecord[] {
  return [...editor.selection.get()].flatMap((id) => {
    const region = editor.store.region(id)
    return region && fitsRegion(control, region) ? [region] : []
  })
}

/** Returns the labels shown as chosen: those of the selected regions, else those for the next region. */
export function shownLabels(editor: Editor, control: Control): readonly string[] {
  const regions = relabeled(editor, control)
  if (regions.length === 0) return activeLabelsOf(editor, control)
  return [...new Set(regions.flatMap((region) => labelsFrom(region, control)))]
}

/** Does what a click on a label does: relabels the selected regions, else makes the label ready for the next region. */
export function clickLabel(editor: Editor, control: Control, word: string): void {
  if (editor.isReadonly) return
  const regions = relabeled(editor, control)
  if (regions.length > 0) relabel(editor, control, regions, word)
  else if (editor.selection.get().size === 0 || !selectionIsFixed(editor)) toggleActive(editor, control, word)
}

const selectionIsFixed = (editor: Editor): boolean =>
  [...editor.selection.get()].some((id) => {
    const region = editor.store.region(id)
    return region !== undefined && (isReadonly(region) || region.family === OPAQUE)
  })

function relabel(editor: Editor, control: Control, regions: readonly RegionRecord[], word: string): void {
  const changes = regions.flatMap((region): Change[] => {
    if (isReadonly(region) || editor.session.locked.get().has(region.id)) return []
    const before = labelsFrom(region, control)
    const after = nextLabels(control, before, word)
    const same = after.length === before.length && after.every((label, at) => label === before[at])
    const isBlankAllowed = flag(control.node, 'allowEmpty') || region.items.some((item) => item.type === region.family)
    if (same || (after.length === 0 && !isBlankAllowed)) return []
    const geometry = editor.geometryOf(region)
    return [[region.id, region, withLabels(region, control, after, geometry, editor.surroundingsOf(region.to))]]
  })
  if (changes.length > 0 && allowsUse(editor, control, word, changes.length)) editor.change('relabel', changes)
}

function nextLabels(control: Control, before: readonly string[], word: string): string[] {
  if (word === BLANK) return []
  const has = before.includes(word)
  if (control.node.attrs.choice === 'multiple')
    return has ? before.filter((label) => label !== word) : [...before, word]
  return has && before.length === 1 ? [] : [word]
}

function toggleActive(editor: Editor, control: Control, word: string): void {
  const before = activeLabelsOf(editor, control)
  const isOn = before.includes(word)
  if (!isOn && !allowsUse(editor, control, word, 1)) return
  const next = new Map(editor.activeLabels.get())
  const isMultiple = control.node.attrs.choice === 'multiple' && word !== BLANK
  const others = isMultiple ? before.filter((label) => label !== word && label !== BLANK) : []
  const after = isOn ? others : [...others, word]
  if (after.length > 0) next.set(control.name, after)
  else next.delete(control.name)
  if (!isOn) dropRivals(editor, control, next)
  editor.activeLabels.set(next)
}

/** Labels that belong to another tool cannot be active at the same time. */
function dropRivals(editor: Editor, control: Control, active: Map<string, readonly string[]>): void {
  for (const name of [...active.keys()]) {
    const other = editor.config.controls.get(name)
    if (!other || other === control) continue
    const sameObject = other.toName.some((object) => control.toName.includes(object))
    const isPartner = other.type === 'labels' || control.type === 'labels' || other.type === control.type
    if (!sameObject || !isPartner) active.delete(name)
  }
}

/** Returns how often a label is used in the open annotation. */
export function usesOf(editor: Editor, control: Control, word: string): number {
  return editor.store.regions().filter((region) => labelsFrom(region, control).includes(word)).length
}

function allowsUse(editor: Editor, control: Control, word: string, more: number): boolean {
  const limit = Number(findWord(control, word)?.node.attrs.maxUsages || control.node.attrs.maxUsages || Number.NaN)
  if (!(limit >= 0) || word === BLANK || usesOf(editor, control, word) + more <= limit) return true
  editor.tell('labels.maxUsages', 'warning', { label: word, count: limit })
  return false
}

/** Returns the controls whose active labels the next region of `family` on `object` gets. */
export function labelersFor(editor: Editor, object: string, family: string): Control[] {
  return editor.controlsOf(object).filter((control) => {
    const fits = control.type === 'labels' || control.tag === 'Taxonomy' || control.type === `${family}labels`
    return control.isLabels && fits && activeLabelsOf(editor, control).length > 0
  })
}

export interface NewRegion<S> {
  readonly id: RecordId
  readonly object: string
  readonly codec: RegionCodec<S>
  readonly shape: S
  /** The tag of a tool without labels, as Rectangle. */
  readonly shapeControl?: Control | null
}

/** Returns a region with the active labels, not yet in the document; `null` if nothing would be stored. */
export function makeRegion<S>(
  editor: Editor,
  { id, object, codec, shape, shapeControl }: NewRegion<S>,
): RegionRecord | null {
  const labelers = labelersFor(editor, object, codec.family)
  const value = codec.encode(shape)
  const page = editor.config.objects.get(object)?.node.attrs.valueList ? { item_index: editor.pageOf(object) } : {}
  const item = (control: Control, own: Record<string, readonly Json[]>): ResultItem => ({
    ...editor.surroundingsOf(object),
    id,
    from_name: control.name,
    to_name: object,
    type: control.type,
    value: { ...value, ...own },
    ...page,
    origin: 'manual',
  })
  const items = labelers.map((control) => {
    const labels = activeLabelsOf(editor, control).filter((label) => label !== BLANK)
    const stored = control.tag === 'Taxonomy' ? labels.map((label) => labelPath(control, label)) : labels
    return item(control, { [control.valueKey]: stored })
  })
  if (shapeControl) items.unshift(item(shapeControl, {}))
  if (items.length === 0) return null
  return { kind: 'region', id, seq: editor.store.nextSeq(), to: object, family: codec.family, shape, items }
}

/** Adds a region to the step begun last and does what follows a creation: labels go off, the region may be selected. */
export function finishRegion(editor: Editor, region: RegionRecord): void {
  const settings = editor.settings.get()
  if (!settings.keepLabelSelected) editor.activeLabels.set(new Map())
  if (settings.selectAfterCreate) editor.selection.select([region.id])
}

/** Returns the color of a label. */
export function colorOf(word: Word | undefined, text: string): string {
  return word?.node.attrs.background || colorFromText(text)
}

const colors = new WeakMap<RegionRecord, string>()
export const UNLABELED = '#8b93a1'

/** Returns the color in which a region is drawn: that of its first label. */
export function regionColor(editor: Editor, region: RegionRecord): string {
  const known = colors.get(region)
  if (known) return known
  const color = findRegionColor(editor, region)
  colors.set(region, color)
  return color
}

function findRegionColor(editor: Editor, region: RegionRecord): string {
  for (const item of region.items) {
    const control = editor.config.controls.get(item.from_name ?? '')
    const label = control?.isLabels ? labelsFrom(region, control)[0] : undefined
    if (control && label !== undefined) {
      const word = labelWord(control, label)
      if (control.tag === 'Taxonomy') return word?.node.attrs.color || colorFromText(label)
      return word ? colorOf(word, word.shown) : UNLABELED
    }
  }
  const shape = editor.config.controls.get(region.items[0]?.from_name ?? '')
  const standard = shape?.node.spec?.attrs.strokeColor?.default
  return shape?.node.attrs.strokeColor || (typeof standard === 'string' ? standard : UNLABELED)
}

/** Returns the labels of a region as the interface shows them: aliases are what results store. */
export const labelNames = (editor: Editor, region: RegionRecord): string[] =>
  region.items.flatMap((item) => {
    const control = editor.config.controls.get(item.from_name ?? '')
    const isLabeled = control ? control.isLabels || item.type === 'videorectangle' : /labels$/.test(item.type ?? '')
    if (!isLabeled) return []
    return labelsIn(item).map((label) => (control && labelWord(control, label)?.shown) || lastPart(item, label))
  })

/** Items of a tree label regions by the whole path to them. */
const labelWord = (control: Control, label: string): Word | undefined =>
  control.tag === 'Taxonomy' ? control.words.find((word) => labelOfPath(word.path) === label) : findWord(control, label)

const lastPart = (item: ResultItem, label: string): string =>
  item.type === 'taxonomy' ? (label.split(BETWEEN).pop() ?? label) : label

const BETWEEN = ' / '

/** Returns the label that stands for a path in a tree. */
export const labelOfPath = (path: readonly string[]): string => path.join(BETWEEN)

/** Returns the path that a label stands for. */
export const labelPath = (control: Control, label: string): readonly string[] =>
  labelWord(control, label)?.path ?? label.split(BETWEEN)

/** Returns the color of a link: that of its first label that has one. */
export const linkColor = (editor: Editor, labels: readonly string[]): string | undefined =>
  labels
    .map((label) => editor.config.relationWords.find(({ word }) => word === label)?.node.attrs.background)
    .find(Boolean)
