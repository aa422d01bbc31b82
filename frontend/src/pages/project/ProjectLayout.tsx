import { Alert, Box, Button, Center, Group, Skeleton } from '@mantine/core'
import { IconArchive } from '@tabler/icons-react'
import { Link, Outlet, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { hasStatus, messageOf } from '@/api/errors'
import { useProject } from '@/api/queries/projects'
import { useIsAtLeast } from '@/api/queries/session'
import { Failure } from '@/ui/Failure'
import { useProjectId } from '../useProjectId'
import { ProjectBar } from './ProjectBar'
import { isArchived, useProjectActs } from './useProjectActs'

/** What all pages of a project share. While labeling, the bar makes room for the work. */
export const ProjectLayout = () => {
  const { t } = useTranslation()
  const { labeling } = useSearch({ strict: false })
  const project = useProject(useProjectId())
  const manages = useIsAtLeast('manager')
  const { archive } = useProjectActs()
  if (project.error) {
    const gone = hasStatus(project.error, 404)
    return (
      <Center p="xl">
        <Failure
          title={gone ? t('project.notFound') : undefined}
          message={gone ? t('project.notFoundHint') : messageOf(project.error)}
          onRetry={gone ? undefined : () => void project.refetch()}
        >
          <Button component={Link} to="/projects/" variant="default" size="compact-xs">
            {t('common.toProjects')}
          </Button>
        </Failure>
      </Center>
    )
  }
  if (project.isPending) {
    return (
      <Box p="md" aria-busy>
        <Skeleton height={24} width={260} mb="md" />
        <Skeleton height={320} />
      </Box>
    )
  }
  return (
    <>
      {!labeling && <ProjectBar project={project.data} />}
      {isArchived(project.data) && (
        <Alert color="gray" p="xs" radius={0} icon={<IconArchive size={16} />}>
          <Group justify="space-between" gap="xs">
            {t('project.archived')}
            {manages && (
              <Button variant="default" size="compact-xs" onClick={() => void archive(project.data, false)}>
                {t('projects.unarchive')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <Outlet />
    </>
  )
}
