import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { isOver, type JobId, useCancelJob, useJob } from '@/api/queries/jobs'
import { type ModelServer, useModelVersions, usePredictAll } from '@/api/queries/models'
import { useUpdateProject } from '@/api/queries/projects'
import type { Job, Project } from '@/api/types'
import { Failure } from '@/ui/Failure'
import { ProgressJob } from '@/ui/ProgressJob'
import { Section } from '@/ui/Section'
import { say, sayFailed } from '@/ui/toast'
import { RowErrors } from '../../import/RowErrors'

const Ended = ({ job }: { job: Job }) => {
  const { t } = useTranslation()
  const count = Number(job.result?.processed_items ?? 0)
  return (
    <Stack gap="sm">
      {job.state === 'failed' && <Failure message={job.error ?? ''} />}
      {job.state === 'cancelled' && <Text size="sm">{t('models.stopped')}</Text>}
      {job.state === 'completed' && (
        <Text size="sm" role="status">
          {t('models.predicted', { count, shown: count.toLocaleString() })}
        </Text>
      )}
      {job.error_count > 0 && <RowErrors job={job.id} count={job.error_count} />}
    </Stack>
  )
}

/** Predictions of all tasks by a job, and which version of predictions annotators see and scores count. */
export const BatchPredictions = ({ project, models }: { project: Project; models: readonly ModelServer[] }) => {
  const { t } = useTranslation()
  const [started, setStarted] = useState<JobId | null>(null)
  const client = useQueryClient()
  const versions = useModelVersions(project.id)
  const update = useUpdateProject(project.id)
  const predict = usePredictAll(project.id)
  const job = useJob(started)
  const cancel = useCancelJob()
  const names = [project.model_version ?? '', ...models.map((model) => model.title), ...(versions.data ?? [])]
  const runs = job.data !== undefined && !isOver(job.data)
  const isDone = job.data !== undefined && !runs
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ['model-versions', project.id] })
  }, [client, isDone, project.id])
  const start = () =>
    predict.mutate(undefined, {
      onSuccess: (made) => setStarted(made.id),
      onError: (error) => sayFailed(messageOf(error)),
    })
  return (
    <Section title={t('models.predictions')} hint={t('models.predictionsHint')}>
      <Stack gap="md">
        <Group align="flex-end">
          <Select
            label={t('models.version')}
            maw={360}
            data={[{ value: '', label: t('models.anyVersion') }, ...new Set(names.filter((name) => name !== ''))]}
            value={project.model_version ?? ''}
            onChange={(model_version) =>
              update.mutate(
                { model_version: model_version ?? '' },
                { onSuccess: () => say(t('settings.saved')), onError: (error) => sayFailed(messageOf(error)) },
              )
            }
          />
          <Button
            variant="default"
            leftSection={<IconSparkles size={15} />}
            disabled={models.length === 0 || runs}
            loading={predict.isPending}
            onClick={start}
          >
            {t('models.predictAll')}
          </Button>
        </Group>
        {job.data && runs && (
          <ProgressJob
            label={t('models.predicting')}
            done={job.data.progress.done}
            total={job.data.progress.total}
            unit={job.data.progress.unit}
            onCancel={() => cancel.mutate(job.data.id)}
          />
        )}
        {isDone && <Ended job={job.data} />}
      </Stack>
    </Section>
  )
}
