import { Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import type { Column, Task } from '@/api/types'
import { RelativeTime } from '@/ui/RelativeTime'
import type { TableColumn } from '@/ui/VirtualTable'
import { DataCell } from './DataCell'
import { StatusCell } from './StatusCell'

const WIDTHS: Record<string, number> = { Image: 110, String: 380, Unknown: 220 }
const MAX_DATA_COLUMNS = 12

export interface TableShape {
  columns: TableColumn<Task>[]
  rowHeight: number
}

/** Returns the columns of the task table: the data first, then what became of it. Narrow: id and one more. */
export const tableColumns = (columns: readonly Column[], t: TFunction, isNarrow: boolean): TableShape => {
  const data = columns.filter((column) => column.parent === 'data')
  const hasImage = data.some((column) => column.type === 'Image')
  const shown = isNarrow ? data.slice(0, 1) : data.slice(0, MAX_DATA_COLUMNS)
  const id: TableColumn<Task> = {
    id: 'id',
    title: t('data.id'),
    width: 72,
    render: (task) => (
      <Text size="xs" c="dimmed" className="tabular">
        {task.id}
      </Text>
    ),
  }
  const dataColumns = shown.map(
    (column): TableColumn<Task> => ({
      id: `data.${column.id}`,
      title: column.title,
      width: isNarrow ? 150 : (WIDTHS[column.type] ?? 220),
      render: (task) => <DataCell task={task} name={column.id} isImage={column.type === 'Image'} />,
    }),
  )
  const state: TableColumn<Task>[] = [
    { id: 'status', title: t('data.status'), width: 118, render: (task) => <StatusCell task={task} /> },
    {
      id: 'annotations',
      title: t('data.annotations'),
      width: 104,
      render: (task) => <span className="tabular">{task.total_annotations || '–'}</span>,
    },
    {
      id: 'predictions',
      title: t('data.predictions'),
      width: 100,
      render: (task) => <span className="tabular">{task.total_predictions || '–'}</span>,
    },
    {
      id: 'updated',
      title: t('data.updated'),
      width: 130,
      render: (task) => (
        <Text size="xs" c="dimmed">
          <RelativeTime at={task.updated_at} />
        </Text>
      ),
    },
  ]
  return { columns: [id, ...dataColumns, ...(isNarrow ? [] : state)], rowHeight: hasImage ? 56 : 40 }
}
