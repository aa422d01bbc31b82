import { useMemo } from 'react'
import { type TaskWindow, useTaskWindow } from '@/api/useTaskWindow'
import type { TableControl } from './useTableState'

const TABLE_PAGE = 100
/** Cards come with their annotations, so fewer at once. */
const CARDS_PAGE = 40

/** Reads the tasks that the table shows. */
export const useTaskList = (table: TableControl, hasPictures: boolean): TaskWindow => {
  const { projectId } = table
  const { filters, ordering, layout } = table.state
  const question = JSON.stringify({ filters, ordering })
  const isFull = layout === 'grid' && hasPictures
  const source = useMemo(
    () => ({ project: projectId, query: JSON.parse(question), pageSize: isFull ? CARDS_PAGE : TABLE_PAGE, isFull }),
    [projectId, question, isFull],
  )
  return useTaskWindow(source)
}
