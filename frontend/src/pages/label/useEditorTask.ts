import { useQuery } from '@tanstack/react-query'
import { readAnnotation } from '@/api/queries/annotations'
import { fetchTask } from '@/api/queries/tasks'
import type { Task } from '@/api/types'
import type { AnnotationRecord } from '@/editor/host'

export interface EditorTask {
  task: Task
  annotations: AnnotationRecord[]
}

/** Returns a task with the version tag of each of its annotations, so that none is overwritten unseen. */
export const fetchEditorTask = async (id: number): Promise<EditorTask> => {
  const task = await fetchTask(id)
  const annotations = await Promise.all(
    task.annotations.map(async (annotation): Promise<AnnotationRecord> => {
      const { record, etag } = await readAnnotation(annotation.id)
      return { ...record, result: record.result ?? [], completed_by: annotation.completed_by, etag }
    }),
  )
  return { task, annotations }
}

export const useEditorTask = (id: number) =>
  useQuery({
    queryKey: ['editor-task', id],
    queryFn: () => fetchEditorTask(id),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
