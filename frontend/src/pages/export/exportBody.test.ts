import { expect, it } from 'vitest'
import { downloadUrl, exportBody } from '@/api/queries/exports'

const none = { format: 'COCO', onlyAnnotated: false, withSkipped: true, withDrafts: false, withPredictions: false }

it('without limits asks for everything', () => {
  expect(exportBody(none)).toEqual({
    export_type: 'COCO',
    mode: 'job',
    task_filter_options: {},
    annotation_filter_options: {},
    serialization_options: {
      drafts: { only_id: true },
      predictions: { only_id: true },
      annotations__completed_by: { only_id: true },
    },
  })
})

it('limits tasks and annotations, and expands what is asked for', () => {
  const body = exportBody({ ...none, onlyAnnotated: true, withSkipped: false, withDrafts: true, withPredictions: true })
  expect(body.task_filter_options).toEqual({ only_with_annotations: true })
  expect(body.annotation_filter_options).toEqual({ usual: true, ground_truth: true, skipped: false })
  expect(body.serialization_options).toMatchObject({ drafts: { only_id: false }, predictions: { only_id: false } })
})

it('downloads in the format of the snapshot', () => {
  expect(downloadUrl(3, 9, 'JSON_MIN')).toBe('/api/projects/3/exports/9/download?exportType=JSON_MIN')
})
