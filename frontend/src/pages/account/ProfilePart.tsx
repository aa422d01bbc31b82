import { Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChangePassword, useUpdateProfile, useUser } from '@/api/queries/session'
import { useApiForm } from '@/api/useApiForm'
import { FormFrame } from '@/ui/FormFrame'
import { SecretInput } from '@/ui/SecretInput'
import { Section } from '@/ui/Section'
import { say } from '@/ui/toast'

const PasswordForm = () => {
  const { t } = useTranslation()
  const change = useChangePassword()
  const empty = { old_password: '', new_password: '' }
  const form = useApiForm(empty, async (values) => {
    await change.mutateAsync(values)
    form.set('old_password', '')
    form.set('new_password', '')
    say(t('account.profile.passwordChanged'))
  })
  const field = (name: keyof typeof empty, label: string, autoComplete: string, description?: string) => (
    <SecretInput
      label={label}
      description={description}
      autoComplete={autoComplete}
      value={form.values[name]}
      error={form.errors[name]}
      onChange={(event) => form.set(name, event.currentTarget.value)}
    />
  )
  return (
    <Section title={t('account.profile.password')} hint={t('account.profile.passwordHint')}>
      <FormFrame
        form={form}
        maw={380}
        saveLabel={t('account.profile.changePassword')}
        canSave={form.values.new_password !== ''}
      >
        {field('old_password', t('account.profile.oldPassword'), 'current-password')}
        {field('new_password', t('account.profile.newPassword'), 'new-password', t('auth.passwordHint'))}
      </FormFrame>
    </Section>
  )
}

/** Name and password. */
export const ProfilePart = () => {
  const { t } = useTranslation()
  const user = useUser()
  const update = useUpdateProfile()
  const { first_name, last_name, phone } = user
  const form = useApiForm({ first_name, last_name, phone: phone ?? '' }, async (values) => {
    await update.mutateAsync({ id: user.id, ...values })
    say(t('settings.saved'))
  })
  return (
    <>
      <Section title={t('account.profile.title')}>
        <FormFrame form={form} maw={480}>
          <Group grow align="flex-start">
            <TextInput
              label={t('auth.firstName')}
              autoComplete="given-name"
              value={form.values.first_name}
              error={form.errors.first_name}
              onChange={(event) => form.set('first_name', event.currentTarget.value)}
            />
            <TextInput
              label={t('auth.lastName')}
              autoComplete="family-name"
              value={form.values.last_name}
              error={form.errors.last_name}
              onChange={(event) => form.set('last_name', event.currentTarget.value)}
            />
          </Group>
          <TextInput label={t('auth.email')} value={user.email} readOnly description={t('account.profile.emailHint')} />
          <TextInput
            label={t('account.profile.phone')}
            autoComplete="tel"
            value={form.values.phone}
            error={form.errors.phone}
            onChange={(event) => form.set('phone', event.currentTarget.value)}
          />
        </FormFrame>
      </Section>
      <PasswordForm />
    </>
  )
}
