import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '@/api/queries/projects'
import { useIsAtLeast } from '@/api/queries/session'
import type { Task } from '@/api/types'
import type { TaskWindow } from '@/api/useTaskWindow'
import { VirtualGrid } from '@/ui/table/VirtualGrid'
import { VirtualTable } from '@/ui/table/VirtualTable'
import { say } from '@/ui/toast'
import { firstColumns } from '../columns'
import { movedTo } from '../toolbar/moved'
import type { Display } from '../useDisplay'
import type { People } from '../usePeople'
import type { SelectionControl } from '../useSelection'
import type { TableControl } from '../useTableState'
import { toggledOrder } from '../views/tableState'
import { textOf } from './columnCells'
import { HeadMenu } from './HeadMenu'
import { QuickLook } from './QuickLook'
import { RowMenu, type RowMenuAt } from './RowMenu'
import { colorsOf } from './regionShapes'
import { TaskCard } from './TaskCard'
import { tableColumns } from './tableColumns'

interface Props {
  table: TableControl
  tasks: TaskWindow
  chosen: SelectionControl
  people: People
  display: Display
  openId: number | null
  startAt: number | undefined
  onResize: (column: string, width: number) => void
  onFilter: (column: string) => void
  onOpen: (task: Task, index: number) => void
  onDelete: (task: Task) => void
}

const idOf = (task: Task): number => task.id

/** The tasks as a table or as cards, with the look at one and the menu of one. */
export const TaskList = (props: Props) => {
  const { table, tasks, chosen, people, display, openId, startAt, onResize, onFilter, onOpen, onDelete } = props
  const { t } = useTranslation()
  const mayDelete = useIsAtLeast('manager')
  const config = useProject(table.projectId).data?.label_config ?? ''
  const colors = useMemo(() => colorsOf(config), [config])
  const [look, setLook] = useState<number | null>(null)
  const [menu, setMenu] = useState<RowMenuAt | null>(null)
  const isNarrow = openId !== null
  const { shown, state, change } = table
  const shape = useMemo(
    () => tableColumns(shown, state.ordering, display, people, isNarrow),
    [shown, state.ordering, display, people, isNarrow],
  )
  const step = (by: number) => {
    const next = Math.min(tasks.total - 1, Math.max(0, (look ?? 0) + by))
    tasks.show(next, next)
    void tasks.fetchRow(next).then(() => setLook(next))
  }
  const copy = (task: Task, id: string) => {
    const column = table.columnsById.get(id)
    if (!column) return
    void navigator.clipboard.writeText(textOf(task, column, people)).then(() => say(t('common.copied')))
  }
  const ids = shown.length > 0 ? shown.map((column) => column.id) : firstColumns(table.columns)
  const shared = {
    label: t('data.table'),
    count: tasks.total,
    rowAt: tasks.rowAt,
    idOf,
    openId,
    selection: chosen.selection,
    onShow: tasks.show,
    onOpen,
    onSelect: chosen.toggle,
    onLook: (_task: Task, index: number) => setLook(index),
    onMenu: (task: Task, index: number, at: RowMenuAt['at']) => setMenu({ task, index, at }),
  }
  return (
    <>
      {state.layout === 'grid' && !isNarrow ? (
        <VirtualGrid<Task> {...shared} cardWidth={display.cardWidth} look={colors}>
          {(task) => <TaskCard task={task} columns={shown} colors={colors} size={display.cardWidth} />}
        </VirtualGrid>
      ) : (
        <VirtualTable<Task>
          {...shared}
          rowHeight={shape.rowHeight}
          columns={shape.columns}
          startAt={startAt}
          onSelectAll={chosen.selectAll}
          onCopy={copy}
          onResize={isNarrow ? undefined : onResize}
          onMove={isNarrow ? undefined : (column, to) => change({ columns: movedTo(ids, column, to) })}
          onSort={(column) =>
            table.columnsById.get(column)?.isSortable && change({ ordering: toggledOrder(state.ordering, column) })
          }
          menu={
            isNarrow
              ? undefined
              : (column) => <HeadMenu table={table} column={column} onFilter={onFilter} onResize={onResize} />
          }
        />
      )}
      {look !== null && (
        <QuickLook
          task={tasks.rowAt(look)}
          columns={table.columns}
          people={people}
          onStep={step}
          onOpen={() => {
            const task = tasks.rowAt(look)
            setLook(null)
            if (task) onOpen(task, look)
          }}
          onClose={() => setLook(null)}
        />
      )}
      {menu && (
        <RowMenu
          place={menu}
          mayDelete={mayDelete}
          onOpen={() => onOpen(menu.task, menu.index)}
          onLook={() => setLook(menu.index)}
          onSelect={() => chosen.toggle(menu.task, menu.index, false)}
          onDelete={() => onDelete(menu.task)}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  )
}
