import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props {
  text: string
  onUndo: () => void
}

/** What was done, with a button that takes it back. */
export const UndoMessage = ({ text, onUndo }: Props) => {
  const { t } = useTranslation()
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">{text}</Text>
      <Button size="compact-xs" variant="light" flex="none" onClick={onUndo}>
        {t('common.undo')}
      </Button>
    </Group>
  )
}
