import { ActionIcon, Badge, Box, Button, Group, Skeleton, Stack, Text, Tooltip } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useChangeWebhooks, useWebhooks, type Webhook } from '@/api/queries/webhooks'
import type { Project } from '@/api/types'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { Failure } from '@/ui/Failure'
import { Section } from '@/ui/Section'
import { sayFailed } from '@/ui/toast'
import { DeliveryLog } from './DeliveryLog'
import { WebhookForm } from './WebhookForm'

/** Addresses that are told what happens in the project. */
export const WebhookSettings = ({ project }: { project: Project }) => <WebhookList project={project.id} />

/** Addresses that are told what happens in a project, or in the whole organization. */
export const WebhookList = ({ project }: { project: number | null }) => {
  const { t } = useTranslation()
  const webhooks = useWebhooks(project)
  const change = useChangeWebhooks(project)
  const [edited, setEdited] = useState<Webhook | 'new' | null>(null)
  const [dropped, setDropped] = useState<Webhook | null>(null)
  const [logged, setLogged] = useState<number | null>(null)
  const rows = webhooks.data ?? []
  return (
    <Section
      title={t('settings.webhooks.title')}
      hint={t(project === null ? 'webhooks.hintAll' : 'webhooks.hint')}
      action={
        <Button leftSection={<IconPlus size={15} />} onClick={() => setEdited('new')}>
          {t('common.add')}
        </Button>
      }
    >
      <Stack gap="sm">
        {webhooks.error && <Failure message={messageOf(webhooks.error)} onRetry={() => void webhooks.refetch()} />}
        {webhooks.isPending && <Skeleton height={60} />}
        {webhooks.isSuccess && rows.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('webhooks.none')}
          </Text>
        )}
        {rows.map((webhook) => (
          <Box key={webhook.id} className="card" p="sm">
            <Group justify="space-between" align="flex-start" gap="xs">
              <div style={{ overflowWrap: 'anywhere', minWidth: 0, flex: '1 1 220px' }}>
                <Text size="sm" fw={600}>
                  {webhook.url}
                </Text>
                <Text size="xs" c="dimmed">
                  {webhook.send_for_all_actions ? t('webhooks.all') : webhook.actions.join(', ')}
                </Text>
              </div>
              <Group gap={4} wrap="nowrap">
                {!webhook.is_active && (
                  <Badge variant="default" tt="none">
                    {t('webhooks.off')}
                  </Badge>
                )}
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-expanded={logged === webhook.id}
                  onClick={() => setLogged(logged === webhook.id ? null : webhook.id)}
                >
                  {t('webhooks.log')}
                </Button>
                <Tooltip label={t('webhooks.change')}>
                  <ActionIcon aria-label={t('webhooks.change')} onClick={() => setEdited(webhook)}>
                    <IconPencil size={16} stroke={1.6} />
                  </ActionIcon>
                </Tooltip>
                <Tooltip label={t('webhooks.delete')}>
                  <ActionIcon aria-label={t('webhooks.delete')} onClick={() => setDropped(webhook)}>
                    <IconTrash size={16} stroke={1.6} />
                  </ActionIcon>
                </Tooltip>
              </Group>
            </Group>
            {logged === webhook.id && <DeliveryLog project={project} webhook={webhook.id} />}
          </Box>
        ))}
      </Stack>
      {edited !== null && (
        <WebhookForm
          project={project}
          webhook={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog
        opened={dropped !== null}
        title={t('webhooks.deleteTitle')}
        confirmLabel={t('webhooks.delete')}
        onConfirm={async () => {
          if (dropped) await change.drop.mutateAsync(dropped.id).catch((error: unknown) => sayFailed(messageOf(error)))
        }}
        onClose={() => setDropped(null)}
      >
        {dropped?.url}
      </ConfirmDialog>
    </Section>
  )
}
