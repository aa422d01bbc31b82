import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { Link, Navigate, useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { hasStatus } from '@/api/errors'
import { useLogIn, useSession, useSetup } from '@/api/queries/session'
import { useApiForm } from '@/api/useApiForm'
import { Failure } from '@/ui/Failure'
import { SecretInput } from '@/ui/SecretInput'
import { EntryCard } from './EntryCard'
import { safeNext } from './safeNext'

/** Log in by e-mail and password. */
export const LoginPage = () => {
  const { t } = useTranslation()
  const { next } = useSearch({ strict: false })
  const router = useRouter()
  const setup = useSetup()
  const session = useSession()
  const logIn = useLogIn()
  const form = useApiForm({ email: '', password: '' }, async (values) => {
    try {
      await logIn.mutateAsync(values)
    } catch (error) {
      if (hasStatus(error, 429)) throw new Error(t('auth.tooMany', { seconds: error.retryAfterS ?? 60 }))
      throw error
    }
    router.history.push(safeNext(next))
  })
  if (setup.data?.needs_owner) return <Navigate to="/welcome/" replace />
  if (session.data && !form.isSending) return <Navigate to={safeNext(next)} replace />
  return (
    <EntryCard title={t('auth.loginTitle')}>
      <form onSubmit={(event) => void form.submit(event)} noValidate>
        <Stack gap="sm">
          {form.message && <Failure message={form.message} />}
          <TextInput
            label={t('auth.email')}
            type="email"
            autoComplete="username"
            autoFocus
            required
            value={form.values.email}
            error={form.errors.email}
            onChange={(event) => form.set('email', event.currentTarget.value)}
          />
          <SecretInput
            label={t('auth.password')}
            autoComplete="current-password"
            required
            value={form.values.password}
            error={form.errors.password}
            onChange={(event) => form.set('password', event.currentTarget.value)}
          />
          <Button type="submit" size="sm" mt="xs" loading={form.isSending}>
            {t('auth.login')}
          </Button>
          <Text size="sm" c="dimmed">
            {setup.data?.open_signup ? (
              <Anchor component={Link} to="/user/signup/" size="sm">
                {t('auth.createAccount')}
              </Anchor>
            ) : (
              t('auth.needInvitation')
            )}
          </Text>
        </Stack>
      </form>
    </EntryCard>
  )
}
