import { ActionIcon, Badge, Box, Group, Progress, Text, Tooltip } from '@mantine/core'
import { IconPin, IconPinFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useUpdateProject } from '@/api/queries/projects'
import { useIsAtLeast } from '@/api/queries/session'
import type { Project } from '@/api/types'
import { RelativeTime } from '@/ui/RelativeTime'
import { isArchived } from '../project/useProjectActs'
import classes from './ProjectCard.module.css'
import { ProjectMenu } from './ProjectMenu'

/** A project at a glance: what it is and how far it has come. */
export const ProjectCard = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const update = useUpdateProject(project.id)
  const mayChange = useIsAtLeast('manager')
  const total = project.task_number ?? 0
  const done = project.finished_task_number ?? 0
  const percent = total > 0 ? Math.floor((100 * done) / total) : 0
  const isPinned = project.pinned_at !== null
  const pinLabel = isPinned ? t('projects.unpin') : t('projects.pin')
  const title = project.title || t('projects.untitled', { id: project.id })
  return (
    <Box className={`card ${classes.card}`} component="article">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Link to="/projects/$projectId/data/" params={{ projectId: String(project.id) }} className={classes.title}>
          {title}
        </Link>
        {mayChange && (
          <Group gap={2} wrap="nowrap" className={classes.above}>
            {!isArchived(project) && (
              <Tooltip label={pinLabel}>
                <ActionIcon
                  aria-label={pinLabel}
                  aria-pressed={isPinned}
                  onClick={() => update.mutate({ pinned_at: isPinned ? null : new Date().toISOString() })}
                >
                  {isPinned ? <IconPinFilled size={16} /> : <IconPin size={16} stroke={1.5} />}
                </ActionIcon>
              </Tooltip>
            )}
            <ProjectMenu project={project} title={title} />
          </Group>
        )}
      </Group>
      <Text size="sm" c="dimmed" className="clamp-2" mih={20}>
        {project.description}
      </Text>
      <Box mt="auto">
        {total === 0 ? (
          <Text size="xs" c="dimmed">
            {t('projects.noTasks')}
          </Text>
        ) : (
          <>
            <Group justify="space-between" mb={5}>
              <Text size="xs" fw={600} className="tabular">
                {t('projects.progress', { done: done.toLocaleString(), total: total.toLocaleString() })}
              </Text>
              <Text size="xs" c="dimmed" className="tabular">
                {percent}%
              </Text>
            </Group>
            <Progress value={percent} size={5} aria-label={t('projects.progressOf', { title })} />
          </>
        )}
        <Group justify="space-between" mt="sm" gap="xs">
          <Group gap={6}>
            {(project.total_annotations_number ?? 0) > 0 && (
              <Badge variant="light" size="sm" tt="none">
                {t('projects.annotations', { count: project.total_annotations_number ?? 0 })}
              </Badge>
            )}
            {(project.total_predictions_number ?? 0) > 0 && (
              <Badge variant="default" size="sm" tt="none">
                {t('projects.predictions', { count: project.total_predictions_number ?? 0 })}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            <RelativeTime at={project.created_at} />
          </Text>
        </Group>
      </Box>
    </Box>
  )
}
