import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fileOf, guessFormat, type PasteFormat, pasteFormats } from './pasted'

interface Props {
  disabled: boolean
  onSend: (files: readonly File[]) => Promise<void>
}

/** Takes pasted text as JSON, a table, or one task a line. */
export const PasteForm = ({ disabled, onSend }: Props) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<PasteFormat | null>(null)
  const format = chosen ?? guessFormat(text)
  return (
    <Stack gap="sm">
      <Textarea
        label={t('import.pasteLabel')}
        placeholder={t('import.pastePlaceholder')}
        autosize
        minRows={8}
        maxRows={18}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
      />
      <Group justify="space-between" align="flex-end">
        <Select
          label={t('import.readAs')}
          size="xs"
          w={200}
          data={pasteFormats.map((value) => ({ value, label: t(`import.as.${value}`) }))}
          value={format}
          onChange={(value) => setChosen(pasteFormats.find((known) => known === value) ?? null)}
        />
        <Text size="xs" c="dimmed" flex={1}>
          {t(`import.asHint.${format}`)}
        </Text>
        <Button disabled={disabled || text.trim() === ''} onClick={() => void onSend([fileOf(text, format)])}>
          {t('import.send')}
        </Button>
      </Group>
    </Stack>
  )
}
