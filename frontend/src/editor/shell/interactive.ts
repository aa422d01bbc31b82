import type { Clock } from '../core/autosave'
import { isRegion, type RegionRecord } from '../core/document'
import type { Editor } from '../core/editor'
import { isPrompt, keepAnswer, readSuggestions } from '../core/modelAnswers'
import { allLabels } from '../core/region'
import type { Transaction } from '../core/transaction'
import type { EditorProps } from './props'
import { REAL_CLOCK } from './realClock'

/** A person who is still selecting has not asked yet. */
export const ASK_AFTER_MS = 300

/** Connects the editor with the page's model, if there is one; returns how to end that. */
export function connectModel(
  editor: Editor,
  { host, task, alwaysAsksModel = false }: Pick<EditorProps, 'host' | 'task' | 'alwaysAsksModel'>,
  clock: Clock = REAL_CLOCK,
): () => void {
  if (!host.predictInteractively) return () => {}
  const { suggestions } = editor
  const endConnection = suggestions.connect({
    ask: (items) => host.predictInteractively?.(task.id, items) ?? Promise.resolve([]),
    read: (answer) => readSuggestions(editor, answer),
    keep: (regions, answer) => keepAnswer(editor, regions, answer),
    after: (ms, call) => clock.after(ms, call),
  })
  const followSettings = () => {
    const { autoAnnotation, acceptSuggestions } = editor.settings.get()
    suggestions.isOn.set(alwaysAsksModel || autoAnnotation)
    suggestions.autoAccept.set(alwaysAsksModel || acceptSuggestions)
  }
  followSettings()
  const endSettings = editor.settings.subscribe(followSettings)
  const endTexts = askAboutRegions(editor, clock)
  return () => {
    endTexts()
    endSettings()
    endConnection()
  }
}

/** Where no prompts can be drawn, as on texts, a region that is made, changed or deleted asks by itself. */
function askAboutRegions(editor: Editor, clock: Clock): () => void {
  let forget = () => {}
  let endStore = () => {}
  const changed = (transaction: Transaction) => {
    if (!editor.suggestions.isOn.get() || editor.isReadonly) return
    const touched = transaction
      .map(([, from, to]) => to ?? from)
      .find((record) => record !== null && isRegion(record) && isPrompt(editor, record))
    if (!touched || !isRegion(touched)) return
    forget()
    forget = clock.after(ASK_AFTER_MS, () => {
      const prompts = promptsLike(editor, touched)
      editor.suggestions.prompts.set(prompts)
      if (prompts.length > 0) void editor.suggestions.ask()
    })
  }
  const follow = () => {
    forget()
    endStore()
    endStore = editor.store.subscribe(changed)
  }
  follow()
  const endActive = editor.active.subscribe(follow)
  return () => {
    forget()
    endStore()
    endActive()
  }
}

/** Returns the prompts of the same object, type and labels. */
function promptsLike(editor: Editor, region: RegionRecord): RegionRecord[] {
  const kind = (one: RegionRecord) => JSON.stringify([one.to, one.family, allLabels(one).sort()])
  return editor.store.regions().filter((other) => isPrompt(editor, other) && kind(other) === kind(region))
}
