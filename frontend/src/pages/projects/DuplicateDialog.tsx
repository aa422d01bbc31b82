import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { isOver, useCancelJob, useJob } from '@/api/queries/jobs'
import { type CopyMode, copyModes, useDuplicateProject } from '@/api/queries/projects'
import type { Project } from '@/api/types'
import { Failure } from '@/ui/Failure'
import { ProgressJob } from '@/ui/ProgressJob'

const MAX_TITLE = 50
const modeKeys = { [copyModes[0]]: 'settings', [copyModes[1]]: 'tasks', [copyModes[2]]: 'annotations' } as const

/** Asks what a copy of a project takes over, and follows it until it is there. */
export const DuplicateDialog = ({ project, onClose }: { project: Project; onClose: () => void }) => {
  const { t } = useTranslation()
  const duplicate = useDuplicateProject()
  const [title, setTitle] = useState(() => t('projects.copyOf', { title: project.title }).slice(0, MAX_TITLE))
  const [mode, setMode] = useState<CopyMode>('settings')
  const copy = duplicate.data
  const job = useJob(copy?.job?.id ?? null)
  const cancel = useCancelJob()
  const failure = duplicate.error ? messageOf(duplicate.error) : job.data?.state === 'failed' ? job.data.error : null
  const isThere = copy !== undefined && (copy.job === null || job.data?.state === 'completed')
  const isRunning = copy !== undefined && !isThere && (job.data === undefined || !isOver(job.data))
  const progress = job.data?.progress
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('projects.duplicateTitle', { title: project.title })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          duplicate.mutate({ id: project.id, title: title.trim(), mode })
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('newProject.name')}
            maxLength={MAX_TITLE}
            value={title}
            disabled={copy !== undefined}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
          />
          <Radio.Group
            label={t('projects.copies')}
            value={mode}
            onChange={(value) => setMode(copyModes.find((known) => known === value) ?? 'settings')}
          >
            <Stack gap={8} mt={6}>
              {copyModes.map((value) => (
                <Radio
                  key={value}
                  size="xs"
                  value={value}
                  disabled={copy !== undefined}
                  label={t(`projects.copyMode.${modeKeys[value]}`, {
                    tasks: (project.task_number ?? 0).toLocaleString(),
                    annotations: (project.total_annotations_number ?? 0).toLocaleString(),
                  })}
                />
              ))}
            </Stack>
          </Radio.Group>
          {failure && <Failure message={failure} />}
          {isRunning && (
            <ProgressJob
              label={t('projects.copying')}
              done={progress?.done ?? 0}
              total={progress?.total ?? null}
              unit={progress?.unit}
              onCancel={copy?.job ? () => copy.job && cancel.mutate(copy.job.id) : undefined}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t(copy ? 'common.close' : 'common.cancel')}
            </Button>
            {isThere ? (
              <Button component={Link} to={`/projects/${copy.id}/data/`}>
                {t('projects.openCopy')}
              </Button>
            ) : (
              <Button type="submit" loading={duplicate.isPending} disabled={title.trim() === '' || copy !== undefined}>
                {t('projects.duplicate')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
