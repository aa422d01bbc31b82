import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from './Failure'
import type { Sendable } from './FormFrame'

interface Props {
  title: string
  form: Sendable
  canSave: boolean
  onClose: () => void
  children: ReactNode
}

/** A dialog with the fields of one thing, saved or left alone. */
export const FormModal = ({ title, form, canSave, onClose, children }: Props) => {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={(event) => void form.submit(event)} noValidate>
        <Stack gap="sm">
          {form.message && <Failure message={form.message} />}
          {children}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={form.isSending} disabled={!canSave}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
