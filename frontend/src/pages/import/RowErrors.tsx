import { Box, Group, Pagination, Skeleton, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type JobId, useJobErrors } from '@/api/queries/jobs'

const PAGE_SIZE = 50

interface Props {
  job: JobId
  count: number
}

/** The rows that could not be taken, each with its place and reason. */
export const RowErrors = ({ job, count }: Props) => {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const errors = useJobErrors(job, page, true)
  const pageSize = Math.max(errors.data?.results.length ?? PAGE_SIZE, 1)
  const [size, setSize] = useState(PAGE_SIZE)
  if (page === 1 && errors.data && pageSize !== size && count > pageSize) setSize(pageSize)
  const pages = Math.ceil(count / size)
  return (
    <Box className="card" p="md">
      <Group justify="space-between" mb="xs">
        <Text size="sm" fw={600}>
          {t('import.rowErrors', { count, shown: count.toLocaleString() })}
        </Text>
        {pages > 1 && (
          <Pagination
            size="xs"
            total={pages}
            value={page}
            onChange={setPage}
            getControlProps={(control) => ({ 'aria-label': t(`common.page.${control}`) })}
          />
        )}
      </Group>
      {errors.isPending ? (
        <Skeleton height={120} />
      ) : (
        <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table className="dense-table" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('import.where')}</Table.Th>
                <Table.Th>{t('import.field')}</Table.Th>
                <Table.Th>{t('import.reason')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {errors.data?.results.map((row) => (
                <Table.Tr key={`${row.where}:${row.field}:${row.reason}`}>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{row.where}</Table.Td>
                  <Table.Td ff="monospace">{row.field || '–'}</Table.Td>
                  <Table.Td>{row.reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Box>
  )
}
