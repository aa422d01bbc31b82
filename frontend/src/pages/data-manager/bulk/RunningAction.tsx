import { Box } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { hasStatus, messageOf } from '@/api/errors'
import { undoJob } from '@/api/queries/actions'
import { isOver, useCancelJob, useJob } from '@/api/queries/jobs'
import { refreshProject } from '@/api/queries/tasks'
import type { Job } from '@/api/types'
import { ProgressJob } from '@/ui/ProgressJob'
import { say, sayFailed, sayWithAction } from '@/ui/toast'
import { UndoMessage } from '@/ui/UndoMessage'

interface Props {
  projectId: number
  id: Job['id']
  title: string
  onOver: () => void
}

/** Returns what an action says of itself, once it is over. */
export const outcomeOf = (job: Job, title: string): string => {
  const detail = job.result?.detail
  return typeof detail === 'string' && detail !== '' ? detail : title
}

/** An action as it runs; tells when it is over, and offers to take it back. */
export const RunningAction = ({ projectId, id, title, onOver }: Props) => {
  const { t } = useTranslation()
  const client = useQueryClient()
  const job = useJob(id)
  const cancel = useCancelJob()
  const isTold = useRef(false)
  const { data, error } = job
  useEffect(() => {
    if (hasStatus(error, 404) && !isTold.current) onOver()
  }, [error, onOver])
  useEffect(() => {
    if (!data || !isOver(data) || isTold.current) return
    isTold.current = true
    void refreshProject(client, projectId)
    onOver()
    if (data.state === 'failed') sayFailed(data.error ?? '', t('data.bulk.failed', { title }))
    // What was done until it was stopped can be taken back, too.
    const hasBegun = data.state !== 'completed' && data.progress.done > 0
    if (data.result?.undo || hasBegun) {
      const undo = async () => {
        try {
          const { restored, passed_over: left = 0 } = await undoJob(projectId, id)
          say(
            [
              t('data.bulk.undone', { count: restored }),
              ...(left > 0 ? [t('data.bulk.left', { count: left })] : []),
            ].join('. '),
          )
        } catch (error) {
          sayFailed(messageOf(error), t('data.bulk.undoFailed'))
        }
        await refreshProject(client, projectId)
      }
      const hide = sayWithAction(
        `undo-${id}`,
        <UndoMessage
          text={
            hasBegun
              ? t(`data.bulk.${data.state === 'failed' ? 'failed' : 'canceled'}`, { title })
              : outcomeOf(data, title)
          }
          onUndo={() => {
            hide()
            void undo()
          }}
        />,
      )
    } else if (data.state === 'cancelled') say(t('data.bulk.canceled', { title }))
    else if (data.state === 'completed') say(outcomeOf(data, title))
  }, [data, client, projectId, id, title, onOver, t])
  if (!data || isOver(data)) return null
  return (
    <Box px="sm" py={6} style={{ borderBottom: '1px solid var(--postil-line)' }}>
      <ProgressJob
        label={title}
        done={data.progress.done}
        total={data.progress.total}
        unit={data.progress.unit}
        onCancel={() => cancel.mutate(id)}
      />
    </Box>
  )
}
