import { Box, Center, Loader } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { withoutTask } from '@/api/queries/filters'
import { fetchNextOf, useTaskPosition } from '@/api/queries/tasks'
import type { Task } from '@/api/types'
import { everything } from '@/ui/selection'
import classes from './DataPage.module.css'
import { STREAMS } from './streams'
import { TaskBrowser } from './TaskBrowser'
import { useDisplay } from './useDisplay'
import { usePeople } from './usePeople'
import { useSelection } from './useSelection'
import { type DataSearch, useTableState } from './useTableState'
import { useTaskList } from './useTaskList'

const QuickView = lazy(async () => ({ default: (await import('../label/QuickView')).QuickView }))
const LabelStream = lazy(async () => ({ default: (await import('../label/LabelStream')).LabelStream }))

const waiting = (
  <Center flex={1}>
    <Loader size="sm" />
  </Center>
)

/** The table with one task opened beside it, or the chosen ones one after the other. */
export const ProjectData = ({ project }: { project: number }) => {
  const search: DataSearch = useSearch({ strict: false })
  const table = useTableState(project)
  const people = usePeople()
  const displayed = useDisplay(project)
  const hasPictures = table.columns.some((column) => column.type === 'Image')
  const tasks = useTaskList(table, hasPictures && search.task === undefined)
  const { filters, ordering } = table.state
  const chosen = useSelection(tasks.rowAt, JSON.stringify({ filters, ordering }))
  const [at, setAt] = useState<number | undefined>(undefined)
  const { task: openId, annotation, labeling } = search
  const { indexOf, fetchRow, total } = tasks
  const known = openId === undefined ? undefined : indexOf(openId)
  const isElsewhere = openId !== undefined && at === undefined && known === undefined && !tasks.isLoading
  const position = useTaskPosition(project, { filters, ordering }, openId, isElsewhere && !table.isPending)
  const place = known ?? (isElsewhere ? (position.data ?? undefined) : undefined)
  useEffect(() => {
    if (place !== undefined) setAt(place)
  }, [place])

  const { selection } = chosen
  const question = JSON.stringify({ filters, ordering })
  const find = useCallback(
    async (after?: number) => {
      const isChosen = labeling === STREAMS.selected && (selection.all || selection.ids.size > 0)
      const wanted = withoutTask(isChosen ? selection : everything, after)
      return wanted && fetchNextOf(project, JSON.parse(question), wanted)
    },
    [project, question, labeling, selection],
  )
  if (labeling !== undefined) {
    return (
      <Suspense fallback={waiting}>
        <LabelStream projectId={project} find={find} />
      </Suspense>
    )
  }
  const open = (task: Task, index: number) => {
    setAt(index)
    table.openTask(task.id)
  }
  const step = async (by: number) => {
    if (at === undefined) return
    const next = await fetchRow(at + by)
    if (next) open(next, at + by)
  }
  const moves =
    at === undefined || openId === undefined
      ? undefined
      : {
          next: at + 1 < total ? () => step(1) : undefined,
          previous: at > 0 ? () => step(-1) : undefined,
          position: { at: at + 1, total },
        }
  return (
    <Box className={classes.page} data-open={openId !== undefined || undefined}>
      <Box className={classes.table}>
        <TaskBrowser
          table={table}
          tasks={tasks}
          chosen={chosen}
          people={people}
          displayed={displayed}
          openId={openId ?? null}
          startAt={openId === undefined ? undefined : at}
          onOpen={open}
        />
      </Box>
      {openId !== undefined && (
        <Box className={classes.view}>
          <Suspense fallback={waiting}>
            <QuickView
              key={openId}
              projectId={project}
              taskId={openId}
              annotationId={annotation}
              moves={moves}
              onClose={() => table.openTask(undefined)}
            />
          </Suspense>
        </Box>
      )}
    </Box>
  )
}
