import { Box, Button, Tooltip } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useIsAtLeast } from '@/api/queries/session'
import type { Project } from '@/api/types'
import classes from './ProjectBar.module.css'

/** Where we are in the project, its pages, and the way into labeling. */
export const ProjectBar = ({ project }: { project: Project }) => {
  const { t } = useTranslation()
  const manages = useIsAtLeast('manager')
  const params = { projectId: String(project.id) }
  const isInSettings = useRouterState({ select: (state) => state.location.pathname.includes('/settings/') })
  const canLabel = (project.task_number ?? 0) > 0
  const label = (
    <Button
      component={Link}
      to={`/projects/${project.id}/data/?labeling=1`}
      leftSection={<IconPlayerPlay size={15} />}
      disabled={!canLabel}
      data-disabled={!canLabel || undefined}
      onClick={(event) => {
        if (!canLabel) event.preventDefault()
      }}
    >
      {t('project.labelAll')}
    </Button>
  )
  return (
    <Box className={classes.bar}>
      <nav aria-label={t('nav.breadcrumbs')} className={classes.crumbs}>
        <Link to="/projects/">{t('nav.projects')}</Link>
        <span aria-hidden>/</span>
        <h1 className="ellipsis">{project.title || t('projects.untitled', { id: project.id })}</h1>
      </nav>
      <nav aria-label={t('project.pages')} className={classes.tabs}>
        <Link to="/projects/$projectId/data/" params={params} search={{}} activeOptions={{ includeSearch: false }}>
          {t('project.data')}
        </Link>
        {manages && (
          <>
            <Link to="/projects/$projectId/dashboard/" params={params}>
              {t('dashboard.title')}
            </Link>
            <Link to="/projects/$projectId/import/" params={params}>
              {t('project.import')}
            </Link>
            <Link to="/projects/$projectId/export/" params={params}>
              {t('project.export')}
            </Link>
            <Link
              to="/projects/$projectId/settings/$section/"
              params={{ ...params, section: 'general' }}
              data-status={isInSettings ? 'active' : undefined}
            >
              {t('project.settings')}
            </Link>
          </>
        )}
      </nav>
      {canLabel ? label : <Tooltip label={t('project.nothingToLabel')}>{label}</Tooltip>}
    </Box>
  )
}
