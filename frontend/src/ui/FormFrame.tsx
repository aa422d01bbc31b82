import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from './Failure'

/** What a form must know of itself to be shown in a frame or a dialog. */
export interface Sendable {
  message: string | null
  isSending: boolean
  submit: (event?: FormEvent) => Promise<void>
}

interface Props {
  form: Sendable
  maw: number
  gap?: 'sm' | 'md'
  saveLabel?: string
  canSave?: boolean
  children: ReactNode
}

/** The fields of a form, what was refused above them, and below them the button that saves. */
export const FormFrame = ({ form, maw, gap = 'sm', saveLabel, canSave = true, children }: Props) => {
  const { t } = useTranslation()
  return (
    <form onSubmit={(event) => void form.submit(event)} noValidate>
      <Stack gap={gap} maw={maw}>
        {form.message && <Failure message={form.message} />}
        {children}
        <Group>
          <Button type="submit" loading={form.isSending} disabled={!canSave}>
            {saveLabel ?? t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
