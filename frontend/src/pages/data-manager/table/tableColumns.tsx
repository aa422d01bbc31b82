import {
  IconAbc,
  IconCalendar,
  IconCheckbox,
  IconFileMusic,
  IconHash,
  IconListCheck,
  IconMovie,
  IconPhoto,
  IconSparkles,
  IconUsers,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Task } from '@/api/types'
import type { TableColumn } from '@/ui/table/types'
import type { ColumnInfo } from '../columns'
import { type Display, linesOf, ROW_HEIGHTS } from '../useDisplay'
import type { People } from '../usePeople'
import { sortOf } from '../views/tableState'
import { renderCell } from './columnCells'

const WIDTHS: Record<string, number> = {
  id: 72,
  status: 112,
  total_annotations: 130,
  total_predictions: 126,
  annotators: 122,
}
const TYPE_WIDTHS: Record<string, number> = {
  Image: 120,
  String: 380,
  Datetime: 130,
  Number: 110,
  Time: 110,
  Boolean: 100,
}
const size = { size: 13, stroke: 1.7, 'aria-hidden': true } as const
const ICONS: Record<string, ReactNode> = {
  Image: <IconPhoto {...size} />,
  Audio: <IconFileMusic {...size} />,
  AudioPlus: <IconFileMusic {...size} />,
  Video: <IconMovie {...size} />,
  Number: <IconHash {...size} />,
  Time: <IconHash {...size} />,
  Datetime: <IconCalendar {...size} />,
  Boolean: <IconCheckbox {...size} />,
  String: <IconAbc {...size} />,
  Status: <IconListCheck {...size} />,
}

/** Returns the sign of what a column holds. */
export const iconOf = (column: ColumnInfo): ReactNode => {
  if (column.kind === 'people') return <IconUsers {...size} />
  if (column.kind === 'models') return <IconSparkles {...size} />
  return ICONS[column.type] ?? null
}

export interface TableShape {
  columns: TableColumn<Task>[]
  rowHeight: number
}

/** Returns the columns of the task table as they are drawn. Beside an open task only the first value is left. */
export const tableColumns = (
  shown: readonly ColumnInfo[],
  ordering: readonly string[],
  display: Display,
  people: People,
  isNarrow: boolean,
): TableShape => {
  const narrow = [shown.find(({ id }) => id === 'id'), shown.find(({ group }) => group === 'data')].filter(
    (column) => column !== undefined,
  )
  const kept = isNarrow ? narrow : shown
  const hasPicture = kept.some((column) => column.type === 'Image')
  const rowHeight = Math.max(ROW_HEIGHTS[display.density], hasPicture && display.density === 'normal' ? 56 : 0)
  const look = { height: rowHeight, lines: linesOf(display), people }
  const columns = kept.map(
    (column): TableColumn<Task> => ({
      id: column.id,
      title: column.title,
      icon: iconOf(column),
      width: isNarrow
        ? column.id === 'id'
          ? 64
          : 180
        : (display.widths[column.id] ?? WIDTHS[column.id] ?? TYPE_WIDTHS[column.type] ?? 170),
      isNumeric: column.kind === 'number',
      sort: sortOf(ordering, column.id),
      render: (task) => renderCell(task, column, look),
    }),
  )
  return { columns, rowHeight }
}
