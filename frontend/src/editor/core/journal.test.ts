import { describe, expect, it } from 'vitest'
import { TAGS } from '../tags/registry'
import { openEditor } from '../testing/openEditor'
import { setAnswer } from './answers'
import { codecsFor } from './editor'
import { type JournalEntry, MemoryJournal, replay, toJournal, winner } from './journal'
import type { Json } from './json'
import { deleteRegions, setNote } from './regionActions'
import { decodeResults } from './results'
import type { Control } from './taskConfig'

const ENTRY: JournalEntry = {
  key: 'new:u1',
  annotationId: null,
  draftId: null,
  uniqueId: 'u1',
  etag: null,
  parentPrediction: null,
  parentAnnotation: null,
  startedAt: '2026-01-01T00:00:00.000Z',
  leadTime: 1,
  base: [],
  changes: [],
  unsent: 1,
  changedAt: 5000,
}

describe('replay', () => {
  it('gives what the editor had', () => {
    const span = (id: string, start: number) => ({
      id,
      from_name: 'lab',
      to_name: 't',
      type: 'labels',
      value: { start, end: start + 1, labels: ['A'] },
      odd: { key: 1 },
    })
    const editor = openEditor({
      config:
        '<Text name="t" value="$t"/><Labels name="lab" toName="t"><Label value="A"/></Labels><Rating name="r" toName="t"/>',
      data: { t: 'some text' },
      result: [span('r1', 0), span('r2', 3), { type: 'relation', from_id: 'r1', to_id: 'r2' }],
    })
    const changes: JournalEntry['changes'][number][] = []
    const base = editor.session.results()
    editor.store.subscribe((transaction) => changes.push(...toJournal(transaction)))
    setNote(editor, 'r1', 'hello')
    setAnswer(editor, editor.config.controls.get('r') as Control, 4)
    deleteRegions(editor, ['r2'])
    editor.session.history.undo()
    deleteRegions(editor, ['r1'])
    const stored = JSON.parse(JSON.stringify({ ...ENTRY, base, changes })) as JournalEntry
    const decode = (result: readonly Json[]) => decodeResults(result, editor.config, codecsFor(TAGS))
    expect(replay(stored, decode)).toEqual(editor.session.results())
    expect(editor.session.results().map((item) => item.from_name)).toEqual(['lab', 'r'])
  })
})

describe('winner', () => {
  it.each([
    [null, 'journal'],
    ['not a time', 'journal'],
    [new Date(4000).toISOString(), 'journal'],
    [new Date(5000).toISOString(), 'journal'],
    [new Date(5001).toISOString(), 'server'],
  ])('draft of %s: %s', (draftAt, expected) => expect(winner(ENTRY, draftAt)).toBe(expected))
})

describe('MemoryJournal', () => {
  it('keeps entries of people and tasks apart', async () => {
    const journal = new MemoryJournal()
    await journal.begin('1/7', ENTRY)
    await journal.begin('1/8', { ...ENTRY, key: 'annotation:3' })
    expect(await journal.read('1/7')).toEqual([ENTRY])
    expect(await journal.read('2/7')).toEqual([])
    await journal.drop('1/7', ENTRY.key)
    expect(await journal.read('1/7')).toEqual([])
    expect(await journal.read('1/8')).toHaveLength(1)
  })

  it('adds changes and notes what the server has; entries that were not begun stay away', async () => {
    const journal = new MemoryJournal()
    await journal.begin('1/7', ENTRY)
    await journal.append('1/7', ENTRY.key, [['r1', null]], 2, 6000)
    await journal.append('1/7', 'other', [['r1', null]], 2, 6000)
    expect(await journal.read('1/7')).toEqual([{ ...ENTRY, changes: [['r1', null]], unsent: 2, changedAt: 6000 }])
    await journal.settle('1/7', ENTRY.key, 0, 44)
    expect((await journal.read('1/7'))[0]).toMatchObject({ unsent: 0, draftId: 44 })
  })
})
