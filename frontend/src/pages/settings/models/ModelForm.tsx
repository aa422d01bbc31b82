import { Group, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ModelServer, useChangeModels } from '@/api/queries/models'
import { useApiForm } from '@/api/useApiForm'
import { FormModal } from '@/ui/FormModal'
import { SecretInput } from '@/ui/SecretInput'
import { extrasText, readExtras } from './extras'

interface Props {
  project: number
  /** The server to change; none: a new one. */
  model?: ModelServer
  onClose: () => void
}

/** Where a model server is, and how it is used. */
export const ModelForm = ({ project, model, onClose }: Props) => {
  const { t } = useTranslation()
  const change = useChangeModels(project)
  const start = {
    url: model?.url ?? '',
    title: model?.title ?? '',
    is_interactive: model?.is_interactive ?? false,
    timeout: model?.timeout ?? 100,
    extra_params: extrasText(model?.extra_params ?? null),
    usesPassword: model?.auth_method === 'BASIC_AUTH',
    basic_auth_user: model?.basic_auth_user ?? '',
    basic_auth_pass: '',
  }
  const form = useApiForm(start, async (given) => {
    const { usesPassword, basic_auth_user, basic_auth_pass, extra_params, ...values } = given
    const access = usesPassword
      ? { auth_method: 'BASIC_AUTH', basic_auth_user, ...(basic_auth_pass && { basic_auth_pass }) }
      : { auth_method: 'NONE' }
    const extras = readExtras(extra_params)
    const fields = { ...values, ...access, ...(extra_params !== start.extra_params && { extra_params: extras }) }
    await (model ? change.update.mutateAsync({ id: model.id, ...fields }) : change.create.mutateAsync(fields))
    onClose()
  })
  const { values, errors, set } = form
  const isReadable = readExtras(values.extra_params) !== undefined
  return (
    <FormModal
      title={t(model ? 'models.change' : 'models.new')}
      form={form}
      canSave={values.url.trim() !== '' && isReadable}
      onClose={onClose}
    >
      <TextInput
        label={t('models.url')}
        placeholder="http://localhost:9090"
        value={values.url}
        error={errors.url}
        onChange={(event) => set('url', event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t('models.name')}
        value={values.title}
        error={errors.title}
        onChange={(event) => set('title', event.currentTarget.value)}
      />
      <Switch
        size="xs"
        label={t('models.interactive')}
        description={t('models.interactiveHint')}
        checked={values.is_interactive}
        onChange={(event) => set('is_interactive', event.currentTarget.checked)}
      />
      <NumberInput
        label={t('models.timeout')}
        min={1}
        max={600}
        value={values.timeout}
        error={errors.timeout}
        onChange={(value) => set('timeout', Number(value) || 100)}
      />
      <Textarea
        label={t('models.extras')}
        description={t('models.extrasHint')}
        placeholder='{"threshold": 0.5}'
        autosize
        minRows={2}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={values.extra_params}
        error={isReadable ? errors.extra_params : t('models.extrasWrong')}
        onChange={(event) => set('extra_params', event.currentTarget.value)}
      />
      <Switch
        size="xs"
        label={t('models.password')}
        checked={values.usesPassword}
        onChange={(event) => set('usesPassword', event.currentTarget.checked)}
      />
      {values.usesPassword && (
        <Group grow align="flex-start">
          <TextInput
            label={t('models.user')}
            autoComplete="off"
            value={values.basic_auth_user}
            error={errors.basic_auth_user}
            onChange={(event) => set('basic_auth_user', event.currentTarget.value)}
          />
          <SecretInput
            label={t('models.pass')}
            placeholder={model?.basic_auth_pass_is_set ? t('storages.secretSet') : undefined}
            autoComplete="off"
            value={values.basic_auth_pass}
            error={errors.basic_auth_pass}
            onChange={(event) => set('basic_auth_pass', event.currentTarget.value)}
          />
        </Group>
      )}
    </FormModal>
  )
}
