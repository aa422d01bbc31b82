import { setAnswer } from '../core/answers'
import { Editor } from '../core/editor'
import { MemoryJournal } from '../core/journal'
import { DEFAULT_SETTINGS } from '../core/settings'
import type { AnnotationRecord, DraftRecord, EditorHost, SavePayload } from '../host'
import { Controller } from '../shell/controller'
import { openTask } from '../shell/openSessions'
import type { EditorProps } from '../shell/props'
import { TAGS } from '../tags/registry'
import { FakeClock } from './FakeClock'
import { bind, controlOf } from './openEditor'

const CONFIG = '<Text name="t" value="$t"/><Rating name="r" toName="t" required="true" requiredMessage="Rate it."/>'

/** An editor with a host that keeps what it is given; `answers` says what it does with a call. */
export function beginWork({
  journal = new MemoryJournal(),
  annotations = [] as AnnotationRecord[],
  clock = new FakeClock(),
  drafts = [] as DraftRecord[],
  more = {} as Partial<EditorHost>,
} = {}) {
  const calls: [what: string, payload: unknown][] = []
  const answers = new Map<string, () => Promise<unknown>>()
  const reply = async <T>(what: string, payload: unknown, usual: T): Promise<T> => {
    calls.push([what, payload])
    const own = answers.get(what)
    return own ? ((await own()) as T) : usual
  }
  const stored = (payload: SavePayload, id: number, etag: string) =>
    ({ id, result: payload.result, etag, completed_by: 1 }) as unknown as AnnotationRecord
  const host: EditorHost = {
    saveDraft: (payload) => reply('draft', payload, { id: 44 }),
    submit: (payload) => reply('submit', payload, stored(payload, 9, '1')),
    update: (id, payload, etag) => reply(`update ${id} ${etag}`, payload, stored(payload, id, '2')),
    skip: (payload) => reply('skip', payload, { ...stored(payload, 9, '1'), was_cancelled: true }),
    deleteAnnotation: (id) => reply(`delete ${id}`, null, undefined),
    restoreVersion: (id, number) =>
      reply(`restore ${id} ${number}`, null, { id, result: [], etag: '7', completed_by: 1 }),
    deleteDraft: (id) => reply(`delete draft ${id}`, null, undefined),
    next: () => reply('next', null, undefined),
    previous: () => reply('previous', null, undefined),
    ...more,
  }
  const props: EditorProps = {
    config: CONFIG,
    task: { id: 7, data: { t: 'Bob' } },
    annotations,
    drafts,
    predictions: [],
    user: { id: 1, displayName: 'Ann' },
    host,
    journal,
  }
  const options = {
    config: bind(CONFIG, { t: 'Bob' }),
    registry: TAGS,
    settings: DEFAULT_SETTINGS,
    now: () => clock.now(),
  }
  const editor = Editor.open(options, (opener) => openTask(opener, props))
  const controller = new Controller(editor, props, clock)
  const rate = (stars: number) => setAnswer(editor, controlOf(editor, 'r'), stars)
  const rating = () => editor.session.results()[0]?.value?.rating
  const sentRatings = (what: string) =>
    calls.filter(([name]) => name === what).map(([, payload]) => (payload as SavePayload).result[0]?.value?.rating)
  return { editor, controller, clock, calls, answers, rate, rating, sentRatings, journal }
}

/** A promise that a test keeps when it likes. */
export const waiting = <T>() => {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((yes) => {
    resolve = yes
  })
  return { promise, resolve }
}
