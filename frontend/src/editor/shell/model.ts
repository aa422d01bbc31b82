import { checkConfig } from '../core/checkConfig'
import { Editor } from '../core/editor'
import { assignLabelKeys } from '../core/labelKeys'
import type { Problem } from '../core/problems'
import { readSettings } from '../core/settings'
import { bindConfig } from '../core/taskConfig'
import { TAGS } from '../tags/registry'
import { TAG_SPECS } from '../tags/specs.gen'
import { Controller } from './controller'
import { openTask } from './openSessions'
import type { EditorProps } from './props'

/** The editor for one task, ready to be shown. */
export interface Model {
  readonly editor: Editor
  readonly controller: Controller
  readonly labelKeys: ReadonlyMap<string, string>
}

export const SETTINGS_KEY = 'postil:editor-settings'

/** Returns the model of a task, or the errors that keep its config from being used. */
export function buildModel(props: EditorProps): Model | { readonly problems: readonly Problem[] } {
  const { config: parsed, problems } = checkConfig(props.config, TAG_SPECS)
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (!parsed || errors.length > 0) return { problems: errors }
  const config = bindConfig(parsed, props.task.data)
  const settings = readSettings(stored(SETTINGS_KEY), props.settings)
  const editor: Editor = Editor.open({ config, registry: TAGS, settings }, (opener) => openTask(opener, props))
  if (props.regionId && editor.store.region(props.regionId)) editor.selection.select([props.regionId])
  const controller = new Controller(editor, props)
  return { editor, controller, labelKeys: assignLabelKeys(config, TAGS) }
}

function stored(key: string): string | null {
  try {
    return globalThis.localStorage?.getItem(key) ?? null
  } catch {
    return null
  }
}
