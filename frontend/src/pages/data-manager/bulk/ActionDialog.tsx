import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '@/api/errors'
import {
  type ActionPreview,
  type ActionTarget,
  type BulkAction,
  type Started,
  startAction,
  useActionForm,
  useActionPreview,
} from '@/api/queries/actions'
import { Failure } from '@/ui/Failure'
import { useDebounced } from '@/ui/useDebounced'
import { ActionField } from './ActionField'
import { translatedField } from './actionWords'
import { initialOf, isFilled, offeredOnly, type Values } from './fieldValues'

interface Props {
  action: BulkAction
  target: ActionTarget
  onStarted: (started: Started) => void
  onClose: () => void
}

const PREVIEW_WAIT_MS = 250

/** How much an action will touch, and whether it can be taken back. */
const Touched = ({ touched, isFinal }: { touched: ActionPreview | undefined; isFinal: boolean }) => {
  const { t } = useTranslation()
  if (!touched) return null
  const shown = touched.items.toLocaleString()
  return (
    <div aria-live="polite">
      <Text size="sm" fw={600} className="tabular">
        {touched.items === 0 && t('data.bulk.nothing')}
        {touched.items > 0 && touched.unit === 'tasks' && t('data.bulk.touchesTasks', { count: touched.items, shown })}
        {touched.items > 0 &&
          touched.unit !== 'tasks' &&
          t(`data.bulk.touches.${touched.unit}`, {
            count: touched.items,
            shown,
            tasks: touched.tasks.toLocaleString(),
          })}
      </Text>
      <Text size="xs" c={isFinal ? 'var(--postil-rubric)' : 'dimmed'}>
        {t(isFinal ? 'data.bulk.final' : 'data.bulk.undoable')}
      </Text>
    </div>
  )
}

/** Asks what an action needs to know, says what it will touch, and starts it. */
export const ActionDialog = ({ action, target, onStarted, onClose }: Props) => {
  const { t } = useTranslation()
  const form = useActionForm(target.project, action)
  const [entered, setEntered] = useState<Values>({})
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const fields = (form.data ?? []).map((field) => translatedField(action.id, field, t))
  const initial = Object.fromEntries(fields.map((field) => [field.name, initialOf(field)]))
  const values = offeredOnly(fields, { ...initial, ...entered })
  const isReady = (action.dialog.form === undefined || form.isSuccess) && isFilled(fields, values)
  const canPreview = action.counts !== undefined
  const asked = useDebounced(JSON.stringify(values), PREVIEW_WAIT_MS)
  const isSettled = asked === JSON.stringify(values)
  const preview = useActionPreview(target, action, JSON.parse(asked) as Values, isReady && canPreview && isSettled)
  const touched = isReady && isSettled ? preview.data : undefined
  const { title } = action
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
  const failure = error ?? (isReady && preview.error ? messageOf(preview.error) : null)
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
          {form.error && <Failure message={messageOf(form.error)} onRetry={() => void form.refetch()} />}
          {fields.map((field) => (
            <ActionField
              key={field.name}
              field={field}
              values={values}
              onChange={(value) => {
                setError(null)
                setEntered({ ...entered, [field.name]: value })
              }}
            />
          ))}
          {canPreview && isReady && !touched && !failure && <Skeleton height={38} width="60%" />}
          <Touched touched={touched} isFinal={action.is_undoable === false} />
          {failure && <Failure message={failure} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              color={action.id.startsWith('delete_') ? 'rubric' : undefined}
              loading={isBusy}
              disabled={!isReady || (canPreview && !touched?.items)}
            >
              {title}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
