import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Task } from '@/api/types'
import { Face } from '@/ui/Face'
import { RelativeTime } from '@/ui/RelativeTime'
import type { ColumnInfo } from '../columns'
import type { People } from '../usePeople'
import classes from './cells.module.css'
import { DataCell } from './DataCell'
import { excerpt, labelsIn } from './excerpt'
import { StatusCell } from './StatusCell'

export interface CellLook {
  height: number
  lines: number
  people: People
}

const MAX_AVATARS = 4
const EXCERPT_LIMIT = 500
const nothing = <span className={classes.soft}>–</span>

const Faces = ({ ids, people }: { ids: readonly number[]; people: People }) => {
  if (ids.length === 0) return nothing
  return (
    <span className={classes.faces}>
      {ids.slice(0, MAX_AVATARS).map((id) => (
        <Face key={id} name={people.nameOf(id)} />
      ))}
      {ids.length > MAX_AVATARS && <span className={classes.soft}>+{ids.length - MAX_AVATARS}</span>}
    </span>
  )
}

const Chips = ({ results }: { results: string }) => {
  const labels = labelsIn(results)
  if (labels.length === 0) return <span className={classes.mono}>{excerpt(results)}</span>
  return (
    <span className={classes.chips}>
      {labels.map(([label, count]) => (
        <span key={label} className={classes.chip}>
          {label}
          {count > 1 && ` ×${count}`}
        </span>
      ))}
      {results.length >= EXCERPT_LIMIT && <span className={classes.soft}>…</span>}
    </span>
  )
}

/** Returns the people that a task's column names. */
export const peopleIn = (task: Task, column: string): number[] => {
  if (column === 'annotators') return task.annotators ?? []
  return Array.isArray(task.updated_by) ? task.updated_by.map((entry) => entry.user_id) : []
}

/** Returns a column's value of a task, as plain text to copy. */
export const textOf = (task: Task, column: ColumnInfo, people: People): string => {
  if (column.group === 'data') {
    const value = task.data[column.id.slice('data.'.length)]
    return typeof value === 'string' ? value : JSON.stringify(value ?? '')
  }
  if (column.kind === 'people') return peopleIn(task, column.id).map(people.nameOf).join(', ')
  const value = (task as unknown as Record<string, unknown>)[column.id]
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const scalar = (task: Task, column: ColumnInfo): ReactNode => {
  const value = (task as unknown as Record<string, unknown>)[column.id]
  if (value === null || value === undefined || value === '') return nothing
  if (column.kind === 'time') {
    return (
      <span className={classes.soft}>
        <RelativeTime at={String(value)} />
      </span>
    )
  }
  if (value === true) return <IconCheck size={16} aria-label={column.title} role="img" />
  if (value === false || value === 0) return nothing
  if (typeof value === 'number') return Number.isInteger(value) ? value : value.toFixed(column.type === 'Time' ? 1 : 3)
  return <span className="ellipsis">{excerpt(value as string)}</span>
}

/** Returns what a table shows of a task in a column. */
export const renderCell = (task: Task, column: ColumnInfo, look: CellLook): ReactNode => {
  if (column.group === 'data') {
    const name = column.id.slice('data.'.length)
    return <DataCell task={task} name={name} type={column.type} height={look.height} lines={look.lines} />
  }
  if (column.id === 'status') return <StatusCell task={task} />
  if (column.id === 'id') return <span className={classes.soft}>{task.id}</span>
  if (column.kind === 'people') return <Faces ids={peopleIn(task, column.id)} people={look.people} />
  if (column.id === 'annotations_results' || column.id === 'predictions_results') {
    const results = task[column.id] ?? ''
    return results === '' ? nothing : <Chips results={results} />
  }
  return scalar(task, column)
}
