import { ActionIcon, Box, Button, Group, Skeleton, Table, Text, Tooltip } from '@mantine/core'
import { IconDownload, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { downloadUrl, useDeleteExport, useExports } from '@/api/queries/exports'
import type { ExportSnapshot } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Failure } from '@/ui/Failure'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import { sayFailed } from '@/ui/toast'
import { SnapshotProgress } from './SnapshotProgress'

const formatOf = (snapshot: ExportSnapshot): string => snapshot.converted_formats[0]?.export_type ?? 'JSON'

/** The snapshots made so far. */
export const SnapshotList = ({ project }: { project: number }) => {
  const { t } = useTranslation()
  const snapshots = useExports(project)
  const drop = useDeleteExport(project)
  const [asked, setAsked] = useState<ExportSnapshot | null>(null)
  const rows = snapshots.data ?? []
  return (
    <Section title={t('export.snapshots')} hint={t('export.snapshotsHint')}>
      {snapshots.error && <Failure message={messageOf(snapshots.error)} onRetry={() => void snapshots.refetch()} />}
      {snapshots.isPending && <Skeleton height={80} />}
      {snapshots.isSuccess && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('export.none')}
        </Text>
      )}
      {rows.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table className="dense-table" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('export.snapshot')}</Table.Th>
                <Table.Th>{t('export.format')}</Table.Th>
                <Table.Th>{t('export.tasks')}</Table.Th>
                <Table.Th>{t('export.made')}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((snapshot) => (
                <Table.Tr key={snapshot.id}>
                  <Table.Td maw={260}>{snapshot.title}</Table.Td>
                  <Table.Td ff="monospace">{formatOf(snapshot)}</Table.Td>
                  <Table.Td className="tabular">{snapshot.counters?.task_number?.toLocaleString() ?? '–'}</Table.Td>
                  <Table.Td>
                    <RelativeTime at={snapshot.created_at} />
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      {snapshot.status === 'completed' ? (
                        <Button
                          component="a"
                          href={downloadUrl(project, snapshot.id, formatOf(snapshot))}
                          variant="light"
                          size="compact-sm"
                          leftSection={<IconDownload size={14} />}
                        >
                          {t('export.download')}
                        </Button>
                      ) : (
                        <Box miw={180}>
                          <SnapshotProgress snapshot={snapshot} />
                        </Box>
                      )}
                      <Tooltip label={t('export.delete')}>
                        <ActionIcon aria-label={t('export.delete')} onClick={() => setAsked(snapshot)}>
                          <IconTrash size={16} stroke={1.6} />
                        </ActionIcon>
                      </Tooltip>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <ConfirmDialog
        opened={asked !== null}
        title={t('export.deleteTitle')}
        confirmLabel={t('export.delete')}
        onClose={() => setAsked(null)}
        onConfirm={async () => {
          if (asked) await drop.mutateAsync(asked.id).catch((error: unknown) => sayFailed(messageOf(error)))
        }}
      >
        {t('export.deleteHint', { title: asked?.title ?? '' })}
      </ConfirmDialog>
    </Section>
  )
}
