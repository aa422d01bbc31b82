import { ActionIcon, Box, Button, Center, EmptyState, Group, Loader, Progress, Text, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconChecks } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '@/api/queries/projects'
import { peekNextTask, useInteractiveModels } from '@/api/queries/stream'
import type { Project, Task } from '@/api/types'
import type { JsonObject } from '@/editor'
import { imagesOf } from '@/editor/mediaOf'
import { Failure } from '@/ui/Failure'
import { createHost } from './createHost'
import classes from './label.module.css'
import { useOwnItems } from './ownItems'
import { TaskEditor } from './TaskEditor'
import { type StreamOptions, useStream } from './useStream'
import { useTagCode } from './useTagCode'
import { useViewPage } from './useViewPage'

const QueueProgress = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const total = project.queue_total ?? project.task_number ?? 0
  const done = project.queue_done ?? 0
  if (total === 0) return null
  return (
    <Group gap={8} wrap="nowrap">
      <Progress value={(100 * done) / total} w={90} size={5} aria-label={t('label.progressLabel')} visibleFrom="sm" />
      <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {t('label.progress', { done: done.toLocaleString(), total: total.toLocaleString() })}
      </Text>
    </Group>
  )
}

interface Props {
  projectId: number
  /** Hands out the next task, or the one after another; unset: the project's own rules. */
  find?: StreamOptions['find']
}

/** What comes next is fetched beforehand, by the same rules. */
const streamOptions = (project: Project | undefined, find: StreamOptions['find']): StreamOptions => ({
  find,
  ...(project && {
    peek: find ?? ((current: number) => peekNextTask(project.id, current)),
    picturesOf: (task: Task) => imagesOf(project.label_config, task.data as JsonObject),
  }),
})

/** One task after the other, as the server hands them out. */
export const LabelStream = ({ projectId, find }: Props) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const project = useProject(projectId)
  useTagCode(project.data?.label_config)
  const stream = useStream(
    projectId,
    useMemo(() => streamOptions(project.data, find), [project.data, find]),
  )
  const { next, previous, saved, postpones } = stream
  const maySkip = project.data?.show_skip_button ?? false
  const models = useInteractiveModels(projectId)
  // Back to the list as it was: its view and filter stay.
  const { view, q }: { view?: number; q?: object } = useSearch({ strict: false })
  const params = { projectId: String(projectId) }
  const exit = useCallback(
    () =>
      void navigate({
        to: '/projects/$projectId/data/',
        params: { projectId: String(projectId) },
        search: (old) => ({ view: old.view, q: old.q }),
      }),
    [navigate, projectId],
  )
  const ownItems = useOwnItems(projectId)
  const { viewPage, onViewPage } = useViewPage(projectId)
  const host = useMemo(
    () => createHost({ maySkip, models, next, previous, postpones, exit, onSaved: saved, onViewPage, ...ownItems }),
    [maySkip, models, next, previous, postpones, exit, saved, onViewPage, ownItems],
  )
  if (!project.data) return null
  const { state } = stream
  return (
    <Box component="section" className={classes.view} aria-label={t('project.labelAll')}>
      <Group className={classes.head} gap="sm" wrap="nowrap">
        <Tooltip label={t('label.backToData')}>
          <ActionIcon
            renderRoot={(props) => (
              <Link {...props} to="/projects/$projectId/data/" params={params} search={{ view, q }} />
            )}
            aria-label={t('label.backToData')}
          >
            <IconArrowLeft size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Text component="h1" size="sm" fw={640} m={0} className="ellipsis">
          {project.data.title}
        </Text>
        {state.kind === 'task' && (
          <Text size="xs" c="dimmed" className="tabular" visibleFrom="sm">
            {t('label.task', { id: state.opened.task.id })}
          </Text>
        )}
        <Box flex={1} />
        <QueueProgress project={project.data} />
      </Group>
      {state.kind === 'loading' && (
        <Center flex={1} aria-busy>
          <Loader size="sm" />
        </Center>
      )}
      {state.kind === 'failed' && (
        <Box p="md">
          <Failure message={state.message} onRetry={() => void stream.retry()} />
        </Box>
      )}
      {state.kind === 'done' && (
        <EmptyState
          m="auto"
          p="xl"
          maw={480}
          icon={<IconChecks size={46} stroke={1.3} />}
          title={t('label.doneTitle')}
          description={t('label.doneHint')}
        >
          <Group gap="xs">
            <Button
              renderRoot={(props) => (
                <Link {...props} to="/projects/$projectId/data/" params={params} search={{ view, q }} />
              )}
            >
              {t('label.backToData')}
            </Button>
            <Button variant="default" onClick={() => void stream.retry()}>
              {t('label.loadNext')}
            </Button>
          </Group>
        </EmptyState>
      )}
      {state.kind === 'task' && (
        <Box className={classes.editor}>
          <TaskEditor project={project.data} opened={state.opened} mode="stream" viewPage={viewPage} host={host} />
        </Box>
      )}
    </Box>
  )
}
