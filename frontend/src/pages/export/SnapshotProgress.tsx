import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCancelJob, useJob } from '@/api/queries/jobs'
import type { ExportSnapshot } from '@/api/types'
import { ProgressJob } from '@/ui/ProgressJob'

/** How far a snapshot is, or that it failed. */
export const SnapshotProgress = ({ snapshot }: { snapshot: ExportSnapshot }) => {
  const { t } = useTranslation()
  const id = snapshot.job ?? null
  const job = useJob(id)
  const cancel = useCancelJob()
  if (snapshot.status === 'failed') {
    return (
      <Text size="xs" c="var(--postil-rubric)">
        {job.data?.state === 'cancelled' ? t('export.canceled') : t('export.failed', { reason: job.data?.error ?? '' })}
      </Text>
    )
  }
  return (
    <ProgressJob
      label={t('export.writing')}
      done={job.data?.progress.done ?? 0}
      total={job.data?.progress.total ?? null}
      onCancel={id === null ? undefined : () => cancel.mutate(id)}
    />
  )
}
