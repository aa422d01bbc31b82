import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { address, get, post, remove } from '../client'
import type { ExportFormat, ExportSnapshot, UserSimple } from '../types'
import type { FilterGroup, SelectedItems } from './filters'

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

/** Which tasks an export holds: all, those of a view, or those that a question means. */
export type ExportScope =
  | { kind: 'all' }
  | { kind: 'view'; view: number }
  | { kind: 'question'; question: ExportQuestion }

export interface ExportQuestion {
  filters?: FilterGroup
  selectedItems?: SelectedItems
}

export const annotationKinds = ['usual', 'ground_truth', 'skipped'] as const
export type AnnotationKind = (typeof annotationKinds)[number]

export interface ExportOptions {
  format: string
  scope: ExportScope
  onlyAnnotated: boolean
  onlyFinished: boolean
  kinds: readonly AnnotationKind[]
  /** Only their annotations; nobody named: everybody's. */
  annotators: readonly number[]
  withDrafts: boolean
  withPredictions: boolean
}

const scopeBody = (scope: ExportScope) => {
  if (scope.kind === 'view') return { view: scope.view }
  return scope.kind === 'question' ? { query: scope.question } : {}
}

/** Returns the request of a snapshot by the contract's filter options. */
export const exportBody = (options: ExportOptions) => ({
  export_type: options.format,
  mode: 'job',
  task_filter_options: {
    ...scopeBody(options.scope),
    ...(options.onlyAnnotated && { only_with_annotations: true }),
    ...(options.onlyFinished && { finished: 'only' }),
  },
  annotation_filter_options: {
    ...(options.kinds.length < annotationKinds.length &&
      Object.fromEntries(annotationKinds.map((kind) => [kind, options.kinds.includes(kind)]))),
    ...(options.annotators.length > 0 && { annotators: [...options.annotators] }),
  },
  serialization_options: {
    drafts: { only_id: !options.withDrafts },
    predictions: { only_id: !options.withPredictions },
    annotations__completed_by: { only_id: true },
  },
})

/** Returns who annotated in a project, to choose from. */
export const useProjectAnnotators = (project: number) =>
  useQuery({
    queryKey: ['annotators', project],
    queryFn: () => get<UserSimple[]>(`/api/projects/${project}/annotators/`),
    staleTime: 60_000,
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
