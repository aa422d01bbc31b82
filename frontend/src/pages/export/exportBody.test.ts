import { expect, it } from 'vitest'
import { type ExportOptions, exportBody } from '@/api/queries/exports'
import type { View } from '@/api/types'
import { scopesOf } from './scopes'

const options: ExportOptions = {
  format: 'COCO',
  scope: { kind: 'all' },
  onlyAnnotated: true,
  onlyFinished: false,
  kinds: ['usual', 'ground_truth'],
  annotators: [],
  withDrafts: false,
  withPredictions: true,
}

it('asks for a snapshot in the words of the contract', () => {
  expect(exportBody(options)).toEqual({
    export_type: 'COCO',
    mode: 'job',
    task_filter_options: { only_with_annotations: true },
    annotation_filter_options: { usual: true, ground_truth: true, skipped: false },
    serialization_options: {
      drafts: { only_id: true },
      predictions: { only_id: false },
      annotations__completed_by: { only_id: true },
    },
  })
})

it('asks without filters where nothing is left out', () => {
  const body = exportBody({ ...options, onlyAnnotated: false, kinds: ['usual', 'ground_truth', 'skipped'] })
  expect([body.task_filter_options, body.annotation_filter_options]).toEqual([{}, {}])
})

it('names the people whose annotations are wanted', () => {
  const body = exportBody({ ...options, annotators: [4, 7], kinds: ['usual', 'ground_truth', 'skipped'] })
  expect(body.annotation_filter_options).toEqual({ annotators: [4, 7] })
})

it('names the view or the question, and finished tasks', () => {
  const of = (scope: ExportOptions['scope']) =>
    exportBody({ ...options, scope, onlyFinished: true }).task_filter_options
  expect(of({ kind: 'view', view: 7 })).toEqual({ view: 7, only_with_annotations: true, finished: 'only' })
  const question = { selectedItems: { all: false as const, included: [3] } }
  expect(of({ kind: 'question', question })).toMatchObject({ query: question })
})

const t = ((key: string, values?: { count?: number; title?: string }) =>
  [key, values?.count, values?.title].filter((part) => part !== undefined).join(' ')) as never
const filters = {
  conjunction: 'and' as const,
  items: [{ filter: 'filter:tasks:id', operator: 'less', type: 'Number', value: 9 }],
}
const views: View[] = [
  { id: 4, data: { title: 'Mine' }, order: 0, user: 1, project: 1 },
  { id: 5, data: { title: 'Bad', filters }, order: 1, user: 1, project: 1 },
]
const ids = (search: Parameters<typeof scopesOf>[1]) => scopesOf(views, search, t).map(({ id }) => id)

it('offers first what the person was looking at', () => {
  expect(ids({})).toEqual(['all', 'view-4', 'view-5'])
  expect(ids({ view: 5 })).toEqual(['view-5', 'all', 'view-4'])
  expect(ids({ view: 4, q: { f: filters } })).toEqual(['shown', 'all', 'view-4', 'view-5'])
  expect(ids({ view: 77 })).toEqual(['all', 'view-4', 'view-5'])
})

it('a selection is meant among what was shown', () => {
  const [chosen] = scopesOf(views, { view: 5, chosen: 'not3' }, t)
  expect(chosen).toEqual({
    id: 'selected',
    title: 'export.scopes.allBut 1',
    scope: { kind: 'question', question: { filters, selectedItems: { all: true, excluded: [3] } } },
  })
  const [few] = scopesOf(views, { chosen: 'only3-4' }, t)
  expect(few?.scope).toEqual({ kind: 'question', question: { selectedItems: { all: false, included: [3, 4] } } })
})
