import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { post } from '../client'
import type { Shape } from '../types'
import { projectKey } from './projects'

export type ConfigChanges = Shape<'ConfigChanges'>
/** Something that annotations use and a new config lacks, and what can be done with it; null while it is counted. */
export type ConfigChange = Shape<'ConfigLoss'>
export type StepAction = Shape<'OfferedStep'>['action']

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
      (await post<Shape<'JobStarted'>>(`/api/projects/${project}/migrate-config/`, fields)).job,
    onSettled: () => client.invalidateQueries({ queryKey: projectKey(project) }),
  })
}
