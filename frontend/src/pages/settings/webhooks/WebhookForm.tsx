import { Checkbox, SimpleGrid, Switch, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangeWebhooks, useWebhookEvents, type Webhook } from '@/api/queries/webhooks'
import { useApiForm } from '@/api/useApiForm'
import { FormModal } from '@/ui/FormModal'
import { SecretInput } from '@/ui/SecretInput'
import { headersText, readHeaders } from './headers'

interface Props {
  /** Of which project; null: of the whole organization. */
  project: number | null
  /** The webhook to change; none: a new one. */
  webhook?: Webhook
  onClose: () => void
}

/** Where events are sent, which ones, and with which headers. */
export const WebhookForm = ({ project, webhook, onClose }: Props) => {
  const { t } = useTranslation()
  const events = useWebhookEvents(project !== null)
  const change = useChangeWebhooks(project)
  const start = {
    url: webhook?.url ?? '',
    is_active: webhook?.is_active ?? true,
    send_payload: webhook?.send_payload ?? true,
    send_for_all_actions: webhook?.send_for_all_actions ?? true,
    actions: webhook?.actions ?? [],
    headers: headersText(webhook?.headers ?? {}),
    secret: '',
  }
  const form = useApiForm(start, async ({ secret, headers, ...values }) => {
    const read = readHeaders(headers)
    const fields = { ...values, ...(headers !== start.headers && { headers: read }), ...(secret && { secret }) }
    await (webhook ? change.update.mutateAsync({ id: webhook.id, ...fields }) : change.create.mutateAsync(fields))
    onClose()
  })
  const { values, errors, set } = form
  return (
    <FormModal
      title={t(webhook ? 'webhooks.change' : 'webhooks.new')}
      form={form}
      canSave={values.url.trim() !== ''}
      onClose={onClose}
    >
      <TextInput
        label={t('webhooks.url')}
        placeholder="https://example.org/hook"
        value={values.url}
        error={errors.url}
        onChange={(event) => set('url', event.currentTarget.value)}
        data-autofocus
      />
      <Switch
        size="xs"
        label={t('webhooks.all')}
        checked={values.send_for_all_actions}
        onChange={(event) => set('send_for_all_actions', event.currentTarget.checked)}
      />
      {!values.send_for_all_actions && (
        <Checkbox.Group
          label={t('webhooks.events')}
          value={values.actions}
          error={errors.actions}
          onChange={(actions) => set('actions', actions)}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={6} mt={6}>
            {Object.entries(events.data ?? {}).map(([action, { name, description }]) => (
              <Checkbox key={action} size="xs" value={action} label={name} description={description || undefined} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
      <Switch
        size="xs"
        label={t('webhooks.payload')}
        checked={values.send_payload}
        onChange={(event) => set('send_payload', event.currentTarget.checked)}
      />
      <Switch
        size="xs"
        label={t('webhooks.active')}
        checked={values.is_active}
        onChange={(event) => set('is_active', event.currentTarget.checked)}
      />
      <Textarea
        label={t('webhooks.headers')}
        description={t('webhooks.headersHint')}
        autosize
        minRows={2}
        value={values.headers}
        error={errors.headers}
        onChange={(event) => set('headers', event.currentTarget.value)}
      />
      <SecretInput
        label={t('webhooks.secret')}
        description={t('webhooks.secretHint')}
        placeholder={webhook?.secret_is_set ? t('storages.secretSet') : undefined}
        autoComplete="off"
        value={values.secret}
        error={errors.secret}
        onChange={(event) => set('secret', event.currentTarget.value)}
      />
    </FormModal>
  )
}
