import { type AnnotationRecord, createEditor, type EditorHost, type EditorProps, preloadPicture } from '@/editor'
import { jsonBody } from '@/api/jsonBody'
import { EXAMPLES } from './examples'
import { OBJECT_EXAMPLES } from './objectExamples'

/**
 * The editor without a server: annotations live in this page. Try `?example=text`, `?theme=dark`, `?mode=stream`, or
 * `?example=shapes&picture=/photo.jpg` for a picture of your own.
 *
 * `window.example` shows what a page sees of the editor: what was saved, and a switch that lets saving fail.
 */
const query = new URLSearchParams(location.search)
const name = query.get('example') ?? 'image'
const example = EXAMPLES[name] ?? OBJECT_EXAMPLES[name] ?? EXAMPLES.image
document.documentElement.dataset.theme = query.get('theme') ?? 'light'

const state = { annotations: [] as AnnotationRecord[], drafts: [] as unknown[], isOffline: false }
let lastId = 100

/** Writes what would be sent, as a real page does, and answers after a while. */
const answer = async <T>(value: () => T, sent?: unknown): Promise<T> => {
  if (sent !== undefined) await jsonBody(sent)
  await new Promise((resolve) => setTimeout(resolve, 60))
  if (state.isOffline) throw new TypeError('Failed to fetch')
  return value()
}

const stored = (id: number, payload: Parameters<EditorHost['submit']>[0]): AnnotationRecord => {
  const record: AnnotationRecord = {
    ...payload,
    id,
    result: payload.result as AnnotationRecord['result'],
    completed_by: 1,
    created_at: new Date().toISOString(),
    updated_at: new Date().toISOString(),
    etag: String(Date.now()),
  }
  state.annotations = [...state.annotations.filter((other) => other.id !== id), record]
  return record
}

const host: EditorHost = {
  saveDraft: (payload) => answer(() => ({ id: state.drafts.push(payload) }), payload),
  submit: (payload) => answer(() => stored(++lastId, payload), payload),
  update: (id, payload) => answer(() => stored(id, payload), payload),
  skip: (payload, id) => answer(() => stored(id ?? ++lastId, { ...payload, was_cancelled: true })),
  deleteAnnotation: (id) =>
    answer(() => {
      state.annotations = state.annotations.filter((record) => record.id !== id)
    }),
  setGroundTruth: (id, ground_truth) => answer(() => ({ id, result: [], ground_truth })),
  listVersions: (id) =>
    answer(() => state.annotations.filter((r) => r.id === id).map((r) => ({ number: 1, result: r.result, action: 'submitted', created_at: r.created_at ?? '', created_by: 1 }))),
  // A toy of a model: it answers each prompt with a box and an ellipse around its place.
  predictInteractively: (_, prompts) =>
    answer(() =>
      prompts.flatMap((prompt, at) => {
        const x = Number(prompt.value?.x ?? 40)
        const y = Number(prompt.value?.y ?? 40)
        const facts = { to_name: 'image', original_width: 1200, original_height: 800, image_rotation: 0, score: 0.9 }
        return [
          { ...facts, id: `guess${at}a`, from_name: 'box', type: 'rectanglelabels', value: { x: x - 8, y: y - 10, width: 16, height: 20, rotation: 0, rectanglelabels: ['Box'] } },
          { ...facts, id: `guess${at}b`, from_name: 'oval', type: 'ellipselabels', value: { x: x + 16, y, radiusX: 5, radiusY: 8, rotation: 0, ellipselabels: ['Oval'] } },
        ]
      }),
    ),
  next: () => {},
  previous: () => {},
}

const own = query.get('picture')

const props: EditorProps = {
  annotations: [],
  predictions: [],
  ...(example as Pick<EditorProps, 'config' | 'task'>),
  ...(own ? { task: { id: 99, data: { image: own } } } : {}),
  user: { id: 1, displayName: 'Ada Lovelace' },
  mode: query.get('mode') === 'stream' ? 'stream' : 'quick',
  counter: { at: 3, total: 40 },
  host,
}

const element = document.getElementById('editor') as HTMLElement
const shown = {
  state,
  editor: createEditor(element, props),
  /** Opens the task again, after `editor.destroy()`. */
  open() {
    shown.editor = createEditor(element, { ...props, journal: undefined })
  },
  preloadPicture,
  /** Goes on with another task, as a stream does. */
  goOn(task: EditorProps['task'], annotations: EditorProps['annotations'] = []) {
    shown.editor.update({ ...props, task, annotations })
  },
}
Object.assign(window, { example: shown })
