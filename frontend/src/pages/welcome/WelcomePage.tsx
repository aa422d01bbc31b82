import { Button, Skeleton, Stack, TextInput } from '@mantine/core'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { useCreateOwner, useSetup } from '@/api/queries/session'
import { useApiForm } from '@/api/useApiForm'
import { Failure } from '@/ui/Failure'
import { EntryCard } from './EntryCard'
import { PersonFields } from './PersonFields'

const empty = { first_name: '', last_name: '', email: '', password: '', organization_title: '', code: '' }

/** The first page of a new server: makes the owner's account. */
export const WelcomePage = () => {
  const { t } = useTranslation()
  const setup = useSetup()
  const create = useCreateOwner()
  const navigate = useNavigate()
  const form = useApiForm(empty, async ({ code, organization_title, ...person }) => {
    const optional = { ...(code ? { code } : {}), ...(organization_title ? { organization_title } : {}) }
    await create.mutateAsync({ ...person, ...optional })
    await navigate({ to: '/projects/' })
  })
  if (setup.isPending) return <Skeleton m="xl" height={200} />
  if (setup.data && !setup.data.needs_owner && !form.isSending) return <Navigate to="/projects/" replace />
  return (
    <EntryCard title={t('auth.welcomeTitle')} hint={t('auth.welcomeHint')}>
      {setup.error && <Failure message={messageOf(setup.error)} onRetry={() => void setup.refetch()} />}
      <form onSubmit={(event) => void form.submit(event)} noValidate>
        <Stack gap="sm">
          {form.message && <Failure message={form.message} />}
          {setup.data?.needs_code && (
            <TextInput
              label={t('auth.code')}
              description={t('auth.codeHint')}
              required
              autoFocus
              autoComplete="one-time-code"
              value={form.values.code}
              error={form.errors.code}
              onChange={(event) => form.set('code', event.currentTarget.value.trim())}
            />
          )}
          <PersonFields form={form} />
          <TextInput
            label={t('auth.organization')}
            description={t('auth.organizationHint')}
            autoComplete="organization"
            value={form.values.organization_title}
            error={form.errors.organization_title}
            onChange={(event) => form.set('organization_title', event.currentTarget.value)}
          />
          <Button type="submit" size="sm" mt="xs" loading={form.isSending}>
            {t('auth.createOwner')}
          </Button>
        </Stack>
      </form>
    </EntryCard>
  )
}
