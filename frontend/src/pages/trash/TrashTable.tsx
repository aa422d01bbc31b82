import { Badge, Button, Pagination, Skeleton, Table, Text } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useRestoreTrash, useTrash } from '@/api/queries/organization'
import { Failure } from '@/ui/Failure'
import { nameOf } from '@/ui/nameOf'
import { RelativeTime } from '@/ui/RelativeTime'
import { say, sayFailed } from '@/ui/toast'

const PAGE_SIZE = 30

/** What was deleted and can still be brought back; of one project or of all. */
export const TrashTable = ({ project }: { project?: number }) => {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const trash = useTrash(page, project)
  const restore = useRestoreTrash()
  if (trash.error) return <Failure message={messageOf(trash.error)} onRetry={() => void trash.refetch()} />
  if (!trash.data) return <Skeleton height={100} />
  if (trash.data.count === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('organization.trash.empty')}
      </Text>
    )
  }
  const bringBack = (id: number) =>
    restore.mutate(id, {
      onSuccess: () => say(t('organization.trash.restored')),
      onError: (error) => sayFailed(messageOf(error)),
    })
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <Table className="dense-table" verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('organization.trash.what')}</Table.Th>
              <Table.Th>{t('organization.trash.deleted')}</Table.Th>
              <Table.Th>{t('organization.trash.by')}</Table.Th>
              <Table.Th>{t('organization.trash.erases')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {trash.data.results.map((entry) => (
              <Table.Tr key={entry.id}>
                <Table.Td>
                  <Badge variant="default" size="sm" tt="none" mr={8}>
                    {t(`organization.trash.kind.${entry.kind}`, { count: entry.count })}
                  </Badge>
                  {entry.title}
                  {!project && entry.project && entry.kind !== 'project' && (
                    <Text span size="xs" c="dimmed">
                      {' '}
                      · {entry.project.title}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <RelativeTime at={entry.deleted_at} />
                </Table.Td>
                <Table.Td>{entry.deleted_by ? nameOf(entry.deleted_by) : '–'}</Table.Td>
                <Table.Td>
                  <RelativeTime at={entry.erases_at} />
                </Table.Td>
                <Table.Td ta="right">
                  <Button
                    variant="default"
                    size="compact-xs"
                    leftSection={<IconArrowBackUp size={14} />}
                    loading={restore.isPending && restore.variables === entry.id}
                    onClick={() => bringBack(entry.id)}
                  >
                    {t('organization.trash.restore')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {trash.data.count > PAGE_SIZE && (
        <Pagination
          mt="sm"
          size="xs"
          total={Math.ceil(trash.data.count / PAGE_SIZE)}
          value={page}
          onChange={setPage}
          getControlProps={(control) => ({ 'aria-label': t(`common.page.${control}`) })}
        />
      )}
    </>
  )
}
