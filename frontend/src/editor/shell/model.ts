import { type CheckResult, checkConfig } from '../core/checkConfig'
import type { Command } from '../core/commands'
import type { RecordId } from '../core/document'
import { Editor } from '../core/editor'
import { assignLabelKeys } from '../core/labelKeys'
import { Observable } from '../core/observable'
import type { Problem } from '../core/problems'
import { readSettings } from '../core/settings'
import { bindConfig } from '../core/taskConfig'
import { TAGS } from '../tags/registry'
import { TAG_SPECS } from '../tags/specs.gen'
import { Controller } from './controller'
import { openTask } from './openSessions'
import type { EditorProps } from './props'
import type { Overlay } from './ShellContext'
import { openPage } from './useViewPage'

/** The editor for one task, ready to be shown. All that belongs to the task is in here: the page around stays for the next. */
export interface Model {
  /** Differs from that of every other task that was opened. */
  readonly key: number
  readonly editor: Editor
  readonly controller: Controller
  readonly labelKeys: ReadonlyMap<string, string>
  /** What the parts of the page offer. */
  readonly commands: Observable<readonly Command[]>
  readonly overlay: Observable<Overlay>
  readonly hoveredLink: Observable<RecordId | null>
  /** The object that was used last: its commands win where keys are shared. */
  readonly scope: { current: string }
}

export const SETTINGS_KEY = 'postil:editor-settings'
let opened = 0
let last: { readonly source: string; readonly result: CheckResult } | null = null

/** Returns the model of a task, or the errors that keep its config from being used. */
export function buildModel(props: EditorProps): Model | { readonly problems: readonly Problem[] } {
  const { config: parsed, problems } = checked(props.config)
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (!parsed || errors.length > 0) return { problems: errors }
  const config = bindConfig(parsed, props.task.data)
  const settings = readSettings(stored(SETTINGS_KEY), props.settings)
  const editor: Editor = Editor.open({ config, registry: TAGS, settings }, (opener) => openTask(opener, props))
  if (props.regionId && editor.store.region(props.regionId)) editor.selection.select([props.regionId])
  if (props.viewPage) openPage(editor, props.viewPage)
  const controller = new Controller(editor, props)
  opened += 1
  return {
    key: opened,
    editor,
    controller,
    labelKeys: assignLabelKeys(config, TAGS),
    commands: new Observable<readonly Command[]>([]),
    overlay: new Observable<Overlay>(props.opensInstruction && props.instruction ? 'instructions' : null),
    hoveredLink: new Observable<RecordId | null>(null),
    scope: { current: '' },
  }
}

/** Returns what a check of the config finds; the tasks of a project have it in common. */
function checked(source: string): CheckResult {
  if (last?.source !== source) last = { source, result: checkConfig(source, TAG_SPECS) }
  return last.result
}

function stored(key: string): string | null {
  try {
    return globalThis.localStorage?.getItem(key) ?? null
  } catch {
    return null
  }
}
