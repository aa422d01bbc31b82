import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import { type ActionTarget, type BulkAction, startAction, useActionForm, useActionPreview } from '@/api/queries/actions'
import type { Job, Json } from '@/api/types'
import { Failure } from '@/ui/Failure'
import { useDebounced } from '@/ui/useDebounced'
import { ActionField, initialOf } from './ActionField'
import { actionTitle } from './actionTitle'

interface Props {
  action: BulkAction
  target: ActionTarget
  onStarted: (job: Job) => void
  onClose: () => void
}

/** Asks what an action needs to know, says what it will touch, and starts it. */
export const ActionDialog = ({ action, target, onStarted, onClose }: Props) => {
  const { t } = useTranslation()
  const form = useActionForm(target.project, action)
  const [entered, setEntered] = useState<Readonly<Record<string, Json>>>({})
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const fields = form.data ?? []
  const isReady = action.dialog.form === undefined || form.isSuccess
  const values = { ...Object.fromEntries(fields.map((field) => [field.name, initialOf(field)])), ...entered }
  const canPreview = action.counts !== undefined
  const preview = useActionPreview(target, action, useDebounced(values), isReady && canPreview)
  const title = actionTitle(action)
  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      onStarted(await startAction(target, action, values))
      onClose()
    } catch (failure) {
      setError(messageOf(failure))
    } finally {
      setBusy(false)
    }
  }
  const touched = preview.data
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        <Stack gap="md">
          <Text size="sm">{action.dialog.text}</Text>
          {form.isLoading && <Skeleton height={56} />}
          {fields.map((field) => (
            <ActionField
              key={field.name}
              field={field}
              value={values[field.name] ?? null}
              onChange={(value) => setEntered({ ...entered, [field.name]: value })}
            />
          ))}
          {canPreview && preview.isPending && <Skeleton height={20} width="60%" />}
          {touched && (
            <Text size="sm" fw={600} className="tabular" aria-live="polite">
              {touched.unit === 'tasks'
                ? t('data.bulk.touchesTasks', { count: touched.items, shown: touched.items.toLocaleString() })
                : t(`data.bulk.touches.${touched.unit}`, {
                    count: touched.items,
                    shown: touched.items.toLocaleString(),
                    tasks: touched.tasks.toLocaleString(),
                  })}
            </Text>
          )}
          {touched && (
            <Text size="xs" c="dimmed">
              {t(action.is_undoable === false ? 'data.bulk.final' : 'data.bulk.undoable')}
            </Text>
          )}
          {(error ?? (preview.error && messageOf(preview.error))) && (
            <Failure message={error ?? messageOf(preview.error)} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              color={action.id.startsWith('delete_') ? 'rubric' : undefined}
              loading={isBusy}
              disabled={canPreview && !touched?.items}
            >
              {title}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
