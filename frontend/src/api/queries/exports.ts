import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { address, get, post, remove } from '../client'
import type { ExportFormat, ExportSnapshot } from '../types'

const exportsKey = (project: number) => ['exports', project] as const
const POLL_MS = 1000

export const useExportFormats = (project: number) =>
  useQuery({
    queryKey: [...exportsKey(project), 'formats'],
    queryFn: () => get<ExportFormat[]>('/api/exports/formats/', { project }),
  })

const isRunning = (snapshot: ExportSnapshot): boolean =>
  snapshot.status === 'created' || snapshot.status === 'in_progress'

export const useExports = (project: number) =>
  useQuery({
    queryKey: [...exportsKey(project), 'list'],
    queryFn: () => get<ExportSnapshot[]>(`/api/projects/${project}/exports/`),
    refetchInterval: (query) => (query.state.data?.some(isRunning) ? POLL_MS : false),
  })

export interface ExportOptions {
  format: string
  onlyAnnotated: boolean
  withSkipped: boolean
  withDrafts: boolean
  withPredictions: boolean
}

/** Returns the request of a snapshot by the contract's filter options. */
export const exportBody = (options: ExportOptions) => ({
  export_type: options.format,
  mode: 'job',
  task_filter_options: options.onlyAnnotated ? { only_with_annotations: true } : {},
  annotation_filter_options: options.withSkipped ? {} : { usual: true, ground_truth: true, skipped: false },
  serialization_options: {
    drafts: { only_id: !options.withDrafts },
    predictions: { only_id: !options.withPredictions },
    annotations__completed_by: { only_id: true },
  },
})

export const useCreateExport = (project: number) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (options: ExportOptions) =>
      post<ExportSnapshot>(`/api/projects/${project}/exports/`, exportBody(options)),
    onSettled: () => client.invalidateQueries({ queryKey: exportsKey(project) }),
  })
}

export const useDeleteExport = (project: number) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => remove(`/api/projects/${project}/exports/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: exportsKey(project) }),
  })
}

export const downloadUrl = (project: number, id: number, format: string): string =>
  address(`/api/projects/${project}/exports/${id}/download`, { exportType: format })
