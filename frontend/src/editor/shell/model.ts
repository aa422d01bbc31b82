import { Editor } from '../core/editor'
import { ConfigError, parseConfig } from '../core/labelConfig'
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

/** Returns the model of a task, or what is wrong with its config. */
export function buildModel(props: EditorProps): Model | { readonly problem: Problem } {
  try {
    const config = bindConfig(parseConfig(props.config, TAG_SPECS), props.task.data)
    const settings = readSettings(stored(SETTINGS_KEY), props.settings)
    const editor: Editor = Editor.open({ config, registry: TAGS, settings }, (opener) => openTask(opener, props))
    const controller = new Controller(editor, props)
    return { editor, controller, labelKeys: assignLabelKeys(config, TAGS) }
  } catch (error) {
    if (error instanceof ConfigError) return { problem: error.problem }
    throw error
  }
}

function stored(key: string): string | null {
  try {
    return globalThis.localStorage?.getItem(key) ?? null
  } catch {
    return null
  }
}
