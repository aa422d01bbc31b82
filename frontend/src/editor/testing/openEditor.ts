import { Editor } from '../core/editor'
import type { Json, JsonObject } from '../core/json'
import { parseConfig } from '../core/labelConfig'
import type { SessionInfo } from '../core/session'
import { DEFAULT_SETTINGS, type EditorSettings } from '../core/settings'
import { bindConfig, type Control, type TaskConfig } from '../core/taskConfig'
import { TAGS } from '../tags/registry'
import { TAG_SPECS } from '../tags/specs.gen'

export interface TestTask {
  /** What stands inside the outermost View. */
  readonly config: string
  readonly data?: JsonObject
  readonly result?: readonly Json[]
  readonly settings?: Partial<EditorSettings>
  readonly info?: Partial<SessionInfo>
}

/** What is known of an annotation that somebody has just begun. */
export const NEW_ANNOTATION: SessionInfo = {
  key: 'new:u1',
  kind: 'annotation',
  id: null,
  uniqueId: 'u1',
  draftId: null,
  etag: null,
  author: { id: 1, name: 'Ann' },
  createdAt: null,
  updatedAt: null,
  draftAt: null,
  isSkipped: false,
  isGroundTruth: false,
  score: null,
  modelVersion: null,
  parentPrediction: null,
  parentAnnotation: null,
  leadTime: 0,
  startedAt: '2026-01-01T00:00:00.000Z',
}

/** Returns a config bound to the data of a task. */
export const bind = (config: string, data: JsonObject = {}): TaskConfig =>
  bindConfig(parseConfig(`<View>${config}</View>`, TAG_SPECS), data)

/** Returns an editor with one open annotation. */
export const openEditor = ({ config, data, result = [], settings, info }: TestTask): Editor =>
  Editor.open(
    { config: bind(config, data), registry: TAGS, settings: { ...DEFAULT_SETTINGS, ...settings }, now: () => 0 },
    (opener) => {
      const first = opener.openResults({ ...NEW_ANNOTATION, ...info }, result)
      return { first, sessions: [first] }
    },
  )

/** Returns a control by its name. */
export function controlOf(editor: Editor, name: string): Control {
  const control = editor.config.controls.get(name)
  if (!control) throw new Error(`There is no control ${name}.`)
  return control
}
