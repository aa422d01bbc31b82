import type { Json } from '@/api/types'

/** Returns the tasks that a template's sample stands for: one task, several, or none. */
export const sampleTasks = (sample: Json | undefined): Json[] => {
  if (sample === null || sample === undefined) return []
  const list = Array.isArray(sample) ? sample : [sample]
  return list.filter((item) => typeof item === 'object' && item !== null && Object.keys(item).length > 0)
}
