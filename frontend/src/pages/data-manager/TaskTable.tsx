import { Box, Button, EmptyState, Skeleton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useIsAtLeast } from '@/api/queries/session'
import { useColumns } from '@/api/queries/tasks'
import type { Task } from '@/api/types'
import { useTaskWindow } from '@/api/useTaskWindow'
import { Failure } from '@/ui/Failure'
import { choose, everything, isSelected, nothing, type Selection } from '@/ui/selection'
import { VirtualTable } from '@/ui/VirtualTable'
import { TaskToolbar } from './TaskToolbar'
import { tableColumns } from './tableColumns'

interface Props {
  projectId: number
  openId: number | null
}

/** Every task of the project in one scroll. */
export const TaskTable = ({ projectId, openId }: Props) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const manages = useIsAtLeast('manager')
  const columns = useColumns(projectId)
  const tasks = useTaskWindow(projectId)
  const [selection, setSelection] = useState<Selection>(nothing)
  const lastChosen = useRef(0)
  const shown = useMemo(() => tableColumns(columns.data ?? [], t, openId !== null), [columns.data, t, openId])

  const open = useCallback(
    (task: Task) => {
      void navigate({
        to: '/projects/$projectId/data/',
        params: { projectId: String(projectId) },
        search: { task: task.id },
      })
    },
    [navigate, projectId],
  )
  const select = (task: Task, index: number, extend: boolean) => {
    const isChosen = !isSelected(selection, task.id)
    const from = extend ? Math.min(lastChosen.current, index) : index
    const to = extend ? Math.max(lastChosen.current, index) : index
    const ids = Array.from({ length: to - from + 1 }, (_, step) => tasks.rowAt(from + step)?.id).filter(
      (id) => id !== undefined,
    )
    setSelection((old) => choose(old, ids, isChosen))
    lastChosen.current = index
  }

  if (tasks.error && tasks.total === 0) {
    return (
      <Box p="md">
        <Failure message={messageOf(tasks.error)} />
      </Box>
    )
  }
  if (tasks.isLoading || columns.isPending) {
    return (
      <Box p="md" aria-busy>
        {[40, 40, 40, 40, 40, 40].map((height, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
          <Skeleton key={index} height={height - 12} mb={12} />
        ))}
      </Box>
    )
  }
  if (tasks.total === 0) {
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
          <Button component={Link} to={`/projects/${projectId}/import/`}>
            {t('data.importFirst')}
          </Button>
        )}
      </EmptyState>
    )
  }
  return (
    <>
      <TaskToolbar
        projectId={projectId}
        total={tasks.total}
        selection={selection}
        isNarrow={openId !== null}
        onCleared={() => setSelection(nothing)}
      />
      <VirtualTable<Task>
        label={t('data.table')}
        count={tasks.total}
        rowHeight={shown.rowHeight}
        columns={shown.columns}
        rowAt={tasks.rowAt}
        idOf={idOf}
        openId={openId}
        selection={selection}
        onShow={tasks.show}
        onOpen={open}
        onSelect={select}
        onSelectAll={(isChosen) => setSelection(isChosen ? everything : nothing)}
      />
    </>
  )
}

const idOf = (task: Task): number => task.id
