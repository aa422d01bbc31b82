import { Alert, Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconPlayerStop } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { isOver, type JobId, useCancelJob, useJob } from '@/api/queries/jobs'
import { refreshProject } from '@/api/queries/tasks'
import { Failure } from '@/ui/Failure'
import { ProgressJob } from '@/ui/ProgressJob'
import { importedCount } from './importedCount'
import { RowErrors } from './RowErrors'

interface Props {
  id: JobId
  project: number
}

/** An import as it goes, and how it ended. */
export const ImportJob = ({ id, project }: Props) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const job = useJob(id)
  const cancel = useCancelJob()
  const state = job.data?.state
  const over = job.data ? isOver(job.data) : false
  useEffect(() => {
    if (over) void refreshProject(client, project)
  }, [over, client, project])
  if (job.error) return <Failure message={messageOf(job.error)} onRetry={() => void job.refetch()} />
  if (!job.data) return <Skeleton height={60} />
  const { progress } = job.data
  if (!over) {
    return (
      <Box className="card" p="md">
        <ProgressJob
          label={t(state === 'queued' ? 'import.queued' : 'import.reading')}
          done={progress.done}
          total={progress.total}
          unit={t('import.tasksUnit')}
          onCancel={() => cancel.mutate(id)}
        />
      </Box>
    )
  }
  const tasks = importedCount(job.data)
  return (
    <Stack gap="sm">
      {state === 'completed' && (
        <Alert
          color="verdigris"
          icon={<IconCircleCheck size={18} />}
          title={t('import.done', { count: tasks, shown: tasks.toLocaleString() })}
        >
          <Group justify="space-between">
            <Text size="sm">{t('import.doneHint')}</Text>
            <Button component={Link} to={`/projects/${project}/data/`}>
              {t('import.toData')}
            </Button>
          </Group>
        </Alert>
      )}
      {state === 'cancelled' && (
        <Alert color="gray" icon={<IconPlayerStop size={18} />} title={t('import.canceled')}>
          {t('import.canceledHint')}
        </Alert>
      )}
      {state === 'failed' && <Failure title={t('import.failed')} message={job.data.error || t('import.failedRows')} />}
      {job.data.error_count > 0 && <RowErrors job={id} count={job.data.error_count} />}
    </Stack>
  )
}
