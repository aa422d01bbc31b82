import type { Json } from '@/api/types'

/** Returns the tasks that a template's sample stands for: one task, several, or none. */
export const sampleTasks = (sample: Json | undefined): Json[] => {
  if (sample === null || sample === undefined) return []
  const list = Array.isArray(sample) ? sample : [sample]
  return list.filter((item) => typeof item === 'object' && item !== null && Object.keys(item).length > 0)
}

/** Returns the data of a sample task, which may stand in `data` or be the task itself; null if there is none. */
export const sampleData = (task: Json | undefined): Record<string, Json> | null => {
  const record = asRecord(task)
  return asRecord(record?.data) ?? record
}

const asRecord = (value: Json | undefined): Record<string, Json> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : null
