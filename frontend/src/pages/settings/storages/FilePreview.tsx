import { Code, List, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StoredFile } from '@/api/queries/storages'

const kilobytes = (size: number | null): string =>
  size === null ? '' : `${Math.ceil(size / 1024).toLocaleString()} kB`

/** The first objects that a sync would look at. */
export const FilePreview = ({ files }: { files: readonly StoredFile[] }) => {
  const { t } = useTranslation()
  const named = files.filter((file) => file.key !== null)
  const shown = named.slice(0, 10)
  const isCut = named.length < files.length || shown.length < named.length
  return (
    <Stack gap={4} role="status" aria-label={t('storages.preview')}>
      <Text size="sm" fw={600}>
        {t(named.length === 0 ? 'storages.previewNone' : 'storages.preview')}
      </Text>
      <List size="xs" spacing={2} style={{ overflowWrap: 'anywhere' }}>
        {shown.map((file) => (
          <List.Item key={file.key}>
            <Code>{file.key}</Code> {kilobytes(file.size)}
          </List.Item>
        ))}
      </List>
      {isCut && (
        <Text size="xs" c="dimmed">
          {t('storages.previewMore')}
        </Text>
      )}
    </Stack>
  )
}
