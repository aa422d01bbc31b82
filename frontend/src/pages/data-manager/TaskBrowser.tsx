import { Alert, Box, Button, EmptyState, Skeleton, Text } from '@mantine/core'
import { IconFilterOff, IconUpload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import type { BulkAction } from '@/api/queries/actions'
import { noFilters } from '@/api/queries/filters'
import { useIsAtLeast } from '@/api/queries/session'
import { refreshProject } from '@/api/queries/tasks'
import { viewsKey } from '@/api/queries/views'
import type { Task } from '@/api/types'
import type { TaskWindow } from '@/api/useTaskWindow'
import { Failure } from '@/ui/Failure'
import { say } from '@/ui/toast'
import { ActionDialog } from './bulk/ActionDialog'
import { deleteTasks } from './bulk/deleteTasks'
import { RunningAction } from './bulk/RunningAction'
import { useRuns } from './bulk/useRuns'
import { FilterSentence } from './filters/FilterSentence'
import { TaskList } from './table/TaskList'
import { Toolbar } from './toolbar/Toolbar'
import type { DisplayControl } from './useDisplay'
import type { People } from './usePeople'
import type { SelectionControl } from './useSelection'
import type { TableControl } from './useTableState'
import { ViewTabs } from './views/ViewTabs'

interface Props {
  table: TableControl
  tasks: TaskWindow
  chosen: SelectionControl
  people: People
  displayed: DisplayControl
  openId: number | null
  startAt: number | undefined
  onOpen: (task: Task, index: number) => void
}

interface Asked {
  action: BulkAction
  /** Only this task, whatever is selected. */
  task?: Task
}

const Empty = ({ table }: { table: TableControl }) => {
  const { t } = useTranslation()
  const manages = useIsAtLeast('manager')
  if (table.state.filters.items.length > 0) {
    return (
      <EmptyState
        m="auto"
        p="xl"
        icon={<IconFilterOff size={44} stroke={1.3} />}
        title={t('data.noMatch')}
        description={t('data.noMatchHint')}
      >
        <Button variant="default" onClick={() => table.change({ filters: noFilters })}>
          {t('data.filter.clear')}
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      m="auto"
      p="xl"
      maw={520}
      icon={<IconUpload size={44} stroke={1.3} />}
      title={t('data.emptyTitle')}
      description={t(manages ? 'data.emptyHint' : 'data.emptyForAnnotator')}
    >
      {manages && (
        <Button component={Link} to={`/projects/${table.projectId}/import/`}>
          {t('data.importFirst')}
        </Button>
      )}
    </EmptyState>
  )
}

const Waiting = ({ why }: { why: Error | null }) => (
  <Box p="md" aria-busy>
    {why && (
      <Text size="sm" c="dimmed" mb="md" role="status">
        {messageOf(why)}
      </Text>
    )}
    {[1, 2, 3, 4, 5, 6].map((line) => (
      <Skeleton key={line} height={28} mb={12} />
    ))}
  </Box>
)

/** Views, toolbar and list of a project's tasks; narrow beside an open task. */
export const TaskBrowser = (props: Props) => {
  const { table, tasks, chosen, people, displayed, openId, startAt, onOpen } = props
  const { t } = useTranslation()
  const client = useQueryClient()
  const [asked, setAsked] = useState<Asked | null>(null)
  const { runs, add, drop } = useRuns(table.projectId)
  const [wanted, setWanted] = useState<string | null>(null)
  const takeWanted = useCallback(() => setWanted(null), [])
  const ask = useCallback((action: BulkAction) => setAsked({ action }), [])
  const { display, change, resize } = displayed
  const isNarrow = openId !== null
  let body: ReactNode
  if (tasks.error && tasks.total === 0) {
    body = (
      <Box p="md">
        <Failure message={messageOf(tasks.error)} onRetry={() => void refreshProject(client, table.projectId)} />
      </Box>
    )
  } else if (tasks.isLoading || table.isPending) body = <Waiting why={tasks.delay} />
  else if (tasks.total === 0) body = <Empty table={table} />
  else {
    body = (
      <TaskList
        table={table}
        tasks={tasks}
        chosen={chosen}
        people={people}
        display={display}
        openId={openId}
        startAt={startAt}
        onResize={resize}
        onFilter={setWanted}
        onOpen={onOpen}
        onDelete={(task) => setAsked({ action: deleteTasks(t), task })}
      />
    )
  }
  const { filters, ordering } = table.state
  return (
    <>
      {!isNarrow && <ViewTabs table={table} />}
      <Toolbar
        table={table}
        total={tasks.total}
        isExact={tasks.isExact}
        chosen={chosen}
        people={people}
        display={display}
        isNarrow={isNarrow}
        wantedFilter={wanted}
        onWantedTaken={takeWanted}
        onDisplay={change}
        onAction={ask}
      />
      <FilterSentence table={table} people={people} />
      {table.isViewGone && (
        <Alert
          color="rubric"
          m="xs"
          withCloseButton
          closeButtonLabel={t('common.close')}
          onClose={() => table.openView(undefined)}
        >
          {t('data.view.gone')}
        </Alert>
      )}
      {runs.map(({ id, title }) => (
        <RunningAction key={id} projectId={table.projectId} id={id} title={title} onOver={() => drop(id)} />
      ))}
      {body}
      {asked && (
        <ActionDialog
          action={asked.action}
          target={{
            project: table.projectId,
            query: { filters, ordering },
            chosen: asked.task ? { all: false, ids: new Set([asked.task.id]) } : chosen.selection,
          }}
          onStarted={({ job, view, detail }) => {
            if (job) add({ id: job.id, title: asked.action.title })
            else say(detail || asked.action.title)
            if (!asked.task) chosen.clear()
            if (view !== undefined)
              void client.invalidateQueries({ queryKey: viewsKey(table.projectId) }).then(() => table.openView(view))
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
