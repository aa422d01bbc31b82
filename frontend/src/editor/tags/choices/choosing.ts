import { canAnswer, currentAnswer, setAnswer } from '../../core/answers'
import type { Editor } from '../../core/editor'
import { isList, type Json, sameJson } from '../../core/json'
import { type Control, findWord, type Word } from '../../core/taskConfig'

/** What is chosen: words, or paths of words in nested choices. */
export const chosenOf = (editor: Editor, control: Control): readonly Json[] => {
  const answer = currentAnswer(editor, control)
  return isList(answer) ? answer : []
}

const isNested = (control: Control): boolean => control.node.attrs.allowNested === 'true'

/** Returns what an answer holds for a word: the word, or its path where choices are nested. */
export const entryOf = (control: Control, word: Word): Json => (isNested(control) ? [...word.path] : word.word)

const isEntry = (control: Control, entry: Json, word: Word): boolean => {
  if (typeof entry === 'string') return entry === word.word || findWord(control, entry) === word
  return sameJson(entry, word.path as Json)
}

/** Tells whether a word is chosen. */
export const isChosen = (editor: Editor, control: Control, word: Word): boolean =>
  chosenOf(editor, control).some((entry) => isEntry(control, entry, word))

/** Tells whether a choice may be clicked now. */
export const mayChoose = (editor: Editor, control: Control, word: Word): boolean =>
  canAnswer(editor, control) && word.node.attrs.readonly !== 'true'

/** Clicks a choice. A single choice replaces the others; the chosen one is cleared, except among radio buttons. */
export function choose(editor: Editor, control: Control, word: Word): void {
  if (!mayChoose(editor, control, word)) return
  const before = chosenOf(editor, control)
  const isOn = isChosen(editor, control, word)
  const kind = control.node.attrs.choice ?? 'single'
  const others = before.filter((entry) => !isEntry(control, entry, word))
  if (isNested(control)) chooseNested(editor, control, word)
  else if (kind === 'multiple') give(editor, control, isOn ? others : [...before, word.word])
  else if (kind === 'single-radio') give(editor, control, [word.word])
  else give(editor, control, isOn ? [] : [word.word])
}

/** Replaces what is chosen by these words. */
export const chooseWords = (editor: Editor, control: Control, words: readonly Word[]): void =>
  give(
    editor,
    control,
    words.map((word) => entryOf(control, word)),
  )

function give(editor: Editor, control: Control, entries: readonly Json[]): void {
  const ordered = control.words
    .filter((word) => entries.some((entry) => isEntry(control, entry, word)))
    .map((word) => entryOf(control, word))
  // Words that the config does not know stay as they were.
  const unknown = entries.filter((entry) => !control.words.some((word) => isEntry(control, entry, word)))
  const all = [...ordered, ...unknown]
  setAnswer(editor, control, all.length === 0 ? undefined : all)
}

const isUnder = (word: Word, parent: Word): boolean =>
  word.path.length > parent.path.length && parent.path.every((part, at) => word.path[at] === part)

const isLeaf = (control: Control, word: Word): boolean => !control.words.some((other) => isUnder(other, word))

export type TreeState = 'off' | 'some' | 'on'

/** Returns whether none, some or all leaves under a word are chosen. */
export function treeState(editor: Editor, control: Control, word: Word): TreeState {
  if (isLeaf(control, word)) return isChosen(editor, control, word) ? 'on' : 'off'
  const leaves = control.words.filter((other) => isUnder(other, word) && isLeaf(control, other))
  const on = leaves.filter((leaf) => isChosen(editor, control, leaf)).length
  if (on === 0) return isChosen(editor, control, word) ? 'on' : 'off'
  return on === leaves.length ? 'on' : 'some'
}

/** Ticks all leaves under a word, or clears them; a parent whose leaves are all ticked is chosen too. */
function chooseNested(editor: Editor, control: Control, word: Word): void {
  const isOn = treeState(editor, control, word) === 'on'
  const here = control.words.filter((other) => other === word || isUnder(other, word))
  const isMultiple = control.node.attrs.choice === 'multiple'
  const before = isMultiple ? control.words.filter((other) => isChosen(editor, control, other)) : []
  const chosen = new Set(before)
  for (const other of isMultiple ? here : [word]) {
    if (isOn) chosen.delete(other)
    else if (isLeaf(control, other) || !isMultiple) chosen.add(other)
  }
  if (isMultiple) settleParents(control, chosen)
  chooseWords(editor, control, [...chosen])
}

function settleParents(control: Control, chosen: Set<Word>): void {
  for (const parent of [...control.words].reverse()) {
    if (isLeaf(control, parent)) continue
    const leaves = control.words.filter((other) => isUnder(other, parent) && isLeaf(control, other))
    if (leaves.every((leaf) => chosen.has(leaf))) chosen.add(parent)
    else chosen.delete(parent)
  }
}
