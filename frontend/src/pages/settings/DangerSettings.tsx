import { Box, Button, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useDeleteAllTasks } from '@/api/queries/tasks'
import type { Project } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Section } from '@/ui/Section'
import { say, sayFailed } from '@/ui/toast'
import { isArchived, useProjectActs } from '../project/useProjectActs'
import { TrashTable } from '../trash/TrashTable'
import classes from './settings.module.css'

type Act = 'tasks' | 'project'

/** Acts that take much away; each goes through the trash. */
export const DangerSettings = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const dropTasks = useDeleteAllTasks(project.id)
  const { archive, remove } = useProjectActs()
  const shelved = isArchived(project)
  const [act, setAct] = useState<Act | null>(null)

  const deleteTasks = () =>
    dropTasks.mutateAsync(undefined, {
      onSuccess: () => say(t('settings.danger.tasksDeleted')),
      onError: (error) => sayFailed(messageOf(error)),
    })
  const deleteProject = async () => {
    if (await remove(project)) await navigate({ to: '/projects/' })
  }
  const rows: { name: Act; run: () => Promise<unknown>; disabled: boolean }[] = [
    { name: 'tasks', run: deleteTasks, disabled: !project.task_number },
    { name: 'project', run: deleteProject, disabled: false },
  ]
  return (
    <>
      <Section title={t('settings.danger.title')} hint={t('settings.danger.hint')}>
        <Stack gap="md">
          <Group justify="space-between" gap="xs">
            <Box className={classes.act}>
              <Text size="sm" fw={600}>
                {t(shelved ? 'settings.danger.unarchive' : 'settings.danger.archive')}
              </Text>
              <Text size="xs" c="dimmed">
                {t('projects.archivedHint')}
              </Text>
            </Box>
            <Button variant="default" onClick={() => void archive(project, !shelved)}>
              {t(shelved ? 'projects.unarchive' : 'projects.archive')}
            </Button>
          </Group>
          {rows.map(({ name, run, disabled }) => (
            <Group key={name} justify="space-between" gap="xs">
              <Box className={classes.act}>
                <Text size="sm" fw={600}>
                  {t(`settings.danger.${name}`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {t(`settings.danger.${name}Hint`)}
                </Text>
              </Box>
              <Button variant="outline" color="rubric" disabled={disabled} onClick={() => setAct(name)}>
                {t(`settings.danger.${name}Button`)}
              </Button>
              <ConfirmDialog
                opened={act === name}
                title={t(`settings.danger.${name}`)}
                confirmLabel={t(`settings.danger.${name}Button`)}
                typed={project.title || undefined}
                onConfirm={run}
                onClose={() => setAct(null)}
              >
                {t(`settings.danger.${name}Confirm`, { count: project.task_number ?? 0 })}
              </ConfirmDialog>
            </Group>
          ))}
        </Stack>
      </Section>
      <Section title={t('settings.trash')} hint={t('organization.trash.hint')}>
        <TrashTable project={project.id} />
      </Section>
    </>
  )
}
