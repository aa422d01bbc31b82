import { Alert, Button, Divider, Group, Modal, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, messageOf } from '@/api/errors'
import {
  type ParamValues,
  type Storage,
  type StorageKind,
  type StorageRole,
  useChangeStorages,
} from '@/api/queries/storages'
import type { Json } from '@/api/types'
import { Failure } from '@/ui/Failure'
import { CheckSteps } from './CheckSteps'
import { FilePreview } from './FilePreview'
import { ParamInput } from './ParamInput'

interface Props {
  project: number
  storageRole: StorageRole
  kinds: readonly StorageKind[]
  /** The storage to change; none: a new one. */
  storage?: Storage
  onClose: () => void
}

const SECTIONS = ['place', 'access', 'content', 'sync'] as const

/** Returns what a form begins with: what is stored, else the defaults; secrets are empty. */
export const startValues = (kind: StorageKind, storage?: Storage): ParamValues =>
  Object.fromEntries(
    kind.fields.map(({ name, type, default: initial }): [string, Json] => {
      if (type === 'secret') return [name, '']
      return [name, storage?.[name] ?? initial ?? (type === 'boolean' ? false : null)]
    }),
  )

/** Returns what is sent: nothing for secrets that stay as they are, and for what was left empty. */
export const sentValues = (kind: StorageKind, values: ParamValues, isNew: boolean): ParamValues =>
  Object.fromEntries(
    kind.fields.flatMap(({ name, type }): [string, Json][] => {
      const value = values[name] ?? null
      const isBlank = value === '' || value === null
      return isBlank && (isNew || type === 'secret') ? [] : [[name, value]]
    }),
  )

/** The form of a storage, made from what the server says of its kind; tries the connection on demand. */
export const StorageForm = ({ project, storageRole: role, kinds, storage, onClose }: Props) => {
  const { t } = useTranslation()
  const change = useChangeStorages(project, role)
  const usable = kinds.filter((kind) => kind.is_available)
  const [name, setName] = useState(storage?.type ?? usable[0]?.name ?? kinds[0]?.name ?? '')
  const kind = kinds.find((known) => known.name === name) ?? (kinds[0] as StorageKind)
  const [values, setValues] = useState<ParamValues>(() => startValues(kind, storage))
  const errors = change.save.error instanceof ApiError ? change.save.error.fields : {}
  const diagnosis = change.check.data
  const steps = diagnosis?.steps ?? []
  const sent = { kind: kind.name, id: storage?.id, values: sentValues(kind, values, storage === undefined) }
  const problem = change.save.error ?? change.check.error
  const errorOf = (field: string): string | undefined =>
    errors[field] ?? steps.find((step) => step.state === 'failed' && step.field === field)?.detail
  const titleKey = storage ? 'storages.change' : role === 'source' ? 'storages.newSource' : 'storages.newTarget'
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(titleKey)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          change.save.mutate(sent, { onSuccess: onClose })
        }}
      >
        <Stack gap="sm">
          <Select
            label={t('storages.kind')}
            disabled={storage !== undefined}
            data={kinds.map((known) => ({ value: known.name, label: known.title }))}
            value={name}
            onChange={(next) => {
              const chosen = kinds.find((known) => known.name === next)
              if (!chosen) return
              setName(chosen.name)
              setValues(startValues(chosen))
              change.check.reset()
              change.preview.reset()
            }}
          />
          {!kind.is_available && <Alert color="gray">{t('storages.install', { command: kind.install ?? '' })}</Alert>}
          {kind.note && <Alert color="gray">{kind.note}</Alert>}
          {SECTIONS.filter((section) => kind.fields.some((field) => field.section === section)).map((section) => (
            <Stack key={section} gap="sm">
              <Divider label={t(`storages.section.${section}`)} labelPosition="left" />
              {kind.fields
                .filter((field) => field.section === section)
                .map((field) => (
                  <ParamInput
                    key={field.name}
                    field={field}
                    value={values[field.name] ?? null}
                    error={errorOf(field.name)}
                    isSecretSet={storage?.secrets_set?.includes(field.name) ?? false}
                    onChange={(value) => setValues((old) => ({ ...old, [field.name]: value }))}
                  />
                ))}
            </Stack>
          ))}
          {problem && Object.keys(errors).length === 0 && <Failure message={messageOf(problem)} />}
          {steps.length > 0 && <CheckSteps steps={steps} browserUrl={diagnosis?.browser_url ?? null} />}
          {change.preview.error && <Failure message={messageOf(change.preview.error)} />}
          {change.preview.data && <FilePreview files={change.preview.data} />}
          <Group justify="space-between">
            <Group gap="xs">
              <Button
                variant="default"
                loading={change.check.isPending}
                disabled={!kind.is_available}
                onClick={() => change.check.mutate(sent)}
              >
                {t('storages.check')}
              </Button>
              {role === 'source' && (
                <Button
                  variant="default"
                  loading={change.preview.isPending}
                  disabled={!kind.is_available}
                  onClick={() => change.preview.mutate(sent)}
                >
                  {t('storages.look')}
                </Button>
              )}
            </Group>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={change.save.isPending} disabled={!kind.is_available}>
                {t('common.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
