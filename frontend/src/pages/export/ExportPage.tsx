import { Box, Stack, Title } from '@mantine/core'
import { useRouterState, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useViews } from '@/api/queries/views'
import { useProjectId } from '../useProjectId'
import { ExportForm } from './ExportForm'
import { SnapshotList } from './SnapshotList'
import { type ExportSearch, scopesOf } from './scopes'

/** Takes the labels out: choose a format, make a snapshot, download it. */
export const ExportPage = () => {
  const { t } = useTranslation()
  const project = useProjectId()
  const search: ExportSearch = useSearch({ strict: false })
  const kept = useRouterState({ select: ({ location }) => location.state.chosen })
  const views = useViews(project)
  const scopes = scopesOf(views.data ?? [], { ...search, chosen: search.chosen ?? kept }, t)
  return (
    <Box w="100%" maw={960} mx="auto" px="md" py="lg">
      <Title order={1} mb="md">
        {t('export.title')}
      </Title>
      <Stack gap="md">
        {!views.isPending && <ExportForm project={project} scopes={scopes} />}
        <SnapshotList project={project} />
      </Stack>
    </Box>
  )
}
