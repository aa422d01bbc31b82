import { Button, Stack, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useDropzone } from 'react-dropzone'
import { useTranslation } from 'react-i18next'
import classes from './FileDrop.module.css'

interface Props {
  label: string
  hint: string
  disabled?: boolean
  onFiles: (files: File[]) => void
}

/** Takes files by drag and drop (folders, too) or by the system's picker. */
export const FileDrop = ({ label, hint, disabled = false, onFiles }: Props) => {
  const { t } = useTranslation()
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    onDrop: (files: File[]) => {
      if (files.length > 0) onFiles(files)
    },
    noClick: true,
    noKeyboard: true,
    disabled,
  })
  return (
    <div {...getRootProps({ className: classes.zone, 'data-over': isDragActive || undefined })}>
      <input {...getInputProps({ 'aria-label': label })} />
      <Stack align="center" gap={6}>
        <IconUpload size={28} stroke={1.5} className={classes.icon} aria-hidden />
        <Text fw={600}>{isDragActive ? t('common.dropNow') : label}</Text>
        <Text size="xs" c="dimmed" ta="center" maw={520}>
          {hint}
        </Text>
        <Button mt={6} onClick={open} disabled={disabled}>
          {t('common.chooseFiles')}
        </Button>
      </Stack>
    </div>
  )
}
