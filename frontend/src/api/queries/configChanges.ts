import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { post } from '../client'
import type { Job } from '../types'
import { projectKey } from './projects'

export type StepAction = 'rename_label' | 'merge_label' | 'drop_label' | 'rename_control' | 'drop_control' | 'keep'

/** Something that annotations use and a new config lacks, and what can be done with it. */
export interface ConfigChange {
  kind: 'label_removed' | 'control_removed'
  control: string
  label?: string
  annotations: number
  tasks: number
  drafts: number
  predictions: number
  views: number
  /** False while the numbers are lower bounds. */
  is_exact: boolean
  steps: readonly { action: StepAction; to?: readonly string[] }[]
}

export interface ConfigChanges {
  changes: readonly ConfigChange[]
  is_safe: boolean
}

/** What is to be done with one thing that a new config lacks. */
export interface MigrationStep {
  action: StepAction
  control: string
  label?: string
  to?: string
}

/** Returns what storing a config would leave without a place; keeps the last answer while the text is being typed. */
export const useConfigChanges = (project: number, label_config: string, enabled: boolean) =>
  useQuery({
    queryKey: ['config-changes', project, label_config],
    queryFn: () => post<ConfigChanges>(`/api/projects/${project}/config-changes/`, { label_config }),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/** Stores a config and changes the annotations that it would leave behind, as a job. */
export const useMigrateConfig = (project: number) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (fields: { label_config: string; steps: readonly MigrationStep[] }) =>
      (await post<{ job: Job }>(`/api/projects/${project}/migrate-config/`, fields)).job,
    onSettled: () => client.invalidateQueries({ queryKey: projectKey(project) }),
  })
}
