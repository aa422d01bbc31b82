import { Collapse, List, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Storage } from '@/api/queries/storages'

/** What went wrong in the last sync: the reason, and the objects that could not be taken. */
export const LastSync = ({ storage }: { storage: Storage }) => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const errors = storage.meta.errors ?? []
  if (!storage.traceback) return null
  return (
    <>
      <Text size="xs" c="var(--postil-rubric)" mt={6} style={{ overflowWrap: 'anywhere' }}>
        {storage.traceback}
      </Text>
      {errors.length > 1 && (
        <UnstyledButton fz="xs" td="underline" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('storages.errors', { count: errors.length })}
        </UnstyledButton>
      )}
      <Collapse expanded={isOpen}>
        <List size="xs" mt={4} style={{ overflowWrap: 'anywhere' }}>
          {errors.map((error) => (
            <List.Item key={`${error.where}:${error.reason}`}>
              {error.where}: {error.reason}
            </List.Item>
          ))}
        </List>
      </Collapse>
    </>
  )
}
