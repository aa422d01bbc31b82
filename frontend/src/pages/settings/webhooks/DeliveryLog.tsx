import { Box, Button, Group, Pagination, Skeleton, Table, Text } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import {
  DELIVERIES_SHOWN,
  type Delivery,
  useChangeWebhooks,
  useDeliveries,
  useDeliveryBody,
} from '@/api/queries/webhooks'
import { Failure } from '@/ui/Failure'
import { JsonBlock } from '@/ui/JsonBlock'
import { RelativeTime } from '@/ui/RelativeTime'
import { say, sayFailed } from '@/ui/toast'
import classes from './webhooks.module.css'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const DeliveryBody = ({ webhook, delivery }: { webhook: number; delivery: number }) => {
  const { t } = useTranslation()
  const found = useDeliveryBody(webhook, delivery)
  if (found.error) return <Failure message={messageOf(found.error)} />
  return found.data ? (
    <JsonBlock label={t('webhooks.body')} value={parsed(found.data.body)} />
  ) : (
    <Skeleton height={60} />
  )
}

const Answer = ({ delivery }: { delivery: Delivery }) => {
  const { t } = useTranslation()
  return (
    <>
      <Text span size="sm" c={delivery.error ? 'var(--postil-rubric)' : undefined}>
        {delivery.error || (delivery.status ?? t(`webhooks.state.${delivery.state}`))}
        {delivery.duration_ms !== null && ` · ${delivery.duration_ms} ms`}
      </Text>
      {(delivery.attempts > 1 || delivery.error !== '') && (
        <Text size="xs" c="dimmed" component="div">
          {t('webhooks.tries', { count: delivery.attempts })}
          {delivery.state === 'failed' && `, ${t('webhooks.givenUp')}`}
          {delivery.next_at && (
            <>
              {`, ${t('webhooks.next')} `}
              <RelativeTime at={delivery.next_at} />
            </>
          )}
        </Text>
      )}
    </>
  )
}

interface LineProps {
  webhook: number
  delivery: Delivery
  isSending: boolean
  onReplay: () => void
}

const DeliveryLine = ({ webhook, delivery, isSending, onReplay }: LineProps) => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <Fragment>
      <Table.Tr className={classes.line}>
        <Table.Td ff="monospace">{delivery.action}</Table.Td>
        <Table.Td className={classes.answer}>
          <Answer delivery={delivery} />
        </Table.Td>
        <Table.Td className={classes.when} style={{ whiteSpace: 'nowrap' }}>
          <RelativeTime at={delivery.created_at} />
        </Table.Td>
        <Table.Td className={classes.acts}>
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <Button variant="default" size="compact-xs" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t('webhooks.body')}
            </Button>
            <Button variant="default" size="compact-xs" loading={isSending} onClick={onReplay}>
              {t('webhooks.again')}
            </Button>
          </Group>
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr className={classes.line}>
          <Table.Td colSpan={4} className={classes.body}>
            <DeliveryBody webhook={webhook} delivery={delivery.id} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  )
}

/** What was sent to a webhook lately, whether it arrived, and what is tried again. */
export const DeliveryLog = ({ project, webhook }: { project: number | null; webhook: number }) => {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const deliveries = useDeliveries(webhook, page)
  const { replay } = useChangeWebhooks(project)
  if (deliveries.error) return <Failure message={messageOf(deliveries.error)} />
  if (deliveries.isPending) return <Skeleton height={60} mt="sm" />
  const { results: rows, count } = deliveries.data
  const pages = Math.ceil(count / DELIVERIES_SHOWN)
  if (rows.length === 0) {
    return (
      <Text size="xs" c="dimmed" mt="sm">
        {t('webhooks.nothingSent')}
      </Text>
    )
  }
  return (
    <Box mt="sm">
      <Table className={`dense-table ${classes.log}`} verticalSpacing={4} aria-label={t('webhooks.log')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('webhooks.event')}</Table.Th>
            <Table.Th>{t('webhooks.answer')}</Table.Th>
            <Table.Th>{t('webhooks.when')}</Table.Th>
            <Table.Th aria-label={t('webhooks.acts')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((delivery) => (
            <DeliveryLine
              key={delivery.id}
              webhook={webhook}
              delivery={delivery}
              isSending={replay.isPending && replay.variables.delivery === delivery.id}
              onReplay={() =>
                replay.mutate(
                  { webhook, delivery: delivery.id },
                  {
                    onSuccess: () => {
                      setPage(1)
                      say(t('webhooks.sentAgain'))
                    },
                    onError: (error) => sayFailed(messageOf(error)),
                  },
                )
              }
            />
          ))}
        </Table.Tbody>
      </Table>
      {pages > 1 && (
        <Pagination
          mt="xs"
          size="xs"
          total={pages}
          value={page}
          onChange={setPage}
          getControlProps={(control) => ({ 'aria-label': t(`common.page.${control}`) })}
        />
      )}
    </Box>
  )
}
