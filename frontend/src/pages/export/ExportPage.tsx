import { Box, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useProjectId } from '../useProjectId'
import { ExportForm } from './ExportForm'
import { SnapshotList } from './SnapshotList'

/** Takes the labels out: choose a format, make a snapshot, download it. */
export const ExportPage = () => {
  const { t } = useTranslation()
  const project = useProjectId()
  return (
    <Box w="100%" maw={960} mx="auto" px="md" py="lg">
      <Title order={1} mb="md">
        {t('export.title')}
      </Title>
      <Stack gap="md">
        <ExportForm project={project} />
        <SnapshotList project={project} />
      </Stack>
    </Box>
  )
}
