import type { Job } from '@/api/types'

/** Returns how many tasks an import made. */
export const importedCount = (job: Job): number => {
  const count = job.result?.task_count
  return typeof count === 'number' ? count : job.progress.done
}
