import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  opened: boolean
  title: string
  children: ReactNode
  confirmLabel: string
  /** What the way back is called, where "Cancel" would be unclear. */
  cancelLabel?: string
  /** What must be typed before the button works, for acts that are hard to take back. */
  typed?: string
  onConfirm: () => Promise<unknown> | undefined
  onClose: () => void
}

/** Asks before an act; stays open, and says so, while the act runs. */
export const ConfirmDialog = ({
  opened,
  title,
  children,
  confirmLabel,
  cancelLabel,
  typed,
  onConfirm,
  onClose,
}: Props) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [isBusy, setBusy] = useState(false)
  const close = () => {
    setText('')
    onClose()
  }
  const confirm = async () => {
    setBusy(true)
    try {
      await onConfirm()
      close()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        {typed !== undefined && (
          <TextInput
            label={t('common.typeToConfirm', { text: typed })}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {cancelLabel ?? t('common.cancel')}
          </Button>
          <Button
            color="rubric"
            loading={isBusy}
            disabled={typed !== undefined && text.trim() !== typed.trim()}
            onClick={() => void confirm()}
            data-autofocus={typed === undefined || undefined}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
