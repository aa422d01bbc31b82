import { ActionIcon, Box, Center, Group, Loader, Text, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { hasStatus, messageOf } from '@/api/errors'
import { useProject } from '@/api/queries/projects'
import { useInteractiveModels } from '@/api/queries/stream'
import { refreshProject } from '@/api/queries/tasks'
import { Failure } from '@/ui/Failure'
import { createHost } from './createHost'
import classes from './label.module.css'
import { useOwnItems } from './ownItems'
import { TaskEditor } from './TaskEditor'
import { useEditorTask } from './useEditorTask'
import { useTagCode } from './useTagCode'
import { useViewPage } from './useViewPage'

interface Props {
  projectId: number
  taskId: number
  annotationId?: number
  /** The way to the neighbors in the list that the task was opened from. */
  moves?: {
    next?: () => void | Promise<void>
    previous?: () => void | Promise<void>
    position: { at: number; total: number }
  }
  onClose?: () => void
}

/** Returns the address that opens an annotation of a task, with a region selected. */
const linkTo = (project: number, task: number, annotation: number | null, region: string | null): string => {
  const query = new URLSearchParams({ task: String(task) })
  if (annotation !== null) query.set('annotation', String(annotation))
  if (region !== null) query.set('region', region)
  return `${location.origin}/projects/${project}/data/?${query}`
}

const ListPosition = ({ at, total }: { at: number; total: number }) => {
  const { t } = useTranslation()
  return (
    <Text size="xs" c="dimmed" className="tabular">
      {t('label.position', { at: at.toLocaleString(), total: total.toLocaleString() })}
    </Text>
  )
}

/** One task opened from the table. */
export const QuickView = ({ projectId, taskId, annotationId, moves, onClose }: Props) => {
  const latest = useRef(moves)
  latest.current = moves
  const hasNext = moves?.next !== undefined
  const hasPrevious = moves?.previous !== undefined
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { region } = useSearch({ strict: false })
  const { viewPage, onViewPage } = useViewPage(projectId)
  const client = useQueryClient()
  const project = useProject(projectId)
  useTagCode(project.data?.label_config)
  const opened = useEditorTask(taskId)
  const models = useInteractiveModels(projectId)
  const ownItems = useOwnItems(projectId)
  const host = useMemo(
    () =>
      createHost({
        maySkip: false,
        models,
        ...ownItems,
        onSaved: () => refreshProject(client, projectId),
        onViewPage,
        linkTo: (annotation, region) => linkTo(projectId, taskId, annotation, region),
        next: hasNext ? () => latest.current?.next?.() : undefined,
        previous: hasPrevious ? () => latest.current?.previous?.() : undefined,
      }),
    [client, projectId, taskId, models, hasNext, hasPrevious, ownItems, onViewPage],
  )
  const close = () => {
    if (onClose) onClose()
    else void navigate({ to: '/projects/$projectId/data/', params: { projectId: String(projectId) }, search: {} })
  }
  const gone = hasStatus(opened.error, 404) || (opened.data && opened.data.task.project !== projectId)
  return (
    <Box component="section" className={classes.view} aria-label={t('label.task', { id: taskId })}>
      <Group className={classes.head} gap="xs" wrap="nowrap">
        <Text size="sm" fw={600} className="tabular">
          {t('label.task', { id: taskId })}
        </Text>
        {moves && <ListPosition {...moves.position} />}
        <Box flex={1} />
        <Tooltip label={t('label.close')}>
          <ActionIcon aria-label={t('label.close')} onClick={close}>
            <IconX size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {gone && (
        <Box p="md">
          <Failure title={t('label.taskGone')} message={t('label.taskGoneHint')} />
        </Box>
      )}
      {opened.error && !gone && (
        <Box p="md">
          <Failure message={messageOf(opened.error)} onRetry={() => void opened.refetch()} />
        </Box>
      )}
      {(opened.isPending || project.isPending) && (
        <Center flex={1}>
          <Loader size="sm" />
        </Center>
      )}
      {opened.data && project.data && !gone && (
        <Box className={classes.editor}>
          <TaskEditor
            project={project.data}
            opened={opened.data}
            annotationId={annotationId}
            regionId={region}
            viewPage={viewPage}
            mode="quick"
            host={host}
          />
        </Box>
      )}
    </Box>
  )
}
