import { Button, Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useApiForm } from '@/api/useApiForm'

/** Takes the address of a file that the server fetches. */
export const UrlForm = ({ onSend }: { onSend: (url: string) => Promise<void> }) => {
  const { t } = useTranslation()
  const form = useApiForm({ url: '' }, ({ url }) => onSend(url.trim()))
  return (
    <form onSubmit={(event) => void form.submit(event)} noValidate>
      <Group align="flex-start">
        <TextInput
          flex={1}
          label={t('import.urlLabel')}
          description={t('import.urlHint')}
          placeholder="https://example.org/tasks.json"
          type="url"
          value={form.values.url}
          error={form.errors.url ?? form.message}
          onChange={(event) => form.set('url', event.currentTarget.value)}
        />
        <Button type="submit" mt={46} loading={form.isSending} disabled={form.values.url.trim() === ''}>
          {t('import.send')}
        </Button>
      </Group>
    </form>
  )
}
