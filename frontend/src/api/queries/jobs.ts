import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post } from '../client'
import type { Job, RowError } from '../types'

export type JobId = Job['id']
const jobKey = (id: JobId | null) => ['job', id] as const
const POLL_MS = 700

export const isOver = (job: Job): boolean => job.state !== 'queued' && job.state !== 'running'

/** Follows a job until it is over. */
export const useJob = (id: JobId | null) =>
  useQuery({
    queryKey: jobKey(id),
    queryFn: () => get<Job>(`/api/jobs/${id}/`),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : POLL_MS),
    staleTime: 0,
  })

/** Waits until a job is over. */
export const jobOver = async (id: JobId): Promise<Job> => {
  for (;;) {
    const job = await get<Job>(`/api/jobs/${id}/`)
    if (isOver(job)) return job
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
}

/** Returns the jobs of one kind in a project that are not over; none where one may not see them. */
export const useRunningJobs = (project: number, kind: string) =>
  useQuery({
    queryKey: ['jobs', project, kind],
    queryFn: async () => {
      const { results } = await get<{ results: Job[] }>('/api/jobs/', { project, page_size: 100 })
      return results.filter((job) => job.kind === kind && !isOver(job))
    },
    staleTime: 5_000,
    retry: false,
  })

export const useCancelJob = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: JobId) => post<Job>(`/api/jobs/${id}/cancel/`),
    onSuccess: (job) => client.invalidateQueries({ queryKey: jobKey(job.id) }),
  })
}

export const useJobErrors = (id: JobId, page: number, enabled: boolean) =>
  useQuery({
    queryKey: ['job-errors', id, page],
    queryFn: () => get<{ count: number; results: RowError[] }>(`/api/jobs/${id}/errors/`, { page }),
    enabled,
  })
