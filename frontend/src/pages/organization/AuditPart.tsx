import { Anchor, Box, Code, Group, Pagination, Skeleton, Table, Text, TextInput } from '@mantine/core'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address } from '@/api/client'
import { messageOf } from '@/api/errors'
import { useAuditLog } from '@/api/queries/organization'
import { Failure } from '@/ui/Failure'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import { useDebounced } from '@/ui/useDebounced'

/** Who did what, newest first. */
export const AuditPart = () => {
  const { t } = useTranslation()
  const [action, setAction] = useState('')
  const [actor, setActor] = useState('')
  const [page, setPage] = useState(1)
  const filter = { action: useDebounced(action), actor: useDebounced(actor), page }
  const log = useAuditLog(filter)
  const [size, setSize] = useState(0)
  const length = log.data?.results.length ?? 0
  if (length > size) setSize(length)
  const pages = size > 0 ? Math.ceil((log.data?.count ?? 0) / size) : 1
  const csv = address('/api/audit-log/', { action: filter.action, actor: filter.actor, format: 'csv' })
  const field = (label: string, value: string, set: (text: string) => void) => (
    <TextInput
      size="xs"
      w={220}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} />}
      value={value}
      onChange={(event) => {
        set(event.currentTarget.value)
        setPage(1)
      }}
    />
  )
  return (
    <Section
      title={t('organization.audit.title')}
      hint={t('organization.audit.hint')}
      action={
        <Anchor href={csv} size="sm" download style={{ whiteSpace: 'nowrap' }}>
          <IconDownload size={14} /> {t('organization.audit.csv')}
        </Anchor>
      }
    >
      <Group gap="xs" mb="sm">
        {field(t('organization.audit.byAction'), action, setAction)}
        {field(t('organization.audit.byActor'), actor, setActor)}
      </Group>
      {log.error && <Failure message={messageOf(log.error)} onRetry={() => void log.refetch()} />}
      {log.isPending && <Skeleton height={200} />}
      {log.data?.results.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('organization.audit.none')}
        </Text>
      )}
      <Table.ScrollContainer minWidth={620}>
        <Table className="dense-table" verticalSpacing={4}>
          <Table.Tbody>
            {log.data?.results.map((entry) => (
              <Table.Tr key={entry.id}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  <RelativeTime at={entry.at} />
                </Table.Td>
                <Table.Td>{entry.actor?.email ?? entry.actor_kind}</Table.Td>
                <Table.Td>
                  <Code>{entry.action}</Code>
                </Table.Td>
                <Table.Td>{`${entry.object_type} ${entry.object_id}`.trim()}</Table.Td>
                <Table.Td maw={320}>
                  <Box className="ellipsis" title={JSON.stringify(entry.details)}>
                    <Text size="xs" c="dimmed" span>
                      {entry.details && Object.keys(entry.details).length > 0 ? JSON.stringify(entry.details) : ''}
                    </Text>
                  </Box>
                </Table.Td>
                <Table.Td c="dimmed">{entry.ip}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {pages > 1 && (
        <Pagination
          mt="sm"
          size="xs"
          total={pages}
          value={page}
          onChange={setPage}
          getControlProps={(control) => ({ 'aria-label': t(`common.page.${control}`) })}
        />
      )}
    </Section>
  )
}
