import { Button, Skeleton, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useChangeWebhooks, useDeliveries } from '@/api/queries/webhooks'
import { RelativeTime } from '@/ui/RelativeTime'
import { sayFailed } from '@/ui/toast'

/** What was sent to a webhook lately, and whether it arrived. */
export const DeliveryLog = ({ project, webhook }: { project: number; webhook: number }) => {
  const { t } = useTranslation()
  const deliveries = useDeliveries(webhook)
  const { replay } = useChangeWebhooks(project)
  if (deliveries.isPending) return <Skeleton height={60} mt="sm" />
  const rows = deliveries.data?.results ?? []
  if (rows.length === 0) {
    return (
      <Text size="xs" c="dimmed" mt="sm">
        {t('webhooks.nothingSent')}
      </Text>
    )
  }
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table className="dense-table" verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('webhooks.event')}</Table.Th>
            <Table.Th>{t('webhooks.answer')}</Table.Th>
            <Table.Th>{t('webhooks.when')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((delivery) => (
            <Table.Tr key={delivery.id}>
              <Table.Td ff="monospace">{delivery.action}</Table.Td>
              <Table.Td c={delivery.error ? 'var(--postil-rubric)' : undefined}>
                {delivery.error || (delivery.status ?? delivery.state)}
                {delivery.duration_ms !== null && ` · ${delivery.duration_ms} ms`}
              </Table.Td>
              <Table.Td>
                <RelativeTime at={delivery.created_at} />
              </Table.Td>
              <Table.Td ta="right">
                <Button
                  variant="default"
                  size="compact-xs"
                  onClick={() =>
                    replay.mutate(
                      { webhook, delivery: delivery.id },
                      { onError: (error) => sayFailed(messageOf(error)) },
                    )
                  }
                >
                  {t('webhooks.again')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
