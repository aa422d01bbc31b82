import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useChangeTokens, useLegacyToken } from '@/api/queries/tokens'
import { ConfirmDialog } from '@/ui/ConfirmDialog'
import { CopyField } from '@/ui/CopyField'
import { Failure } from '@/ui/Failure'
import { RelativeTime } from '@/ui/RelativeTime'
import { Section } from '@/ui/Section'
import { sayFailed } from '@/ui/toast'

/** The one lasting token that `Authorization: Token …` takes. */
export const LegacyTokenPart = () => {
  const { t } = useTranslation()
  const legacy = useLegacyToken()
  const { reset } = useChangeTokens()
  const [made, setMade] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  const exists = legacy.data?.exists ?? false
  const renew = async () => {
    try {
      setMade((await reset.mutateAsync()).token)
    } catch (error) {
      sayFailed(messageOf(error))
    }
  }
  return (
    <Section title={t('account.tokens.legacy')} hint={t('account.tokens.legacyHint')}>
      <Stack gap="sm">
        {legacy.error && <Failure message={messageOf(legacy.error)} onRetry={() => void legacy.refetch()} />}
        {made && (
          <Alert color="verdigris" title={t('account.tokens.made')}>
            <CopyField label={t('account.tokens.token')} value={made} description={t('common.shownOnce')} />
          </Alert>
        )}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {exists ? (
              <>
                <Code>{legacy.data?.prefix}…</Code> {t('account.tokens.made_at')}{' '}
                <RelativeTime at={legacy.data?.created_at} />
              </>
            ) : (
              t('account.tokens.noLegacy')
            )}
          </Text>
          <Button
            variant="default"
            loading={reset.isPending}
            onClick={() => {
              if (exists) setAsking(true)
              else void renew()
            }}
          >
            {t(exists ? 'account.tokens.renew' : 'account.tokens.create')}
          </Button>
        </Group>
        <Code block>{`curl -H "Authorization: Token …" ${window.location.origin}/api/projects/`}</Code>
      </Stack>
      <ConfirmDialog
        opened={isAsking}
        title={t('account.tokens.renew')}
        confirmLabel={t('account.tokens.renew')}
        onConfirm={renew}
        onClose={() => setAsking(false)}
      >
        {t('account.tokens.renewHint')}
      </ConfirmDialog>
    </Section>
  )
}
