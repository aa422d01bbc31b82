import { Anchor, Button, Skeleton, Stack } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { hasStatus, messageOf } from '@/api/errors'
import { useInvitationCheck, useSetup, useSignUp } from '@/api/queries/session'
import { useApiForm } from '@/api/useApiForm'
import { Failure } from '@/ui/Failure'
import { EntryCard } from './EntryCard'
import { PersonFields } from './PersonFields'

/** Makes an account from an invitation, or freely where an administrator allows it. */
export const SignupPage = () => {
  const { t } = useTranslation()
  const { token = '' } = useSearch({ strict: false })
  const setup = useSetup()
  const invitation = useInvitationCheck(token)
  const signUp = useSignUp()
  const navigate = useNavigate()
  const fixedEmail = invitation.data?.email
  const form = useApiForm({ first_name: '', last_name: '', email: '', password: '' }, async (values) => {
    await signUp.mutateAsync({ ...values, email: fixedEmail || values.email, ...(token ? { token } : {}) })
    await navigate({ to: '/projects/' })
  })
  const isClosed = token === '' && setup.data?.open_signup === false
  if (setup.isPending || (token !== '' && invitation.isPending)) return <Skeleton m="xl" height={200} />
  if (isClosed || invitation.error) {
    const gone = hasStatus(invitation.error, 404) || isClosed
    return (
      <EntryCard title={t('auth.signupTitle')}>
        <Failure
          message={gone ? t(isClosed ? 'auth.signupClosed' : 'auth.invitationGone') : messageOf(invitation.error)}
        />
        <Anchor component={Link} to="/user/login/" size="sm">
          {t('auth.toLogin')}
        </Anchor>
      </EntryCard>
    )
  }
  const hint = invitation.data
    ? t('auth.invitedTo', { organization: invitation.data.organization, role: t(`roles.${invitation.data.role}`) })
    : undefined
  return (
    <EntryCard title={t('auth.signupTitle')} hint={hint}>
      <form onSubmit={(event) => void form.submit(event)} noValidate>
        <Stack gap="sm">
          {form.message && <Failure message={form.message} />}
          <PersonFields form={form} fixedEmail={fixedEmail} />
          <Button type="submit" size="sm" mt="xs" loading={form.isSending}>
            {t('auth.createAccount')}
          </Button>
        </Stack>
      </form>
    </EntryCard>
  )
}
