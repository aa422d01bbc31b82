import { Alert, Button, Group, NumberInput, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useChangeTokens, useTokens } from '@/api/queries/tokens'
import { useApiForm } from '@/api/useApiForm'
import { CopyField } from '@/ui/CopyField'
import { Failure } from '@/ui/Failure'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import { sayFailed } from '@/ui/toast'
import { LegacyTokenPart } from './LegacyTokenPart'

/** Keys for scripts: personal tokens, and the classic one. */
export const TokensPart = () => {
  const { t } = useTranslation()
  const tokens = useTokens()
  const { create, revoke } = useChangeTokens()
  const [made, setMade] = useState<string | null>(null)
  const form = useApiForm({ name: '', expires_in_days: 365 }, async (values) => {
    setMade((await create.mutateAsync(values)).token)
  })
  return (
    <>
      <Section title={t('account.tokens.personal')} hint={t('account.tokens.personalHint')}>
        <form onSubmit={(event) => void form.submit(event)} noValidate>
          <Group align="flex-end" gap="sm" mb="md">
            <TextInput
              label={t('account.tokens.name')}
              placeholder={t('account.tokens.namePlaceholder')}
              w={240}
              value={form.values.name}
              error={form.errors.name}
              onChange={(event) => form.set('name', event.currentTarget.value)}
            />
            <NumberInput
              label={t('account.tokens.days')}
              size="sm"
              w={130}
              min={1}
              max={3650}
              value={form.values.expires_in_days}
              error={form.errors.expires_in_days}
              onChange={(days) => form.set('expires_in_days', Number(days) || 365)}
            />
            <Button type="submit" size="sm" loading={form.isSending}>
              {t('account.tokens.create')}
            </Button>
          </Group>
        </form>
        <Stack gap="sm">
          {form.message && <Failure message={form.message} />}
          {made && (
            <Alert color="verdigris" title={t('account.tokens.made')}>
              <CopyField label={t('account.tokens.token')} value={made} description={t('common.shownOnce')} />
            </Alert>
          )}
          {tokens.error && <Failure message={messageOf(tokens.error)} onRetry={() => void tokens.refetch()} />}
          {tokens.isPending && <Skeleton height={60} />}
          {tokens.data?.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('account.tokens.none')}
            </Text>
          )}
          <Table.ScrollContainer minWidth={480}>
            <Table className="dense-table" verticalSpacing={5}>
              <Table.Tbody>
                {tokens.data?.map((token) => (
                  <Table.Tr key={token.id}>
                    <Table.Td fw={600}>{token.name || t('account.tokens.unnamed')}</Table.Td>
                    <Table.Td>
                      <Text size="xs" c="dimmed">
                        {t('account.tokens.made_at')} <RelativeTime at={token.created_at} />
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <Text size="xs" c="dimmed">
                        {t('account.tokens.used')} <RelativeTime at={token.last_used_at} />
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <Text size="xs" c="dimmed">
                        {t('account.tokens.ends')} <RelativeTime at={token.expires_at} />
                      </Text>
                    </Table.Td>
                    <Table.Td ta="right">
                      <Button
                        variant="default"
                        size="compact-xs"
                        onClick={() => revoke.mutate(token.token, { onError: (error) => sayFailed(messageOf(error)) })}
                      >
                        {t('account.tokens.revoke')}
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Stack>
      </Section>
      <LegacyTokenPart />
    </>
  )
}
