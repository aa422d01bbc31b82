import { NumberInput, Skeleton, Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import {
  type SessionPolicy,
  type TokenSettings,
  useChangeSessionPolicy,
  useChangeTokenSettings,
  useSessionPolicy,
  useTokenSettings,
} from '@/api/queries/access'
import { useApiForm } from '@/api/useApiForm'
import { Failure } from '@/ui/Failure'
import { FormFrame } from '@/ui/FormFrame'
import { Section } from '@/ui/Section'
import { say, sayFailed } from '@/ui/toast'

const kinds = ['api_tokens_enabled', 'legacy_api_tokens_enabled'] as const satisfies readonly (keyof TokenSettings)[]
const bounds = ['max_time_between_activity', 'max_session_age'] as const satisfies readonly (keyof SessionPolicy)[]

const Tokens = () => {
  const { t } = useTranslation()
  const settings = useTokenSettings()
  const change = useChangeTokenSettings()
  const turn = (kind: (typeof kinds)[number], isOn: boolean) =>
    change.mutate(
      { [kind]: isOn },
      { onSuccess: () => say(t('settings.saved')), onError: (error) => sayFailed(messageOf(error)) },
    )
  return (
    <Section title={t('organization.access.tokens')} hint={t('organization.access.tokensHint')}>
      {settings.isPending && <Skeleton height={60} />}
      {settings.error && <Failure message={messageOf(settings.error)} onRetry={() => void settings.refetch()} />}
      {settings.data && (
        <Stack gap="sm">
          {kinds.map((kind) => (
            <Switch
              key={kind}
              label={t(`organization.access.${kind}`)}
              checked={settings.data[kind]}
              disabled={change.isPending}
              onChange={(event) => turn(kind, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      )}
    </Section>
  )
}

const PolicyForm = ({ policy }: { policy: SessionPolicy }) => {
  const { t } = useTranslation()
  const change = useChangeSessionPolicy()
  const { max_session_age, max_time_between_activity } = policy
  const form = useApiForm({ max_session_age, max_time_between_activity }, async (values) => {
    await change.mutateAsync(values)
    say(t('settings.saved'))
  })
  return (
    <FormFrame form={form} maw={380}>
      {bounds.map((name) => (
        <NumberInput
          key={name}
          label={t(`organization.access.${name}`)}
          min={1}
          allowDecimal={false}
          value={form.values[name]}
          error={form.errors[name]}
          onChange={(minutes) => form.set(name, Number(minutes))}
        />
      ))}
    </FormFrame>
  )
}

/** What lets people and scripts in, and for how long. */
export const AccessPart = () => {
  const { t } = useTranslation()
  const policy = useSessionPolicy()
  return (
    <>
      <Tokens />
      <Section title={t('organization.access.sessions')} hint={t('organization.access.sessionsHint')}>
        {policy.isPending && <Skeleton height={120} />}
        {policy.error && <Failure message={messageOf(policy.error)} onRetry={() => void policy.refetch()} />}
        {policy.data && <PolicyForm policy={policy.data} />}
      </Section>
    </>
  )
}
