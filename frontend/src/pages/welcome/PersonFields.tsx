import { Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiForm } from '@/api/useApiForm'
import { SecretInput } from '@/ui/SecretInput'

export interface Person {
  first_name: string
  last_name: string
  email: string
  password: string
}

interface Props<V extends Person> {
  form: ApiForm<V>
  fixedEmail?: string | null
}

/** Name, e-mail and password of a new account. */
export function PersonFields<V extends Person>({ form, fixedEmail }: Props<V>) {
  const { t } = useTranslation()
  const text = (field: 'first_name' | 'last_name' | 'email', label: string, autoComplete: string) => (
    <TextInput
      label={label}
      autoComplete={autoComplete}
      value={field === 'email' && fixedEmail ? fixedEmail : form.values[field]}
      readOnly={field === 'email' && Boolean(fixedEmail)}
      error={form.errors[field]}
      required={field === 'email'}
      type={field === 'email' ? 'email' : 'text'}
      onChange={(event) => form.set(field, event.currentTarget.value as V[typeof field])}
    />
  )
  return (
    <>
      <Group grow align="flex-start" gap="sm">
        {text('first_name', t('auth.firstName'), 'given-name')}
        {text('last_name', t('auth.lastName'), 'family-name')}
      </Group>
      {text('email', t('auth.email'), 'username')}
      <SecretInput
        label={t('auth.password')}
        description={t('auth.passwordHint')}
        autoComplete="new-password"
        required
        value={form.values.password}
        error={form.errors.password}
        onChange={(event) => form.set('password', event.currentTarget.value as V['password'])}
      />
    </>
  )
}
